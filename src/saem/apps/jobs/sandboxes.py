"""The site's one way to the sandbox: the daemon that `saem serve` and `saem worker` start beside themselves."""

from functools import cache
from pathlib import Path

from django.conf import settings

from saem.lib.sandbox import RemoteSandbox, Sandbox


@cache
def site_sandbox() -> Sandbox:
    """The sandbox of this process; connections are made when first used."""
    return RemoteSandbox(Path(settings.SANDBOX_SOCKET))

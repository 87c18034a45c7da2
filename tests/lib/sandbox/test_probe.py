"""What the doctor hears."""

import pytest

from saem.lib.sandbox import LocalSandbox, probe
from tests.lib.sandbox.jobs import job

pytestmark = pytest.mark.sandbox


def test_rung_is_what_jobs_get() -> None:
    report = probe()
    with LocalSandbox(preload=(), warm=1) as sandbox:
        assert report.rung == sandbox.run(job("")).isolation
    assert {each.name for each in report.probes} >= {
        "bubblewrap",
        "namespaces",
        "seccomp",
        "landlock",
        "memory_groups",
        "cell",
    }
    assert all(each.ok == (not each.remedy) for each in report.probes)


def test_missing_bubblewrap_has_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    remedies = {each.name: each.remedy for each in probe().probes}
    assert remedies["bubblewrap"] == remedies["namespaces"] == "install_bubblewrap"

"""Other flavours than the course's: which are offered, and a small network where torch is installed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from saem.lib.content.schema import Flavour
from saem.lib.sandbox import SKLEARN, FlavourMissing, LocalSandbox, Role, Status, flavoured, flavours, interpreter
from tests.lib.sandbox.jobs import job

# A Python with the course's libraries and torch, where this one has none.
PYTHON = os.environ.get("SAEM_TEST_TORCH_PYTHON")
NETWORK = """
import torch
from torch import nn
torch.manual_seed(1)
x = torch.randn(200, 4)
y = (x.sum(1) > 0).float()
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
optimiser = torch.optim.Adam(net.parameters(), lr=0.05)
data = torch.utils.data.TensorDataset(x, y)
for epoch in range(10):
    for a, b in torch.utils.data.DataLoader(data, batch_size=50, shuffle=True):
        optimiser.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(net(a).squeeze(1), b).backward()
        optimiser.step()
print(bool(((net(x).squeeze(1) > 0) == (y > 0)).float().mean() > 0.9))
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[LocalSandbox]:
    python = interpreter.at(Path(PYTHON)) if PYTHON else interpreter.current()
    if "torch" not in flavours.offered(python):
        pytest.skip("torch is not installed; SAEM_TEST_TORCH_PYTHON may name a Python that has it")
    with LocalSandbox(preload=(), warm=1, python=Path(PYTHON) if PYTHON else None) as made:
        yield made


def test_the_course_is_always_offered() -> None:
    assert flavours.offered(interpreter.current())[0] == "course"
    assert flavours.known() == ("course", "torch")


def test_an_unknown_flavour_is_refused_and_says_so() -> None:
    with LocalSandbox(preload=(), warm=1) as plain:
        with pytest.raises(FlavourMissing, match="vanilla"):
            plain.run(job("", flavour="vanilla"))
        with pytest.raises(FlavourMissing, match="vanilla"):
            plain.run_in_session("a", job("", flavour="vanilla"))
        assert plain.run(job("print(1)")).stdout == "1\n"


def test_a_flavour_whose_libraries_are_missing_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = flavours.Flavour(preload=("no_such_module",), needs="no_such_module", warm=1)
    monkeypatch.setitem(flavours._REGISTRY, "missing", missing)
    assert "missing" not in flavours.offered(interpreter.current())
    with LocalSandbox(preload=(), warm=1) as plain, pytest.raises(FlavourMissing, match="no_such_module"):
        plain.run(job("", flavour="missing"))


def test_a_flavour_has_a_zygote_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    other = flavours.Flavour(preload=("colorsys",), needs="colorsys", warm=1)
    monkeypatch.setitem(flavours._REGISTRY, "colours", other)
    loaded = "import sys\nprint('colorsys' in sys.modules)"
    with LocalSandbox(preload=(), warm=1) as plain:
        assert plain.run(job(loaded, flavour="colours")).stdout == "True\n"
        assert plain.run(job(loaded)).stdout == "False\n"
        assert plain.run_in_session("a", job(f"x = 1\n{loaded}")).stdout == "False\n"
        moved = plain.run_in_session("a", job(f"print('x' in globals())\n{loaded}", flavour="colours"))
        assert (moved.stdout, moved.fresh) == ("False\nTrue\n", True)


def test_a_flavoured_sandbox_flavours_its_student_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    other = flavours.Flavour(preload=("colorsys",), needs="colorsys", warm=1)
    monkeypatch.setitem(flavours._REGISTRY, "colours", other)
    loaded = "import sys\nprint('colorsys' in sys.modules)"
    with LocalSandbox(preload=(), checker_preload=(), warm=1) as plain:
        assert flavoured(plain, "course") is plain
        colourful = flavoured(plain, "colours")
        assert colourful.run(job(loaded)).stdout == "True\n"
        assert colourful.run_in_session("a", job(loaded), prelude=job("")).stdout == "True\n"
        assert colourful.run(job(loaded), role=Role.CHECKER).stdout == "False\n"
        colourful.close_session("a")


def test_checks_that_compute_with_models_have_a_zygote_of_their_own() -> None:
    loaded = "import sys\nprint('sklearn.metrics' in sys.modules)"
    with LocalSandbox(preload=(), warm=1) as made:
        assert made.run(job(loaded), role=Role.CHECKER).stdout == "False\n"
        assert made.run(job(loaded, flavour=SKLEARN), role=Role.CHECKER).stdout == "True\n"
        with pytest.raises(FlavourMissing, match=SKLEARN):
            made.run(job(loaded, flavour=SKLEARN))
        with pytest.raises(FlavourMissing, match="torch"):
            made.run(job(loaded, flavour="torch"), role=Role.CHECKER)


def test_programs_may_name_exactly_the_flavours_that_are_known() -> None:
    assert get_args(Flavour) == flavours.known()


def test_a_network_learns(sandbox: LocalSandbox) -> None:
    outcome = sandbox.run(job(NETWORK, wall_s=60, cpu_s=60, flavour="torch"))
    assert (outcome.status, outcome.stdout) == (Status.OK, "True\n"), outcome


def test_networks_have_one_thread_and_no_device(sandbox: LocalSandbox) -> None:
    code = "import torch\nprint(torch.get_num_threads(), torch.get_num_interop_threads(), torch.cuda.is_available())"
    assert sandbox.run(job(code, flavour="torch")).stdout == "1 1 False\n"


def test_more_threads_can_be_asked_for_after_the_fork(sandbox: LocalSandbox) -> None:
    code = "import torch\ntorch.set_num_threads(4)\nprint(bool((torch.ones(900, 900) @ torch.ones(900, 900) == 900).all()))"
    for _ in range(3):
        outcome = sandbox.run(job(code, wall_s=30, cpu_s=30, flavour="torch"))
        assert (outcome.status, outcome.stdout) == (Status.OK, "True\n"), outcome


def test_a_tensor_too_large_is_a_memory_error_and_not_a_crash(sandbox: LocalSandbox) -> None:
    outcome = sandbox.run(job("import torch\nx = torch.ones(400_000_000)\nprint(x.sum())", flavour="torch"))
    assert outcome.status in (Status.ERROR, Status.MEMORY)
    assert "memory" in outcome.stderr.lower()

"""What a zygote imports before it forks, and how matplotlib is made to write Korean."""

import importlib
import io
import sys
import types
import warnings
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from . import rehearsal, show

_HANGUL_GA = 0xAC00
_FONT_SUFFIXES = {".ttf", ".otf", ".ttc"}


def load(modules: Iterable[str], *, fonts: str | None, harness: str | None) -> None:
    """Import each module that is installed; a missing one is simply not warm. `harness` is a module already there."""
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    if "matplotlib.pyplot" in sys.modules:
        prepare_matplotlib(fonts)
    if "torch" in sys.modules:
        _use_one_thread(sys.modules["torch"])
    if "sklearn.utils.parallel" in sys.modules:
        _find_thread_pools(sys.modules["sklearn.utils.parallel"])
    rehearsal.rehearse(modules, harness=harness)


def load_harness(name: str, text: str, *, shown_as: str) -> None:
    """Text of the host's, so that no job has to bring it; a folder to import it from would be one more to show."""
    module = sys.modules[name] = types.ModuleType(name)
    exec(compile(text, shown_as, "exec", optimize=2), module.__dict__)


def _use_one_thread(torch: Any) -> None:
    # The environment already says so for OpenMP; the pool between operators reads nothing of it.
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)


def _find_thread_pools(parallel: Any) -> None:
    # scikit-learn looks for its thread pools once, when a model first needs them; in a cell that would be too late.
    with suppress(AttributeError):
        parallel._get_threadpool_controller()  # noqa: SLF001  # warmed before the fork; it has no public name


def prepare_matplotlib(fonts: str | None) -> None:
    """Choose a Korean font if the folder has one, and draw once so that the first figure is quick."""
    pyplot: Any = sys.modules["matplotlib.pyplot"]
    manager = importlib.import_module("matplotlib.font_manager")
    family = _korean_family(manager, Path(fonts)) if fonts else None
    if family:
        pyplot.rcParams["font.family"] = [family, "DejaVu Sans"]
    pyplot.rcParams["axes.unicode_minus"] = False
    figure = pyplot.figure()
    pyplot.plot([1, 2])
    pyplot.title("가" if family else "a")
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")
    pyplot.show = show.show_figures


def _korean_family(manager: Any, folder: Path) -> str | None:
    chosen: str | None = None
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in _FONT_SUFFIXES:
            continue
        with suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            manager.fontManager.addfont(str(path))
            font = manager.get_font(str(path))
            if chosen is None and font.get_char_index(_HANGUL_GA):
                chosen = str(font.family_name)
    return chosen

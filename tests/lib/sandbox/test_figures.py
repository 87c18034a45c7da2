"""Figures are drawn once and look as `savefig` cuts them."""

import io
from collections.abc import Callable, Iterator

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image

from saem.lib.sandbox.inside import figures


@pytest.fixture(autouse=True)
def _own_settings() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


def bars() -> Figure:
    figure, axes = plt.subplots()
    axes.bar(range(1, 13), [3, 4, 2, 5, 6, 7, 3, 2, 1, 4, 5, 3])
    axes.set_xlabel("month")
    axes.set_ylabel("days")
    return figure


def long_labels() -> Figure:
    figure = bars()
    figure.axes[0].set_xticks(range(1, 13), ["a very long name of a month"] * 12, rotation=90)
    return figure


def legend_outside() -> Figure:
    figure, axes = plt.subplots()
    axes.plot([1, 2], label="one")
    axes.legend(loc="upper left", bbox_to_anchor=(1.2, 1))
    return figure


def constrained() -> Figure:
    figure, axes = plt.subplots(2, 2, layout="constrained")
    axes[0, 0].set_title("title")
    return figure


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


def tight(figure: Figure) -> np.ndarray:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight")
    return pixels(buffer.getvalue())


def draws(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One entry for each time that the figure is drawn from now on."""
    counted: list[None] = []
    draw = Figure.draw

    def count(self: Figure, renderer: object) -> object:
        counted.append(None)
        return draw(self, renderer)

    monkeypatch.setattr(type(figure), "draw", count)
    return counted


def ink(image: np.ndarray) -> np.ndarray:
    """The image without its white margin."""
    rows, columns = np.nonzero((image < 250).any(axis=2))
    return image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@pytest.mark.parametrize("make", [bars, long_labels, legend_outside, constrained])
def test_looks_as_savefig_cuts_it(make: Callable[[], Figure]) -> None:
    ours, theirs = ink(pixels(figures.png_of(make()))), ink(tight(make()))
    height, width = (min(pair) for pair in zip(ours.shape[:2], theirs.shape[:2], strict=True))
    assert np.abs(np.subtract(ours.shape, theirs.shape)).max() <= 1  # cut between pixels
    assert np.abs(ours[:height, :width] - theirs[:height, :width]).mean() < 10


def test_shows_a_figure_with_nothing_on_it() -> None:
    figure = plt.figure()
    width, height = figure.canvas.get_width_height()
    assert pixels(figures.png_of(figure)).shape == (height, width, 3)


def test_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = bars()
    counted = draws(figure, monkeypatch)
    figures.png_of(figure)
    assert len(counted) == 1


def test_keeps_what_lies_outside() -> None:
    figure = long_labels()
    assert pixels(figures.png_of(figure)).shape[0] > figure.canvas.get_width_height()[1]


@pytest.mark.parametrize("setting", [{"savefig.dpi": 30}, {"savefig.facecolor": "red"}])
def test_follows_settings(setting: dict[str, object]) -> None:
    mpl.rcParams.update(setting)
    assert (pixels(figures.png_of(bars())) == tight(bars())).all()

"""Every pair of colours that meets on a page keeps WCAG AA contrast, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "frontend" / "src" / "styles" / "tokens.css"
BLOCK = re.compile(r"(:root[^{]*)\{([^}]*)\}")
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")

GROUNDS = ["paper", "surface", "sunken"]
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "spring", "spring-strong", "bad") for ground in GROUNDS]
TEXT += [(ink, ground) for ink in ("ink", "ink-2") for ground in ("spring-soft", "sun-soft", "bad-soft", "good-soft")]
TEXT += [("ink", "sky-soft"), ("ink-2", "sky-soft"), ("spring", "spring-soft"), ("sun", "surface")]
TEXT += [("sun", "sun-soft"), ("bad", "bad-soft"), ("good", "good-soft"), ("sky", "sky-soft"), ("good", "surface")]
TEXT += [("on-spring", "spring"), ("on-spring", "spring-strong"), ("good", "spring-soft"), ("ink-3", "spring-soft")]
TEXT += [(f"tok-{kind}", "code-bg") for kind in ("keyword", "string", "number", "comment", "name")]
TEXT += [("sheet-ink", "sheet"), ("ink", "code-bg"), ("ink-3", "code-bg"), ("sun", "code-bg")]
# Borders of controls and the ring of the focus need 3:1 against what is around them.
SHAPES = [("edge", ground) for ground in GROUNDS] + [("focus", ground) for ground in GROUNDS] + [("spring", "paper")]


def themes() -> dict[str, dict[str, str]]:
    blocks = [(name, dict(COLOUR.findall(body))) for name, body in BLOCK.findall(TOKENS.read_text())]
    light, dark_system, dark_chosen = [colours for _, colours in blocks if colours]
    assert dark_system == dark_chosen
    return {"light": light, "dark": {**light, **dark_system}}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_formula_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    colours = themes()[theme]
    faint = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_and_focus_can_be_seen(theme: str) -> None:
    colours = themes()[theme]
    faint = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_dark_names_every_colour_again() -> None:
    light, dark, _again = [
        set(dict(COLOUR.findall(body))) for _, body in BLOCK.findall(TOKENS.read_text()) if COLOUR.search(body)
    ]
    assert light == dark


def test_parts_use_tokens_only() -> None:
    """White behind a learner's figure and the paper of a print are the only colours outside the tokens."""
    loose = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
        for path in TOKENS.parent.glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
    }
    assert {name: found for name, found in loose.items() if found} == {"lesson.css": ["#ffffff"]}

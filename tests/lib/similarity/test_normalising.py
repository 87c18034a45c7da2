"""What a team chose is gone, what the code does stays."""

from pathlib import Path

import pytest

from saem.lib.similarity.lexing import _own, _tolerant, lexemes, without_magic
from saem.lib.similarity.normalising import MOST_CHARACTERS, MOST_TOKENS, symbols
from tests.lib.similarity.samples import (
    BEST,
    DISGUISED_BEST,
    DISGUISED_MEANS,
    DISGUISED_READ,
    MEANS,
    READ,
    work,
)


def texts(*cells: str) -> tuple[str, ...]:
    return symbols(work("w", *cells)).texts


def test_names_constants_comments_and_layout_are_seen_through() -> None:
    assert texts("import csv", DISGUISED_READ, DISGUISED_MEANS, DISGUISED_BEST) == texts(READ, MEANS, BEST)


def test_libraries_builtins_and_keywords_stay() -> None:
    assert texts("import numpy as np\nx = np.mean(sorted(y))") == ("v", "=", "numpy", ".", "mean", "(", "sorted", "(", "v", ")", ")")  # fmt: skip
    assert texts("from math import sqrt as root\nx = root(2)") == ("v", "=", "sqrt", "(", "0", ")")


def test_a_builtin_that_is_somebodys_variable_is_a_name() -> None:
    assert texts("sum = 0\nsum += 1") == texts("total = 0\ntotal += 1")


def test_keyword_arguments_are_the_librarys_words_and_parameters_are_ones_own() -> None:
    assert "axis" in texts("axis = 1\nx = a.mean(axis=axis)")
    assert texts("def f(rows): pass\nf(rows=3)") == texts("def g(lines): pass\ng(lines=3)")


def test_methods_and_attributes_of_own_classes_are_names() -> None:
    one = "class A:\n    rate = 1\n    def fit(self):\n        self.best = 1\nA().fit().best"
    other = "class B:\n    speed = 2\n    def train(me):\n        me.x = 1\nB().train().x"
    assert texts(one) == texts(one.replace("fit", "train").replace("best", "top").replace("rate", "speed"))
    assert len(texts(one)) == len(texts(other))


def test_imports_docstrings_and_empty_cells_say_nothing() -> None:
    assert texts('"""words"""\nimport os; from a import b\n', "", "# only words") == ()


def test_cells_for_the_notebook_or_another_language_are_left_out() -> None:
    assert texts("%matplotlib inline\n!pip install x\ndf.head?\nx = 1") == texts("x = 1")
    assert texts("%%bash\nfor x in 1 2; do echo; done") == ()
    assert texts("%%time\nx = 1") == texts("x = 1")


def test_lines_and_cells_are_those_of_the_work() -> None:
    read = symbols(work("w", "%magic\n\nx = 1", "# words\ny = (2 +\n  z)"))
    assert (read.cells, read.lines) == ((1, 1, 1) + (2,) * 7, (3, 3, 3, 2, 2, 2, 2, 2, 3, 3))


def test_text_after_a_carriage_return_is_a_line_of_its_own() -> None:
    assert symbols(work("w", "x = 1\r\ny = 2\rz = 3")).lines == (1, 1, 1, 2, 2, 2, 3, 3, 3)


@pytest.mark.parametrize(
    "broken",
    [
        "def f(:\n    pass",
        "x = (1",
        "x = '''never closed",
        "  x = 1\n y = 2",
        "x = 'open\ny = 2",
        "$ ? `",
        "if x:\n\ty\n        z",
    ],
)
def test_broken_code_is_read_tolerantly(broken: str) -> None:
    assert texts(broken, "y = sorted(x)")[-6:] == ("v", "=", "sorted", "(", "v", ")")


def test_broken_code_is_seen_through_as_well() -> None:
    broken = texts(MEANS + "\nprint((")
    assert broken[: len(texts(MEANS))] == texts(MEANS)
    assert symbols(work("w", "x = 1", MEANS + "\nprint((")).broken == (2,)


def test_both_tokenizers_read_the_sources_of_this_house_alike() -> None:
    for path in sorted(Path(__file__).parents[3].joinpath("src/saem/lib").rglob("*.py"))[::4]:
        code = without_magic(path.read_text(encoding="utf-8"))
        assert solid(_own(code)) == solid(_tolerant(code)), path


def solid(tokens: object) -> list[tuple[int, str, int]]:
    """Without empty statements, whose ends the two see differently."""
    found: list[tuple[int, str, int]] = []
    for kind, text, line in tokens:  # type: ignore[attr-defined]
        if text.strip():
            found.append((kind, text, line))
    return found


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 5_000 + ")" * 5_000,
        "-" * 20_000 + "1",
        "x" + "[0]" * 10_000,
        "lambda: " * 5_000 + "1",
        "\n".join(" " * depth + "if 1:" for depth in range(150)),
        "x = 1\x00\ny = 2",
        "x = '\ud800'\n\ud800 = 1",
        "ﬁ = ｌｅｎ(x)",
        "'" * 3 + "\n" * 50_000,
        '"""' * 10_001,
        "'\\" * 20_000,
        "a?" * 20_000,
        "9" * 50_000,
        "x" * 200_000,
    ],
)
def test_hostile_code_is_read(hostile: str) -> None:
    assert texts(hostile, "y = 1")[-3:] in {("v", "=", "0"), ("y", "=", "0")}


def test_more_than_is_read_is_cut_and_said() -> None:
    read = symbols(work("w", "x = 1\n" * (MOST_TOKENS // 3 + 10)))
    assert (read.is_cut, len(read.texts)) == (True, MOST_TOKENS)
    assert symbols(work("w", "#" * (MOST_CHARACTERS + 1))).is_cut
    assert not symbols(work("w", "x = 1")).is_cut


def test_full_width_letters_disguise_nothing() -> None:
    assert texts("x = ｌｅｎ(y)") == texts("x = len(y)")


def test_a_cell_without_end_of_line_has_all_its_tokens() -> None:
    assert [token.text for token in lexemes("x = 1")[0] if token.text.strip()] == ["x", "=", "1"]

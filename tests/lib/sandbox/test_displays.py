"""Notebook cells: what honest code shows, and what the host makes of dishonest frames."""

import io
import struct
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from saem.lib.sandbox import Display, LocalSandbox, Outcome, Sandbox, Status
from saem.lib.sandbox.displays import displays_from, fault_from
from saem.lib.sandbox.inside import limits
from saem.lib.sandbox.inside.frames import Frame
from tests.lib.sandbox.jobs import job

PROGRAMS = Path(__file__).parent / "programs"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.mark.sandbox
class TestHonest:
    def show(self, sandbox: Sandbox, code: str) -> Outcome:
        return sandbox.run(job(code, display=True))

    def test_last_value(self, sandbox: Sandbox) -> None:
        (shown,) = self.show(sandbox, "a = 1\na + 1").displays
        assert shown == Display(kind="text", text="2", source="part1.py")

    @pytest.mark.parametrize("code", ["a = 1", "None", "print(1)", "5;", ""])
    def test_nothing(self, sandbox: Sandbox, code: str) -> None:
        assert self.show(sandbox, code).displays == ()

    def test_only_cells_that_ask(self, sandbox: Sandbox) -> None:
        assert sandbox.run(job("5")).displays == ()

    def test_table(self, sandbox: Sandbox) -> None:
        code = "import pandas as pd\npd.DataFrame({'키': [1.5, None], '이름': ['가', '나']}, index=['x', 'y'])"
        table = self.show(sandbox, code).displays[0].table
        assert table is not None
        assert table.columns == ("키", "이름")
        assert table.index == ("x", "y")
        assert table.rows == (("1.5", "가"), ("NaN", "나"))
        assert (table.total_rows, table.total_columns) == (2, 2)

    def test_long_table_is_cut(self, sandbox: Sandbox) -> None:
        code = "import pandas as pd, numpy as np\npd.DataFrame(np.zeros((1000, 80)))"
        table = self.show(sandbox, code).displays[0].table
        assert table is not None
        assert (len(table.rows), len(table.columns)) == (limits.ROWS, limits.COLUMNS)
        assert (table.total_rows, table.total_columns) == (1000, 80)

    def test_series(self, sandbox: Sandbox) -> None:
        table = self.show(sandbox, "import pandas as pd\npd.Series([1, 2], name='점수')").displays[0].table
        assert table is not None
        assert (table.columns, table.rows) == (("점수",), (("1",), ("2",)))

    def test_figures_in_order(self, sandbox: Sandbox) -> None:
        code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nplt.figure()\nplt.bar([1], [2])\ndisplay('between')\n7"
        shown = self.show(sandbox, code).displays
        assert [display.kind for display in shown] == ["image", "text", "text", "image"]
        assert all(display.png.startswith(b"\x89PNG") for display in shown if display.kind == "image")

    def test_show_says_nothing(self, sandbox: Sandbox) -> None:
        outcome = sandbox.run(job("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()"))
        assert (outcome.stderr, outcome.displays) == ("", ())

    def test_displays_before_an_error(self, sandbox: Sandbox) -> None:
        outcome = self.show(sandbox, "display(1)\n1 / 0")
        assert outcome.status is Status.ERROR
        assert [display.text for display in outcome.displays] == ["1"]

    def test_value_that_cannot_be_shown(self, sandbox: Sandbox) -> None:
        outcome = self.show(sandbox, "class Odd:\n    def __repr__(self):\n        raise KeyError('no')\n\nOdd()")
        assert outcome.fault is not None
        assert (outcome.fault.type, outcome.fault.line) == ("KeyError", 3)

    def test_long_text_is_cut(self, sandbox: Sandbox) -> None:
        (shown,) = self.show(sandbox, "'x' * 100000").displays
        assert len(shown.text) == limits.TEXT

    def test_very_many(self, sandbox: Sandbox) -> None:
        assert len(self.show(sandbox, "for n in range(500): display(n)").displays) == limits.DISPLAYS

    def test_science_works(self, sandbox: Sandbox) -> None:
        outcome = sandbox.run(job((PROGRAMS / "science.py").read_text(), wall_s=60, cpu_s=60))
        assert (outcome.stdout, outcome.stderr, outcome.status) == ("fine\n", "", Status.OK)


@pytest.mark.sandbox
def test_korean_font_is_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)  # an ordinary user reads it
    (tmp_path / "test.ttf").write_bytes(_font_with_hangul("Test Hangul"))
    with LocalSandbox(preload=("matplotlib.pyplot",), fonts=tmp_path, warm=1) as sandbox:
        code = (
            "import warnings\nwarnings.simplefilter('error')\nimport io\nimport matplotlib.pyplot as plt\n"
            "plt.title('가')\nplt.savefig(io.BytesIO())\n"
            "print(plt.rcParams['font.family'][0], plt.rcParams['axes.unicode_minus'])"
        )
        outcome = sandbox.run(job(code))
    assert (outcome.stdout, outcome.stderr) == ("Test Hangul False\n", "")


def _font_with_hangul(family: str) -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 500))
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyphOrder([".notdef", "ga"])
    builder.setupCharacterMap({0xAC00: "ga"})
    builder.setupGlyf({".notdef": square, "ga": square})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "ga": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def frame(*displays: object, blobs: tuple[bytes, ...] = (), fault: object = None) -> Frame:
    return Frame(header={"displays": list(displays), "fault": fault}, blobs=blobs)


def image(width: int, height: int, size: int = 100) -> bytes:
    return (PNG + struct.pack("!II", width, height)).ljust(size, b"\0")


@pytest.mark.parametrize(
    "raw",
    [
        7,
        {},
        {"kind": "html", "text": "<script>"},
        {"kind": "table"},
        {"kind": "table", "table": {"columns": ["a"], "index": ["0"], "rows": [["1", "2"]]}},
        {"kind": "table", "table": {"columns": ["a"], "index": [], "rows": [["1"]]}},
        {"kind": "table", "table": {"columns": ["a"] * 51, "index": ["0"], "rows": [["1"] * 51]}},
        {"kind": "table", "table": {"columns": ["a"], "index": ["0"] * 51, "rows": [["1"]] * 51}},
        {"kind": "image", "image": -1},
        {"kind": "image", "image": True},
        {"kind": "image", "image": "0"},
        {"kind": "image", "image": 5},
    ],
)
def test_dishonest_display_is_dropped(raw: object) -> None:
    assert displays_from(frame(raw, blobs=(image(1, 1),))) == ()


@pytest.mark.parametrize(
    "png", [b"", b"GIF89a", PNG, image(0, 5), image(100_000, 100_000), image(5, 5, limits.IMAGE_BYTES + 1)]
)
def test_dishonest_image_is_dropped(png: bytes) -> None:
    assert displays_from(frame({"kind": "image", "image": 0}, blobs=(png,))) == ()


def test_honest_image_is_kept() -> None:
    (shown,) = displays_from(frame({"kind": "image", "image": 0, "source": "q"}, blobs=(image(5, 5),)))
    assert shown == Display(kind="image", png=image(5, 5), source="q")


def test_wrong_types_become_text_or_nothing() -> None:
    table = {"columns": [1], "index": [None], "rows": [[{}]], "total_rows": -5, "total_columns": 1e300}
    text, shown = displays_from(frame({"kind": "text", "text": 5, "source": []}, {"kind": "table", "table": table}))
    assert (text.text, text.source) == ("", "")
    assert shown.table is not None
    assert shown.table.rows == (("",),)
    assert (shown.table.total_rows, shown.table.total_columns) == (1, 1)


def test_dishonest_fault() -> None:
    assert fault_from(frame(fault=[])) is None
    fault = fault_from(frame(fault={"type": 1, "line": True, "message": "x" * 9999, "frames": [3, {"line": -1}]}))
    assert fault is not None
    assert (fault.type, fault.line, len(fault.message), len(fault.frames)) == ("", None, 2000, 2)

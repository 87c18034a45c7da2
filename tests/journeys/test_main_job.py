"""The main job as people do it, in a real Chromium: lesson, project, class, cohort; phone and desktop, ko and en."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import JOIN_CODE, MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, sign_in, visitor

pytestmark = pytest.mark.browser

PROGRAMS = Path(__file__).resolve().parents[2] / "programs"
RAIN = PROGRAMS / "rain-tomorrow" / "projects" / "rain"
VIEWS = [("phone", "ko"), ("phone", "en"), ("tablet", "ko"), ("desktop", "ko"), ("desktop", "en")]
WORDS = {
    "ko": {
        "go_on": "이어서 하기",
        "passed": "통과",
        "scored": "채점됨",
        "stuck": "막힘",
        "excel": "엑셀로 받기",
        "cohort": "AI 심화 과정 3기",
    },
    "en": {
        "go_on": "Continue",
        "passed": "Passed",
        "scored": "Scored",
        "stuck": "Stuck",
        "excel": "Download as Excel",
        "cohort": "Advanced AI course, cohort 3",
    },
}


def write(page: Page, cell: str, code: str) -> None:
    """Type into the cell's editor as a pupil would, replacing what stood there."""
    editor = page.locator(f"#cell-{cell} .cm-content")
    editor.scroll_into_view_if_needed()
    editor.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(code)


def run(page: Page, cell: str) -> None:
    page.click(f"#cell-{cell} [data-run]")


def see_everything(page: Page) -> None:
    """Scroll through, so that pictures and editors below the fold are drawn."""
    page.evaluate("""async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 400) {
            window.scrollTo(0, y); await new Promise(done => setTimeout(done, 30));
        }
        window.scrollTo(0, 0);
    }""")


@pytest.mark.parametrize(("size", "language"), VIEWS)
def test_pupil_goes_on_with_a_lesson(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        page.goto("/")
        look(page, f"landing-{size}-{language}")
        join(page, NICKNAMES[0])
        look(page, f"home-{size}-{language}")
        page.click("main a.btn.main")
        cell = page.locator("section.cell").first
        cell_id = str(cell.get_attribute("id")).removeprefix("cell-")
        see_everything(page)
        look(page, f"lesson-{size}-{language}")
        write(page, cell_id, "rainfall = 3\nprint(rainfall + 4)\n")
        run(page, cell_id)
        expect(page.locator(f"#out-{cell_id}")).to_contain_text("7")
        write(page, cell_id, "print(rainfal)\n")
        run(page, cell_id)
        out = page.locator(f"#out-{cell_id}")
        expect(out.locator(".note.bad")).to_contain_text("rainfal")
        expect(out.locator("details")).not_to_have_attribute("open", "")
        out.scroll_into_view_if_needed()
        look(page, f"lesson-error-{size}-{language}")
        page.click(f"#cell-{cell_id} button[value=reset]")
        expect(page.locator(f"#cell-{cell_id} .cm-content")).not_to_contain_text("rainfal")


def test_code_stands_beside_its_text_where_there_is_room(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        join(page, "하늘")
        page.click("main a.btn.main")
        for width, beside in ((1280, True), (1024, True), (1023, False)):
            page.set_viewport_size({"width": width, "height": 900})
            text = page.locator(".lesson > section > .prose:has(+ .cell)").first.bounding_box()
            cell = page.locator(".lesson > section > .prose + .cell").first.bounding_box()
            assert text is not None
            assert cell is not None
            assert (text["y"] == cell["y"], text["x"] + text["width"] < cell["x"]) == (beside, beside)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        drawing = page.get_by_role("img").first
        assert "Pretendard" in drawing.locator("text").first.evaluate("each => getComputedStyle(each).fontFamily")


def test_state_and_text_survive_a_reload(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        join(page, NICKNAMES[1])
        page.goto(str(page.locator("main .list a").first.get_attribute("href")))
        first, second = (str(page.locator("section.cell").nth(n).get_attribute("id"))[5:] for n in (0, 1))
        write(page, first, "샘 = 41\n")
        run(page, first)
        expect(page.locator(f"#saved-{first}")).to_have_text(re.compile(r"\d\d:\d\d"))
        write(page, second, "print(샘 + 1)\n")
        run(page, second)
        expect(page.locator(f"#out-{second}")).to_contain_text("42")
        page.reload()
        expect(page.locator(f"#cell-{first} .cm-content")).to_contain_text("샘 = 41")
        expect(page.locator(f"#out-{second}")).to_contain_text("42")


@pytest.mark.parametrize(("size", "language"), VIEWS)
def test_pupil_hands_in_predictions(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        join(page, NICKNAMES[11])
        page.goto(str(page.locator("main a[href*='/projects/']").first.get_attribute("href")))
        see_everything(page)
        look(page, f"project-{size}-{language}")
        sample = page.request.get(
            str(page.locator("a[href$='sample_submission.csv']").first.get_attribute("href"))
        ).text()
        page.set_input_files("input[type=file]", {"name": "my.csv", "mimeType": "text/csv", "buffer": sample.encode()})
        page.click("form:has(input[type=file]) button.main")
        expect(page.locator("[data-state=scored]")).to_have_count(1, timeout=20_000)
        expect(page.locator("main")).to_contain_text(WORDS[language]["scored"])
        look(page, f"submission-{size}-{language}")
        page.goto(page.url)
        page.click("a[href$='/board/']")
        look(page, f"board-{size}-{language}")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_wrong_file_says_where_and_costs_nothing(browser: Browser, site: DemoSite, language: str) -> None:
    with visitor(browser, site, size="phone", language=language) as page:
        join(page, NICKNAMES[15])
        page.goto(str(page.locator("main a[href*='/projects/']").first.get_attribute("href")))
        sample = page.request.get(
            str(page.locator("a[href$='sample_submission.csv']").first.get_attribute("href"))
        ).text()
        lines = sample.splitlines()
        lines[3] = lines[3].split(",")[0] + ",비"
        wrong = "\n".join(lines).encode("cp949")
        page.set_input_files("input[type=file]", {"name": "비.csv", "mimeType": "text/csv", "buffer": wrong})
        page.click("form:has(input[type=file]) button.main")
        expect(page.locator("main")).to_contain_text("4", timeout=20_000)  # the row of the file
        expect(page.locator("[data-state=rejected]")).to_have_count(1)
        look(page, f"rejected-phone-{language}")


@pytest.mark.parametrize(("size", "language"), [("phone", "ko"), ("desktop", "en")])
def test_pupil_hands_in_a_notebook(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        join(page, NICKNAMES[17])
        page.goto(str(page.locator("main a[href*='/projects/']").first.get_attribute("href")))
        page.set_input_files("input[type=file]", RAIN / "wrong" / "notebook-shuffled.ipynb")
        page.click("form:has(input[type=file]) button.main")
        expect(page.locator("[data-state=scored]")).to_have_count(1, timeout=30_000)
        look(page, f"notebook-{size}-{language}")


@pytest.mark.parametrize(("size", "language"), VIEWS)
def test_teacher_sees_the_class(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        look(page, f"home-teacher-{size}-{language}")
        page.click("main a:has-text('2학년 3반')")
        expect(page.locator("main")).to_contain_text(WORDS[language]["stuck"])
        look(page, f"class-{size}-{language}")
        page.locator("main .list a.btn").first.click()
        look(page, f"student-{size}-{language}")
        page.go_back()
        page.click("a[href$='/students/']")
        look(page, f"students-{size}-{language}")
        page.goto(page.url.replace("/students/", "/code/"))
        expect(page.locator("main")).to_contain_text(JOIN_CODE)
        look(page, f"code-{size}-{language}")


@pytest.mark.parametrize(("size", "language"), VIEWS)
def test_manager_takes_the_cohort_as_xlsx(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        page.click(f"main .list a:has(strong:has-text('{WORDS[language]['cohort']}'))")
        look(page, f"cohort-{size}-{language}")
        with page.expect_download() as download:
            page.click(f"text={WORDS[language]['excel']}")
        book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
        assert book.active is not None
        assert book.active.max_row > 1


@pytest.mark.parametrize("who", ["pupil", "teacher", "staff", "author", "operator"])
def test_no_link_leads_nowhere(browser: Browser, site: DemoSite, who: str) -> None:
    with visitor(browser, site) as page:
        if who == "pupil":
            join(page, NICKNAMES[3])
        else:
            sign_in(page, f"{who}@{MAIL}", PASSWORD)
        waiting, seen = ["/"], {"/", "/account/logout/"}
        while waiting and len(seen) < 120:
            answer = page.request.get(waiting.pop(0), fail_on_status_code=True)
            if "text/html" in answer.headers["content-type"]:
                links = {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text())}
                new = sorted(link for link in links - seen if not link.startswith(("/static/", "/admin/")))
                waiting += new
                seen |= set(new)
        assert len(seen) > 6, seen


def test_without_javascript(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone", javascript=False) as page:
        join(page, NICKNAMES[2])
        page.goto(str(page.locator("main .list a").first.get_attribute("href")))
        cell = page.locator("section.cell").first
        cell.locator("textarea").fill("print(6 * 7)")
        cell.locator("[data-run]").click()
        expect(page.locator("section.cell").first).to_contain_text("42")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_dark(browser: Browser, site: DemoSite, language: str) -> None:
    with visitor(browser, site, dark=True, language=language) as page:
        join(page, NICKNAMES[3])
        look(page, f"home-dark-{language}")
        page.click("main a.btn.main")
        look(page, f"lesson-dark-{language}")


def test_a_refused_style_of_ours_fails_a_journey(browser: Browser, site: DemoSite) -> None:
    def misbehave() -> None:
        with visitor(browser, site) as page:
            page.goto("/")
            page.evaluate("document.body.setAttribute('style', 'color: red')")
            page.wait_for_timeout(200)

    with pytest.raises(AssertionError, match="outside the editor"):
        misbehave()

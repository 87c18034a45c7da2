"""What scripts add, in a real browser: forms sent once, files checked, drafts kept, an editor for code."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

Received = list[dict[str, str]]


def test_a_double_click_sends_once(site: str, gallery: Received, page: Page) -> None:
    page.goto(site)
    for form in ("#slow-form", "#plain-form"):
        gallery.clear()
        page.locator(f"{form} button").dblclick()
        expect(page.get_by_text("끝")).to_be_visible()
        assert len(gallery) == 1
    page.go_back()
    expect(page.locator("#plain-form button")).not_to_have_attribute("aria-disabled", "true")


def test_a_busy_button_says_so_and_comes_back(site: str, page: Page) -> None:
    page.goto(site)
    button = page.locator("#slow-form button")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_an_expired_session_leads_to_the_sign_in_and_back(site: str, page: Page) -> None:
    page.goto(f"{site}/?page=2")
    page.locator("#expired-form button").click()
    page.wait_for_url("**/in/?next=%2F%3Fpage%3D2")


def test_a_refusal_is_said_in_the_corner(site: str, page: Page) -> None:
    page.goto(site)
    page.locator("#refused-form button").click()
    expect(page.locator("#toasts")).to_contain_text("너무 여러 번 눌렀어요")
    assert page.locator("#here").inner_text() == ""


def test_a_lost_connection_is_said_and_the_page_stays(site: str, page: Page) -> None:
    page.goto(site)
    page.context.set_offline(True)
    page.locator("#slow-form button").click()
    expect(page.locator("#toasts")).to_contain_text("인터넷 연결이 끊겼어요")


def test_a_file_is_named_and_one_too_large_never_travels(
    site: str, gallery: Received, page: Page, tmp_path: Path
) -> None:
    small, large = tmp_path / "작은.csv", tmp_path / "큰.csv"
    small.write_bytes(b"x" * 500)
    large.write_bytes(b"x" * 5000)
    page.goto(f"{site}/form/")
    page.set_input_files("#id_file", small)
    expect(page.locator("#id_file-chosen")).to_have_text("작은.csv · 500 B")
    page.set_input_files("#id_file", large)
    expect(page.locator("#id_file-chosen")).to_have_text("큰.csv 파일은 4.9 KB예요. 1000 B까지 보낼 수 있어요.")
    page.get_by_role("button", name="보내기").click()
    assert gallery == []


def test_what_has_to_be_put_right_takes_the_focus(site: str, page: Page) -> None:
    page.goto(f"{site}/form/")
    page.get_by_role("button", name="보내기").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="이름").click()
    expect(page.locator("#id_name")).to_be_focused()


def test_typed_text_survives_a_refusal_but_not_a_success(site: str, page: Page) -> None:
    page.goto(f"{site}/form/")
    page.fill("#id_name", "하늘")
    page.context.clear_cookies()
    page.get_by_role("button", name="보내기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("화면이 오래되어 보내지 못했어요")
    page.goto(f"{site}/form/")
    expect(page.locator("#id_name")).to_have_value("하늘")
    expect(page.get_by_text("보내지 못한 내용을 되살렸어요")).to_be_visible()
    page.check("#id_level_0")
    page.check("#id_agree")
    page.get_by_role("button", name="보내기").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/form/")
    expect(page.locator("#id_name")).to_have_value("")


def test_the_chosen_theme_stays(site: str, page: Page) -> None:
    page.goto(site)
    toggle = page.locator("[data-theme-toggle]")
    toggle.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{site}/class/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 20)"


def edit(page: Page, text: str) -> None:
    editor = page.locator(".cm-content").first
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def expect_no_draft(page: Page) -> None:
    """Wait until nothing is kept in the browser; the page's policy forbids Playwright's own way of waiting."""
    for _ in range(50):
        if page.evaluate("localStorage.getItem('saem:code:1/first/c3')") is None:
            return
        page.wait_for_timeout(100)
    raise AssertionError("a draft is still there")


def test_the_editor_and_its_field_hold_the_same_text(site: str, gallery: Received, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    expect(page.locator(".cm-editor")).to_have_count(1)
    edit(page, "x = 1")
    assert page.locator("#code-c3").input_value() == "x = 1"
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#out-c3")).to_contain_text("받은 코드: x = 1")
    assert [(one["code"], one.get("action")) for one in gallery] == [("x = 1", "run")]


def test_changes_are_saved_once_typing_rests(site: str, gallery: Received, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    page.locator("#saved-c3").evaluate("place => (place.textContent = '')")
    edit(page, "a")
    page.keyboard.type("bc", delay=100)
    expect(page.locator("#saved-c3")).to_have_text("저장됨 14:02")
    assert [(one["code"], one["action"]) for one in gallery] == [("abc", "save")]
    expect_no_draft(page)


def test_a_reset_replaces_the_editor_and_forgets_the_draft(site: str, gallery: Received, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    first = page.locator("#code-c3").input_value()
    edit(page, "x = 3")
    page.get_by_role("button", name="처음으로").click()
    expect(page.locator(".cm-content").first).to_contain_text("LogisticRegression")
    expect(page.locator(".cm-editor")).to_have_count(1)
    assert page.locator("#code-c3").input_value() == first
    expect_no_draft(page)
    edit(page, "x = 4")
    page.get_by_role("button", name="실행").click()
    expect(page.locator("#out-c3")).to_contain_text("받은 코드: x = 4")


def test_text_written_offline_is_restored_and_saved(site: str, gallery: Received, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    page.route("**/cell/**", lambda route: route.abort())
    edit(page, "비 = 1")
    expect(page.locator("#toasts")).to_contain_text("쓴 내용은 이 기기에 남아 있어요")
    page.unroute("**/cell/**")
    page.reload()
    expect(page.get_by_text("보내지 못한 내용을 되살렸어요")).to_be_visible()
    assert page.locator("#code-c3").input_value() == "비 = 1"
    expect(page.locator("#saved-c3")).to_have_text("저장됨 14:02")
    expect_no_draft(page)
    assert gallery[-1]["code"] == "비 = 1"


def test_text_written_offline_is_saved_once_the_network_is_back(site: str, gallery: Received, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    page.context.set_offline(True)
    edit(page, "y = 2")
    expect(page.locator("#toasts")).to_contain_text("인터넷 연결이 끊겼어요")
    page.context.set_offline(False)
    expect_no_draft(page)
    assert [(one["code"], one["action"]) for one in gallery] == [("y = 2", "save")]


def test_restored_text_can_be_given_up(site: str, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    saved = page.locator("#code-c3").input_value()
    draft = json.dumps({"text": "다른 코드", "at": 4_000_000_000_000})
    page.evaluate("draft => localStorage.setItem('saem:code:1/first/c3', draft)", draft)
    page.reload()
    page.get_by_role("button", name="저장된 내용으로").click()
    assert page.locator("#code-c3").input_value() == saved


def test_escape_then_tab_leaves_the_editor(site: str, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    edit(page, "x")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('cm-content')")
    hint = page.locator(".cm-content").first.get_attribute("aria-describedby")
    assert "Esc를 누른 다음 Tab" in page.locator(f"#{hint}").inner_text()


def test_enter_during_composition_is_left_to_the_input_method(site: str, gallery: Received, page: Page) -> None:
    page.goto(f"{site}/lesson/")
    edit(page, "")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, ctrlKey: true, isComposing: true, bubbles: true, cancelable: true}))"
    )
    session.send("Input.insertText", {"text": "한"})
    assert page.locator("#code-c3").input_value() == "한"
    assert [one for one in gallery if one.get("action") == "run"] == []


def test_a_tablet_has_the_keys_that_python_needs(site: str, browser: Browser) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, locale="ko", viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/lesson/")
    edit(page, "x")
    keys = page.get_by_role("toolbar", name="코드 글쇠")
    for name in ("Tab", "(", ":", "_"):
        keys.get_by_role("button", name=name, exact=True).tap()
    assert page.locator("#code-c3").input_value() == "x    (:_"
    keys.get_by_role("button", name="되돌리기").tap()
    assert page.locator("#code-c3").input_value() != "x    (:_"
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_open_tab_is_in_sight_on_a_phone(site: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site)
    assert page.evaluate("[scrollX, scrollY]") == [0, 0], "the page stays where it is"
    row = page.get_by_role("navigation", name="모둠의 쪽")
    row.evaluate("row => row.scrollIntoView()")
    expect(row.locator("[aria-current]")).to_be_in_viewport(ratio=1)


def test_everything_works_without_scripts(site: str, gallery: Received, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko")
    page = context.new_page()
    page.goto(f"{site}/lesson/")
    page.fill("#code-c3", "x = 2")
    page.get_by_role("button", name="실행").click()
    expect(page.get_by_text("받은 코드: x = 2")).to_be_visible()
    page.goto(f"{site}/class/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert [one["action"] for one in gallery] == ["run"]
    context.close()

"""Steps of a showcase: written, allowed by all who made it and a guardian, let out, found by a stranger, taken back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.site import DemoSite, look, press

TITLE = "체육관을 미리 빌리는 저녁"
WORDS = {
    "title": TITLE,
    "problem": "체육 수업이 비 때문에 그날 아침에 갑자기 바뀐다.",
    "whose": "전날 저녁에 체육관을 빌려야 하는 선생님",
    "method": "오늘 비가 왔으면 내일도 온다는 규칙을 모델과 견주었다.",
    "found": "짧은 규칙이 생각보다 이기기 어려웠다.",
    "limits": "장마와 태풍이 있는 곳에서는 다시 재야 한다.",
    "ai_use": "날짜를 다루는 코드를 물어보았다.",
    "reflection": "기준을 먼저 정해야 나아졌는지 알 수 있다.",
}


def write(page: Page, team: str) -> None:
    """A phone number is pointed out first; without it the page is kept."""
    page.goto(f"{team}showcase/write/")
    for name, words in WORDS.items():
        page.fill(f"main [name={name}]", words)
    page.select_option("main [name=area]", "school")
    page.check("main [name=methods][value=predict]")
    page.fill("main [name=whose]", "연락은 010-1234-5678")
    press(page, "main form.form button.main")
    expect(page.locator("main .note", has_text="010-1234-5678")).to_be_visible()
    look(page, "showcase-write-phone-ko")
    page.fill("main [name=whose]", WORDS["whose"])
    press(page, "main form.form button.main")
    expect(page.locator("main article h2").first).to_have_text(TITLE)
    look(page, "showcase-standing-phone-ko")
    press(page, "main button[value=ask]")


def allow(page: Page, team: str, *, is_of_age: bool) -> None:
    """One's own yes, without a name."""
    page.goto(f"{team}showcase/voice/")
    page.check("main [name=answer][value=yes]")
    if is_of_age:
        page.check("main [name=is_of_age]")
    press(page, "main form.form button.main")


def ask_guardian(page: Page, site: DemoSite, team: str, address: str) -> str:
    """A child asks at home; returns the path in the letter, which the demonstration prints."""
    page.goto(f"{team}showcase/voice/")
    page.get_by_role("link", name="보호자에게 메일로 물어보기").click()
    page.fill("input[name=name]", "한보호")
    page.fill("input[name=relation]", "어머니")
    page.fill("input[name=contact]", address)
    press(page, "main form button.main")
    letters = (site.home / "log").read_text(encoding="utf-8", errors="replace")
    return re.findall(r"https?://[^/\s]+(/showcase/guardian/\S+)", letters.rpartition(f"To: {address}")[2])[0]


def agree(guardian: Page, question: str) -> None:
    guardian.goto(question)
    expect(guardian.locator("main article h2")).to_have_text(TITLE)
    look(guardian, "showcase-guardian-phone-ko")
    press(guardian, "button[value=agree]")
    expect(guardian.get_by_text("동의하셨어요. 고맙습니다.")).to_be_visible()


def let_out(teacher: Page, team: str) -> None:
    teacher.goto(f"{team}showcase/")
    look(teacher, "showcase-approval-desktop-ko")
    press(teacher, "main button[value=approve]")
    expect(teacher.locator("main p.note.good a")).to_be_visible()


def find(stranger: Page, names: tuple[str, ...]) -> str:
    """Without an account, from the top bar; returns the work's address. None of the makers' names is there."""
    stranger.goto("/")
    stranger.locator("header nav a[href='/showcase/']").click()
    stranger.fill("main [name=q]", "체육관")
    press(stranger, "main form[role=search] button.main")
    look(stranger, "showcase-gallery-phone-en")
    stranger.get_by_role("link", name=TITLE).click()
    expect(stranger.locator("main h1")).to_have_text(TITLE)
    look(stranger, "showcase-work-phone-en")
    shown = stranger.locator("main").inner_text()
    assert not [name for name in names if name in shown]
    return stranger.url


def take_back(maker: Page, stranger: Page, team: str, address: str) -> None:
    """One maker takes the consent back: the address answers with words and nothing of the work."""
    maker.goto(f"{team}showcase/voice/")
    press(maker, "main button[value=withdraw]")
    # Asked beside the page: Chromium complains aloud of every answer above 400.
    answer = stranger.request.get(address)
    assert answer.status == 410
    assert TITLE not in answer.text()
    stranger.goto("/showcase/?q=체육관")
    expect(stranger.locator("main")).not_to_contain_text(TITLE)

"""Staff make certificates and badges, a learner takes them away, a stranger checks them, staff take one back."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
LEARNER, OTHER = NICKNAMES[8], NICKNAMES[9]
# What `cohorts` writes when the rules are met, for two pupils of the demonstration's class.
COMPLETE = f"""
import datetime as dt
from saem.apps.cohorts.models import Completion, Enrolment
for number, nickname in enumerate({[LEARNER, OTHER]!r}, start=1):
    one = Enrolment.objects.select_related("classroom__cohort").filter(nickname=nickname).order_by("pk").first()
    Completion.objects.create(
        enrolment=one, institution=one.classroom.cohort.institution, year=2026, sequence=900 + number,
        number=f"제 한빛-집합-2026-{{900 + number:06d}}호", name="최" + nickname, completed_on=dt.date(2026, 11, 20),
        minutes=900, rule="journey", rule_hash="0" * 64)
print(one.classroom.cohort_id)
"""


def test_from_the_button_to_the_stranger(browser: Browser, site: DemoSite, tmp_path: Path) -> None:
    cohort = completed(site)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        make(page, cohort)
    with visitor(browser, site, size="phone") as page:
        join(page, LEARNER)
        page.goto("/awards/")
        expect(page.get_by_role("heading", name="내 이수증과 배지")).to_be_visible()
        page.get_by_text("다른 사람에게 보여 주기").first.click()
        look(page, "awards-mine-phone-ko")
        checked_at = page.locator("a[id^=address-]").first.get_attribute("href") or ""
        with page.expect_download() as download:
            page.get_by_role("link", name="PDF 받기", exact=True).first.click()
        pdf = download.value.path()
        assert pdf.read_bytes().startswith(b"%PDF-")
        badge = page.get_by_role("link", name="배지 파일(JSON)").first.get_attribute("href") or ""
        credential = page.request.get(badge).json()
    with visitor(browser, site, size="phone") as page:
        strangers_look(page, checked_at, credential, tmp_path)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        take_back(page, cohort)
        page.set_viewport_size({"width": 360, "height": 740})
        for name, heading in (("institutions", "기관 서명과 보증"), ("signing", "직인과 서명 키")):
            page.goto("/institutions/")
            if name == "signing":
                page.get_by_role("link", name=heading).first.click()
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
            look(page, f"awards-{name}-phone-ko")
        page.get_by_role("link", name="키 바꾸기").click()
        look(page, "awards-rotate-phone-ko")
    with visitor(browser, site, size="phone") as page:
        page.goto(checked_at)
        expect(page.get_by_text("이 증서를 취소했어요")).to_be_visible()
        look(page, "awards-revoked-phone-ko")


def completed(site: DemoSite) -> int:
    """Write two completions into the running site's database; returns the cohort."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAEM_")}
    done = subprocess.run(
        [sys.executable, "-m", "saem.cli", "manage", "shell", "--no-imports", "-c", COMPLETE],
        env=environment | {"SAEM_HOME": str(site.home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1])


def make(page: Page, cohort: int) -> None:
    page.goto(f"/cohorts/{cohort}/awards/")
    page.get_by_role("link", name="배지 만들기").click()
    page.fill("textarea[name=criteria_ko]", "수업 세 차시를 마치고 프로젝트 하나를 냈어요.")
    page.fill("textarea[name=criteria_en]", "Three lessons and one project.")
    page.fill("input[name=hours]", "15")
    look(page, "awards-template-desktop-ko")
    press(page, "main form button.main")
    look(page, "awards-cohort-desktop-ko")
    press(page, "form[action$='/make/'] button")
    expect(page.get_by_role("heading", name="모두 만들었어요")).to_be_visible(timeout=90_000)
    look(page, "awards-batch-desktop-ko")


def strangers_look(page: Page, address: str, credential: dict[str, object], folder: Path) -> None:
    page.goto(address)
    expect(page.get_by_text("진짜 증서이고, 지금도 유효해요")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(f"최{LEARNER}")
    look(page, "awards-verify-phone-ko")
    page.goto("/verify/")
    look(page, "awards-check-phone-ko")
    page.fill("input[name=code]", "K7PX")
    press(page, "form[action$='/verify/'] button")
    expect(page.locator(".error-summary")).to_be_visible()
    file = folder / "badge.json"
    file.write_text(json.dumps(credential))
    page.set_input_files("input[type=file]", file)
    press(page, "form[action$='/file/'] button")
    expect(page.get_by_text("진짜 배지이고, 지금도 유효해요")).to_be_visible()
    look(page, "awards-badge-phone-ko")
    page.goto(re.sub(r"^https?://[^/]+", "", str(credential["id"])))
    look(page, "awards-badge-page-phone-ko")


def take_back(page: Page, cohort: int) -> None:
    page.goto(f"/cohorts/{cohort}/awards/?q=최{LEARNER}")
    page.get_by_role("link", name=f"최{LEARNER}").click()
    look(page, "awards-person-desktop-ko")
    page.get_by_role("link", name="이수증 취소").click()
    page.fill("input[name=reason]", "이름이 다른 학생에게 발급했어요.")
    look(page, "awards-revoke-desktop-ko")
    press(page, "main form button.danger")
    expect(page.get_by_text("이름이 다른 학생에게 발급했어요.")).to_be_visible()

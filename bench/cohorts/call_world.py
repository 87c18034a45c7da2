"""The made-up call of `bench.cohorts.call`, and its steps with a clock."""

import datetime as dt
import io
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.db import connection
from django.utils import timezone

from saem.apps.catalog.models import Program, Version
from saem.apps.cohorts.calls import running
from saem.apps.cohorts.models import Call, Cohort, Decision, Offer, Selection, SelectionSheet, SheetKind
from saem.apps.cohorts.selection import deciding, declaring, drawing, score_sheets, settling, sheets
from saem.apps.cohorts.selection.declaring import Manner
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.jobs.database import DatabaseQueue
from saem.apps.jobs.kinds import kind_named
from saem.apps.notices.models import Notice
from saem.apps.people.models import Institution, InstitutionKind, User
from saem.lib import selection as lib
from saem.lib.fleet import Stopping, Worker

OFFICES = [f"office{number}" for number in range(1, 12)]
MANNER = Manner(is_blind=True, reply_days=7, appeal_days=7, public_source="bench")
KINDS = ("selection.sheet", "selection.letters")


@dataclass
class World:
    call: Call
    staff: User
    people: int

    @property
    def selection(self) -> Selection:
        return Selection.objects.select_related("rules", "call__cohort", "call__form").get(call=self.call)


def words(text: str) -> dict[str, str]:
    return {"ko": text, "en": text}


def choice(name: str, *values: str) -> dict[str, Any]:
    options = [{"value": value, "label": words(value)} for value in values]
    return {"id": name, "kind": "choice", "label": words(name), "required": True, "options": options}


def form() -> dict[str, Any]:
    return {
        "questions": [
            {"id": "school", "kind": "school", "label": words("학교"), "required": True},
            {"id": "motive", "kind": "long", "label": words("지원하는 까닭"), "required": True},
            choice("office", *OFFICES),
            choice("kind", "public", "private", "special"),
            choice("inclusion", "yes", "no"),
            choice("gender", "girl", "boy"),
            {"id": "agree", "kind": "consent", "label": words("동의"), "required": True},
        ]
    }


def rules(seats: int) -> dict[str, Any]:
    """Two stages, and six sub-quotas that overlap: four hard, two targets."""

    def stage(name: str, **more: Any) -> dict[str, Any]:
        criteria = [{"id": f"c{number}", "title": words(f"항목 {number}"), "maximum": "10"} for number in (1, 2)]
        return {"id": name, "title": words(name), "weight": 50, "criteria": criteria, "reviews": 1, **more}

    def quota(name: str, where: dict[str, list[str]], **more: Any) -> dict[str, Any]:
        return {"id": name, "title": words(name), "where": where, **more}

    none = [*OFFICES, "none"]
    return {
        "title": words("bench"),
        "seats": seats,
        "stages": [stage("s1", advance="300%"), stage("s2")],
        "tie_breaks": [{"by": "stage", "stage": "s2"}, {"by": "younger"}, {"by": "lottery"}],
        "attributes": {
            "office": none,
            "kind": ["public", "private", "special", "none"],
            "inclusion": ["yes", "no", "none"],
            "gender": ["girl", "boy", "none"],
        },
        "quotas": [
            quota("inclusion", {"inclusion": ["yes"]}, at_least="20%"),
            quota("girls", {"gender": ["girl"]}, at_least="40%"),
            quota("boys", {"gender": ["boy"]}, at_least="40%"),
            quota("special", {"kind": ["special"]}, at_most="10%"),
            quota("outer", {"office": OFFICES[6:]}, at_least="35%", strength="target"),
            quota("private-girls", {"kind": ["private"], "gender": ["girl"]}, at_least="10%", strength="target"),
        ],
        "reserve": {"length": seats // 2, "each_quota": 10},
    }


def build(people: int, seats: int) -> World:
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name="교육청")
    program = Program.objects.create(slug="bench", owner=office)
    version = Version.objects.create(program=program, number=1, content_hash="sha256:0", title_ko="b", title_en="b")
    cohort = Cohort.objects.create(institution=office, version=version, title="b", starts_on=timezone.localdate())
    staff = User.objects.create_account(display_name="담당", email="staff@example.org")
    now = timezone.now()
    facts = {"title": "bench", "opens_at": now - dt.timedelta(days=2), "closes_at": now + dt.timedelta(days=1)}
    call = running.open_call(cohort, by=staff, facts={**facts, "seats": seats}, form=form())
    assert running.publish_call(call, by=staff) == []
    call.refresh_from_db()
    assert declaring.declare(call, by=staff, data=rules(seats), manner=MANNER, reason="bench") == ()
    return World(call, staff, people)


def application_book(people: int) -> bytes:
    """Applications as an office would have them: every tenth a child of twelve with a consent on paper."""
    chance, today = random.Random(7), timezone.localdate()
    head = ["성명", "이메일", "생년월일", "학년", "학교", "지원하는 까닭", "office", "kind", "inclusion", "gender", "동의",
            "보호자 성명", "보호자 연락처", "보호자 관계", "보호자 동의일"]  # fmt: skip

    def rows() -> Iterator[list[str]]:
        for number in range(people):
            child = number % 10 == 0
            born = today - dt.timedelta(days=(12 if child else 15) * 366 + number % 300)
            guardian = ["김보호", "010-0000-0000", "어머니", today.isoformat()] if child else [""] * 4
            yield [
                f"학생{number}", f"pupil{number}@example.org", born.isoformat(), "중1", f"{number % 400}중학교",
                "동네 자료로 내일을 예측해 보고 싶어요. " * 4, chance.choice(OFFICES),
                chance.choices(["public", "private", "special"], [7, 2, 1])[0],
                chance.choices(["yes", "no"], [1, 9])[0], chance.choice(["girl", "boy"]), "네", *guardian,
            ]  # fmt: skip

    return book([head, *rows()])


def book(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def score_book(world: World, stage: str) -> bytes:
    chance = random.Random(stage)
    rows = [["접수 번호", "항목 1", "항목 2"]]
    for one in score_sheets.coming_to(world.selection, stage):
        inclusion = bool(one.sent and one.sent.answers["inclusion"] == "yes")
        rows.append(
            [one.receipt or "", *(str(max(0, round(chance.gauss(7 - inclusion, 1.5) % 10.01, 1))) for _at in "12")]
        )
    return book(rows)


def work() -> int:
    """Do the selection's own jobs that wait; mail waits on."""
    worker = Worker(
        DatabaseQueue(worker="bench", capabilities=["cpu"], kinds=KINDS), work_named=kind_named, stopping=Stopping()
    )
    return sum(1 for _job in iter(worker.do_next, False))


def take(world: World, kind: SheetKind, data: bytes, stage: str = "") -> None:
    """Hand a file in, let it be read, look at the report, and apply it."""
    sheet = sheets.hand_in(world.call, kind=kind, stage=stage, name="bench.xlsx", data=data, by=world.staff)
    work()
    sheet = SelectionSheet.objects.get(pk=sheet.pk)
    assert sheet.state == "read", sheet.report
    assert not [one for one in sheet.report["problems"] if one["is_error"]], sheet.report["problems"][:3]
    sheets.confirm(sheet, by=world.staff)
    work()
    assert SelectionSheet.objects.get(pk=sheet.pk).state == "applied"


def close(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(closes_at=timezone.now() - dt.timedelta(minutes=1), followup_days=0)


Step = tuple[str, float, float]


def measured(world: World) -> list[Step]:
    """Seconds on the clock and of the processor for each step; then what came out is held against the library."""
    found: list[Step] = []

    def step(name: str, act: Callable[[], object]) -> None:
        start, worked = time.perf_counter(), time.process_time()
        act()
        found.append((name, time.perf_counter() - start, time.process_time() - worked))

    applications = application_book(world.people)
    step(
        "applications read, checked and imported, receipts told",
        lambda: take(world, SheetKind.APPLICATIONS, applications),
    )
    close(world)
    step("the draw", lambda: drawing.hold_draw(world.selection, public_value="1 2 3", by=world.staff))
    for stage in ("s1", "s2"):
        marks = score_book(world, stage)
        step(f"marks of stage {stage[1]} read, compared and written with their trail",
             lambda marks=marks, stage=stage: take(world, SheetKind.SCORES, marks, stage))  # fmt: skip
        step(f"stage {stage[1]} decided", lambda: settling.settle(world.selection, by=world.staff))
    step("seats chosen, decisions and offers written", lambda: deciding.publish(world.selection, by=world.staff))
    step("letters: a notice with reasons for everybody", work)
    check(world)
    return found


def check(world: World) -> None:
    """Everybody was told, and the published set is the library's."""
    assert Decision.objects.count() == Notice.objects.filter(kind="selection.decided").count() == world.people
    again = deciding.preview(world.selection)
    chosen = set(Offer.objects.values_list("candidate__receipt", flat=True))
    assert chosen == set(again.choice.chosen)
    assert len(chosen) == rules_of(world.selection).seats
    order = list(world.selection.candidates.order_by("draw_place").values_list("receipt", flat=True))
    assert lib.replay(lib.Draw(world.selection.secret, "1 2 3"), order, world.selection.commitment).agrees


def table(rows: list[Step]) -> str:
    lines = ["", f"| step ({connection.vendor}) | s | CPU s |", "|---|---|---|"]
    lines += [f"| {name} | {wall:.1f} | {worked:.1f} |" for name, wall, worked in rows]
    wall, worked = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return "\n".join([*lines, f"| all | {wall:.1f} | {worked:.1f} |"])

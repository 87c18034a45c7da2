"""Applications from a spreadsheet: paper forms, another system. Good rows become submitted applications."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls import eligibility
from saem.apps.cohorts.calls.answers import check
from saem.apps.cohorts.calls.applying import definition_of, is_minor
from saem.apps.cohorts.calls.definition import FormDefinition, Kind, Problem, Question
from saem.apps.cohorts.calls.vouching import consent_text_of
from saem.apps.cohorts.models import (
    GRADES,
    Application,
    ApplicationRevision,
    ApplicationState,
    Audience,
    Call,
    ConsentWay,
    FormVersion,
    GuardianConsent,
    SelectionSheet,
)
from saem.apps.cohorts.selection import sheets
from saem.apps.cohorts.selection.row_answers import answers_of, asked, grade_of
from saem.apps.events.services import record
from saem.apps.notices.services import Telling, notify_many
from saem.apps.people.models import User, new_username
from saem.errors import SaemError
from saem.lib.completion.problems import Code
from saem.lib.completion.sheets import Column, Layout
from saem.lib.completion.sheets import Kind as CellKind
from saem.lib.completion.sheets.layouts import plain_title

BATCH = 1000
# A group is a cell with a line for each of its rows.
CELLS = {Kind.DATE: CellKind.DATE, Kind.LONG: CellKind.LINES, Kind.GROUP: CellKind.LINES}
GUARDIAN = (
    Column(key="-guardian", title="보호자 성명", also=("보호자 이름", "보호자"), width=12),
    Column(
        key="-contact", title="보호자 연락처", also=("보호자 전화번호", "보호자 이메일"), kind=CellKind.CODE, width=18
    ),
    Column(key="-relation", title="보호자 관계", also=("관계",), width=12),
    Column(
        key="-consented", title="보호자 동의일", also=("동의일", "종이 동의서를 받은 날"), kind=CellKind.DATE, width=14
    ),
)


def layout_of(call: Call) -> Layout:
    """Columns for a call: who applies, then each question of its form by its words, then the guardian."""
    assert call.form is not None
    first = [
        Column(key="-name", title="성명", also=("이름",), required=True, width=10),
        Column(
            key="-email", title="이메일", also=("이메일 주소", "email"), kind=CellKind.CODE, required=True, width=26
        ),
        Column(key="-born", title="생년월일", kind=CellKind.DATE, required=True, width=12),
        Column(key="-grade", title="학년", also=("학교급과 학년",), width=16),
    ]
    taken = {plain_title(title) for one in (*first, *GUARDIAN) for title in (one.title, *one.also)}
    questions = list[Column]()
    for number, one in enumerate(asked(definition_of(call.form)), start=1):
        for column in columns_of(one):
            title = column.title if plain_title(column.title) not in taken else f"{number}. {column.title}"
            taken.add(plain_title(title))
            also = tuple(name for name in column.also if plain_title(name) not in taken)
            taken.update(map(plain_title, also))
            questions.append(Column(key=column.key, title=title, also=also, kind=column.kind, width=column.width))
    if call.audience == Audience.TEACHER:
        first = first[:3]
    return Layout(name="지원서", columns=(*first, *questions, *GUARDIAN), identities=(("-email",), ("-name", "-born")))


def has_groups(form: FormVersion) -> bool:
    return any(one.kind is Kind.GROUP for one in definition_of(form).questions)


def columns_of(one: Question) -> list[Column]:
    also = (one.label.en, one.id) if one.label.en and one.label.en != one.label.ko else (one.id,)
    title = one.label.ko[:120]
    if one.kind is Kind.SCHOOL:
        code = Column(
            key=f"{one.id}.code", title=f"{title} 코드", kind=CellKind.CODE, also=(f"{one.id}.code",), width=14
        )
        return [Column(key=one.id, title=title, also=also, width=18), code]
    return [Column(key=one.id, title=title, also=also, kind=CELLS.get(one.kind, CellKind.TEXT), width=24)]


def look(
    sheet: SelectionSheet, rows: list[sheets.Row], problems: list[dict[str, Any]], _letters: Mapping[str, str]
) -> None:
    """Find out which rows would become applications, and why the others would not."""
    call, kept, seen = sheet.call, list[sheets.Row](), dict[str, int]()
    assert call.form is not None
    definition, known = definition_of(call.form), applied_before(call, rows)
    problems = [*map(as_left_out, problems)]
    wrong_lines = {one["line"] for one in problems if one["is_error"]}
    for row in rows:
        found = [] if row["line"] in wrong_lines else problems_of(row, call, definition, known, seen)
        problems += found
        if not found and row["line"] not in wrong_lines:
            kept.append(row)
    consented = sum(bool(row.get("-consented") and row.get("-guardian")) for row in kept)
    sheets.keep_reading(sheet, kept, problems, read=len(rows), consented=consented)


def as_left_out(problem: dict[str, Any]) -> dict[str, Any]:
    """Of people who are new, a column that is not there says nothing: it keeps no value as it is."""
    is_idle = problem["code"] == Code.MISSING_COLUMN and not problem["is_error"]
    return {**problem, "code": "sheet.column_left_out"} if is_idle else problem


def applied_before(call: Call, rows: Iterable[sheets.Row]) -> set[str]:
    """E-mail addresses of people who have an application to this call, drafts included."""
    mails = {mail_of(row) for row in rows}
    found = call.applications.annotate(mail=Lower("applicant__email")).values_list("mail", flat=True)
    return {str(mail) for mail in found if mail in mails}


def mail_of(row: sheets.Row) -> str:
    return str(row.get("-email") or "").strip().lower()


def problems_of(
    row: sheets.Row, call: Call, definition: FormDefinition, known: set[str], seen: dict[str, int]
) -> list[dict[str, Any]]:
    line, mail = int(row["line"]), mail_of(row)
    if mail.count("@") != 1 or " " in mail or not all(mail.split("@")) or len(mail) > 254:  # noqa: PLR2004  # RFC 5321
        return [sheets.problem_row(line, "sheet.no_email", {"email": mail})]
    if mail in known:
        return [sheets.problem_row(line, "sheet.applied_already", {"email": mail})]
    for person in (mail, f"{plain_title(str(row.get('-name')))} {row.get('-born')}"):
        first = seen.setdefault(person, line)
        if first != line:
            return [sheets.problem_row(line, "sheet.person_twice", {"first": first})]
    if len(str(row.get("-name") or "")) > 60:  # noqa: PLR2004  # as the model keeps it
        return [sheets.problem_row(line, "sheet.name_long")]
    born, grade = dt.date.fromisoformat(str(row["-born"])), grade_of(str(row.get("-grade") or ""))
    if call.audience == Audience.STUDENT and grade not in GRADES:
        return [sheets.problem_row(line, "sheet.no_grade", {"grade": grade})]
    found = eligibility.problems_of(call, birth_date=born, grade=grade)
    missing_files = {one.id for one in definition.questions if one.kind is Kind.FILE}
    found += check(definition, answers_of(row, definition), files=missing_files)
    return [as_row(line, problem, definition) for problem in found]


def as_row(line: int, problem: Problem, definition: FormDefinition) -> dict[str, Any]:
    question = definition.question(problem.where.partition(".")[0])
    label = question.label.model_dump() if question else {}
    return sheets.problem_row(line, problem.code, {**problem.params, **({"question": label} if label else {})})


def apply_batch(sheet: SelectionSheet) -> None:
    """Make applications of the next batch of rows. Call inside a transaction."""
    call = Call.objects.select_for_update(of=("self",)).select_related("form", "cohort").get(pk=sheet.call_id)
    selection = getattr(call, "selection", None)
    if selection is not None and selection.is_drawn:
        raise SaemError("selection.drawn_already", status=409)
    rows = sheets.unpacked(sheet)[sheet.done : sheet.done + BATCH]
    known = applied_before(call, rows)
    fresh = [row for row in rows if mail_of(row) not in known]
    made = make(call, fresh)
    keep_consents(call, fresh, made, sheet)
    tell(call, made)
    record(
        "applications.imported",
        actor=sheet.sent_by,
        object_kind="call",
        object_id=call.pk,
        cohort_id=call.cohort_id,
        facts={"sheet": sheet.pk, "applications": [one.pk for one in made]},
    )
    sheet.report = {**sheet.report, "made": int(sheet.report.get("made", 0)) + len(made)}
    sheets.advance(sheet, len(rows))


def make(call: Call, rows: Sequence[sheets.Row]) -> list[Application]:
    """Submitted applications, each with its first version; a handful of statements."""
    people, now = accounts(rows), timezone.now()
    form = call.form
    assert form is not None
    definition = definition_of(form)
    made = Application.objects.bulk_create(
        [
            Application(
                call=call,
                applicant=people[mail_of(row)],
                state=ApplicationState.SUBMITTED,
                name=row["-name"],
                birth_date=dt.date.fromisoformat(row["-born"]),
                grade=grade_of(str(row.get("-grade") or "")) if call.audience == Audience.STUDENT else "",
                needs_guardian=is_minor(call, dt.date.fromisoformat(row["-born"])),
                form=form,
                answers=answers_of(row, definition),
                started_at=now,
                saved_at=now,
                submitted_at=now,
            )
            for row in rows
        ]
    )
    sent = ApplicationRevision.objects.bulk_create(
        [
            ApplicationRevision(application=one, number=1, form=form, answers=one.answers, submitted_at=now)
            for one in made
        ]
    )
    for one, revision in zip(made, sent, strict=True):
        one.sent, one.receipt = revision, f"{timezone.localdate(now).year}-{one.pk:06d}"
    Application.objects.bulk_update(made, ["sent", "receipt"], batch_size=BATCH)
    return made


def accounts(rows: Sequence[sheets.Row]) -> dict[str, User]:
    """An account for each address: whose owner sets a password by a mailed link, where there was none before."""
    mails = {mail_of(row): row for row in rows}
    known = {user.email: user for user in User.objects.filter(email__in=list(mails))}
    new = list[User]()
    for mail, row in mails.items():
        if mail not in known:
            user = User(username=new_username(), email=mail, display_name=row["-name"])
            user.set_unusable_password()
            new.append(user)
    known |= {user.email: user for user in User.objects.bulk_create(new)}
    return {str(mail): user for mail, user in known.items()}


def keep_consents(call: Call, rows: Sequence[sheets.Row], made: Sequence[Application], sheet: SelectionSheet) -> None:
    """Paper consents that the sheet names with guardian and day; of everybody else they are still waited for."""
    now, text = timezone.now(), consent_text_of(call)
    GuardianConsent.objects.bulk_create(
        [
            GuardianConsent(
                application=one,
                guardian_name=str(row["-guardian"])[:60],
                contact=str(row.get("-contact") or "")[:120],
                relation=str(row.get("-relation") or "")[:30],
                text=text,
                way=ConsentWay.SIGNED_PAPER,
                given_at=timezone.make_aware(dt.datetime.fromisoformat(f"{row['-consented']}T12:00")),
                recorded_at=now,
                recorded_by=sheet.sent_by,
                note=sheet.name,
            )
            for one, row in zip(made, rows, strict=True)
            if one.needs_guardian and row.get("-consented") and row.get("-guardian")
        ]
    )


def tell(call: Call, made: Iterable[Application]) -> None:
    notify_many(
        "application.submitted",
        [
            Telling(
                recipient=one.person,
                key=f"application:{one.pk}:submitted:1",
                facts={"call": call.titles, "receipt": one.receipt},
                path=reverse("calls:application", args=[one.pk]),
            )
            for one in made
        ],
    )

"""Recommendations from a sheet, as schools send them: for whom, by whom, and whether yes; all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls.links import new_secret
from saem.apps.cohorts.models import (
    Application,
    ApplicationState,
    Call,
    Recommendation,
    RecommendationHow,
    RecommendationState,
    SelectionSheet,
)
from saem.apps.cohorts.selection import sheets
from saem.apps.events.services import record
from saem.apps.notices.services import Telling, notify_many
from saem.errors import SaemError
from saem.lib.completion.problems import Code
from saem.lib.completion.sheets import Column, Kind, Layout
from saem.lib.completion.sheets.layouts import plain_title

YES = frozenset({"추천", "추천함", "추천해요", "적극추천", "예", "네", "o", "○", "y", "yes", "true", "1", "✓"})
NO = frozenset({"추천안함", "추천하지않음", "비추천", "아니요", "아니오", "x", "×", "n", "no", "false", "0", "거절"})
LONGEST = {"-recommender": 60, "-recommender_email": 254, "-school": 120, "-role": 60, "-statement": 3000}
# One recommender for many pupils is one merged cell in what schools send: nothing of the recommender is required here.
LAYOUT = Layout(
    name="추천 명단",
    columns=(
        Column(key="-receipt", title="접수 번호", also=("접수번호",), kind=Kind.CODE, width=14),
        Column(key="-email", title="지원자 이메일", also=("이메일", "이메일 주소", "email"), kind=Kind.CODE, width=26),
        Column(key="-name", title="지원자 성명", also=("성명", "이름", "지원자 이름", "학생 이름"), width=12),
        Column(key="-born", title="생년월일", also=("지원자 생년월일",), kind=Kind.DATE, width=12),
        Column(key="-recommender", title="추천인 성명", also=("추천인", "추천인 이름", "추천 교사"), width=12),
        Column(key="-recommender_email", title="추천인 이메일", kind=Kind.CODE, width=26),
        Column(key="-school", title="추천인 소속", also=("소속", "학교", "학교명"), width=18),
        Column(key="-role", title="추천인 직위", also=("직위", "지원자와의 관계", "관계"), width=14),
        Column(key="-answer", title="추천 여부", also=("추천",), required=True, width=10),
        Column(
            key="-statement",
            title="추천하는 까닭",
            also=("추천 사유", "추천 내용", "추천서"),
            kind=Kind.LINES,
            width=40,
        ),
    ),
    identities=(("-receipt",), ("-email",), ("-name", "-born")),
)
TITLES = {column.key: column.title for column in LAYOUT.columns}


def layout_of(_call: Call) -> Layout:
    return LAYOUT


@dataclass(frozen=True)
class Refusal:
    """Why a row cannot be taken: a code of the message table, and the column where it shows."""

    code: str
    column: str
    params: Mapping[str, object]

    def at(self, line: int, letters: Mapping[str, str]) -> dict[str, Any]:
        """The problem as it is kept and shown, with its cell where the sheet has the column."""
        cell = f"{letters[self.column]}{line}" if self.column in letters else ""
        return sheets.problem_row(line, self.code, self.params, cell=cell)


class People:
    """The submitted applications of a call, found by what a row says of the applicant."""

    def __init__(self, call: Call) -> None:
        submitted = call.applications.filter(state=ApplicationState.SUBMITTED, purged_at=None)
        self.found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.receipts: dict[int, str] = {}
        self.names: dict[int, str] = {}
        facts = submitted.order_by("pk").values_list("pk", "receipt", "applicant__email", "name", "birth_date")
        for pk, receipt, email, name, born in facts:
            self.receipts[pk], self.names[pk] = str(receipt), name
            for key in (
                ("-receipt", str(receipt)),
                ("-email", str(email).lower()),
                ("-name", "-born", name, str(born)),
            ):
                self.found[key].append(pk)

    def shown(self, row: sheets.Row) -> dict[str, object]:
        """A row of the report: who is meant as the application has it, not as the sheet writes it."""
        who = " · ".join(filter(None, (said(row, "-recommender"), said(row, "-school"), said(row, "-role"))))
        facts = {"line": row["line"], "receipt": row["receipt"], "name": self.names[row["application"]]}
        return {**facts, "recommender": who, "is_yes": is_yes(row)}

    def meant(self, row: sheets.Row) -> int | Refusal:
        """The application that everything in the row agrees on; who it is may be said in more than one way."""
        ways = ways_of(row)
        if not ways:
            return Refusal("sheet.nobody_named", "-receipt", {})
        first: int | None = None
        for column, key in ways:
            pks = self.found.get(key, [])
            if len(pks) != 1:
                code = "sheet.many_meant" if pks else "sheet.unknown_applicant"
                return Refusal(code, column, {"who": " ".join(key[len(key) // 2 :])})
            if first is not None and pks[0] != first:
                return Refusal("sheet.applicants_differ", column, {"who": " ".join(key[len(key) // 2 :])})
            first = pks[0]
        assert first is not None
        return first


def ways_of(row: sheets.Row) -> list[tuple[str, tuple[str, ...]]]:
    """How a row says who is meant: the column to point at, and what to look for."""
    receipt, email = said(row, "-receipt"), said(row, "-email").lower()
    name, born = said(row, "-name"), said(row, "-born")
    ways: list[tuple[str, tuple[str, ...]]] = [("-receipt", ("-receipt", receipt))] if receipt else []
    ways += [("-email", ("-email", email))] if email else []
    # A name without a birth date says nobody for sure; beside a receipt it is there for people's eyes.
    return ways + ([("-name", ("-name", "-born", name, born))] if name and born else [])


def said(row: sheets.Row, key: str) -> str:
    return str(row.get(key) or "").replace("\x00", "").strip()


def look(
    sheet: SelectionSheet, rows: list[sheets.Row], problems: list[dict[str, Any]], letters: Mapping[str, str]
) -> None:
    """Find out which rows are recommendations, and why the others are not."""
    people, standing, kept = People(sheet.call), standing_of(sheet.call), dict[int, sheets.Row]()
    # Who is meant can be said in three ways, and schools say what they know: a column that is not there is nothing odd.
    problems = [one for one in problems if one["is_error"] or one["code"] != Code.MISSING_COLUMN]
    wrong_lines = {one["line"] for one in problems if one["is_error"]}
    for row in rows:
        if row["line"] in wrong_lines:
            continue
        found = people.meant(row)
        if isinstance(found, int):
            found = refusal_of(row, found, standing, kept) or found
        if isinstance(found, int):
            kept[found] = {**row, "application": found, "receipt": people.receipts[found]}
            if standing.get(found) == RecommendationState.ASKED:
                problems.append(sheets.problem_row(row["line"], "sheet.link_ends", is_error=False))
        else:
            problems.append(found.at(row["line"], letters))
    keep(sheet, list(kept.values()), problems, people, read=len(rows))


def keep(
    sheet: SelectionSheet, rows: Sequence[sheets.Row], problems: Sequence[dict[str, Any]], people: People, *, read: int
) -> None:
    recommended = sum(is_yes(row) is True for row in rows)
    shown = [people.shown(row) for row in rows[: sheets.MOST_PROBLEMS]]
    sheets.keep_reading(sheet, rows, problems, read=read, recommended=recommended, recommendations=shown)


def standing_of(call: Call, applications: Iterable[int] | None = None) -> dict[int, str]:
    """Recommendations that are given, or asked for by link and still open, by application."""
    found = Recommendation.objects.filter(application__call=call).filter(
        Q(state=RecommendationState.GIVEN) | Q(state=RecommendationState.ASKED, expires_at__gt=timezone.now())
    )
    if applications is not None:
        found = found.filter(application__in=applications)
    return dict(found.values_list("application_id", "state"))


def refusal_of(
    row: sheets.Row, application: int, standing: Mapping[int, str], kept: Mapping[int, sheets.Row]
) -> Refusal | None:
    """Why a row of somebody who is known cannot be taken."""
    column = ways_of(row)[0][0]
    if application in kept:
        return Refusal("sheet.person_twice", column, {"first": kept[application]["line"]})
    if standing.get(application) == RecommendationState.GIVEN:
        return Refusal("sheet.recommended_already", column, {})
    return refusal_of_words(row)


def refusal_of_words(row: sheets.Row) -> Refusal | None:
    """What is wrong with what a row says of the recommendation itself."""
    if not said(row, "-recommender"):
        return Refusal("sheet.no_recommender", "-recommender", {})
    if is_yes(row) is None:
        return Refusal("sheet.answer_unclear", "-answer", {"said": said(row, "-answer")[:60]})
    long = next((key for key, most in LONGEST.items() if len(said(row, key)) > most), None)
    if long is not None:
        return Refusal("sheet.text_long", long, {"title": TITLES[long], "most": LONGEST[long]})
    if (email := said(row, "-recommender_email")) and not is_address(email):
        return Refusal("sheet.no_email", "-recommender_email", {"email": email})
    return None


def is_yes(row: sheets.Row) -> bool | None:
    """Whether a row recommends; None where it does not say."""
    word = plain_title(said(row, "-answer"))
    return True if word in YES else False if word in NO else None


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def apply_batch(sheet: SelectionSheet) -> None:
    """Record every row at once, or none where one has become impossible. Call inside a transaction."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=sheet.call_id)
    selection = getattr(call, "selection", None)
    if selection is not None and selection.is_drawn:
        raise SaemError("selection.drawn_already", status=409)
    rows = sheets.unpacked(sheet)
    applications = held(call, rows)
    refuse_changed(call, rows, applications)
    asked = Recommendation.objects.filter(application__in=applications, state=RecommendationState.ASKED)
    asked.update(state=RecommendationState.EXPIRED)
    made = Recommendation.objects.bulk_create([made_of(sheet, row, call) for row in rows])
    tell(call, made, applications)
    record(
        "recommendations.imported",
        actor=sheet.sent_by,
        object_kind="call",
        object_id=call.pk,
        cohort_id=call.cohort_id,
        facts={"sheet": sheet.pk, "recommendations": [one.pk for one in made]},
    )
    sheets.advance(sheet, len(rows))


def held(call: Call, rows: Sequence[sheets.Row]) -> dict[int, Application]:
    """The applications of the rows that are submitted still, held with all that was asked for them until the end."""
    ids = [row["application"] for row in rows]
    found = call.applications.filter(pk__in=ids, state=ApplicationState.SUBMITTED).select_related("applicant")
    applications = {one.pk: one for one in found.select_for_update(of=("self",)).order_by("pk")}
    # Whoever answers through a link holds this row: either the answer is there already, or the link has ended.
    list(Recommendation.objects.filter(application__in=ids).select_for_update().order_by("pk").values_list("pk"))
    return applications


def refuse_changed(call: Call, rows: Sequence[sheets.Row], applications: Mapping[int, Application]) -> None:
    """The report that somebody agreed to must still be true. Raises SaemError `sheet.changed_meanwhile`."""
    standing = standing_of(call, [row["application"] for row in rows])
    for row in rows:
        pk = row["application"]
        if pk not in applications or standing.get(pk) == RecommendationState.GIVEN:
            raise SaemError("sheet.changed_meanwhile", status=409, line=row["line"], receipt=row["receipt"])


def made_of(sheet: SelectionSheet, row: sheets.Row, call: Call) -> Recommendation:
    now = timezone.now()
    return Recommendation(
        application_id=row["application"],
        # Nobody has this link: what came by sheet is changed by nobody who opens one.
        token_sha256=new_secret().sha256,
        name=said(row, "-recommender"),
        email=said(row, "-recommender_email"),
        school=said(row, "-school"),
        role=said(row, "-role"),
        state=RecommendationState.GIVEN if is_yes(row) else RecommendationState.DECLINED,
        answers={"statement": said(row, "-statement")},
        how=RecommendationHow.SHEET,
        recorded_by=sheet.sent_by,
        asked_at=now,
        answered_at=now,
        expires_at=call.followup_until,
    )


def tell(call: Call, made: Iterable[Recommendation], applications: Mapping[int, Application]) -> None:
    notify_many(
        "recommendation.answered",
        [
            Telling(
                recipient=applications[one.application_id].person,
                key=f"application:{one.application_id}:recommendation:{one.pk}",
                facts={"call": call.titles, "receipt": applications[one.application_id].receipt},
                path=reverse("calls:application", args=[one.application_id]),
            )
            for one in made
        ],
    )

"""Everybody who took part as one table: answers, points of each stage, ranks, the draw, decisions, offers."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from saem.apps.cohorts.calls import workbook
from saem.apps.cohorts.calls.definition import Question
from saem.apps.cohorts.calls.queries import with_standing
from saem.apps.cohorts.models import Application, Candidate, DecisionKind, Selection, StageOutcome
from saem.apps.cohorts.selection.deciding import text_of
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.queries import candidates_of, outcomes_of
from saem.lib.selection import SelectionRules

CHUNK = 500


def table(selection: Selection, language: str) -> tuple[list[str], Iterator[list[str]]]:
    """The titles, and the rows one after the other."""
    rules, questions = rules_of(selection), workbook.columns_of(selection.call)
    head = [_("순위"), _("총점"), _("추첨 순서")]
    for stage in rules.stages:
        title = getattr(stage.title, language)
        head += [_("%(stage)s 점수") % {"stage": title}, _("%(stage)s 결과") % {"stage": title}]
    head += [_("결정"), _("예비 순번"), _("등록"), *workbook.heads(questions)]
    return head, rows(selection, rules, questions)


def rows(selection: Selection, rules: SelectionRules, questions: Sequence[Question]) -> Iterator[list[str]]:
    everybody = list(candidates_of(selection).values_list("pk", flat=True))
    for start in range(0, len(everybody), CHUNK):
        chunk = list(candidates_of(selection).filter(pk__in=everybody[start : start + CHUNK]))
        outcomes = outcomes_of(chunk)
        found = with_standing(Application.objects.filter(candidate__in=chunk)).select_related("sent", "call")
        applications = {one.pk: one for one in found}
        for one in chunk:
            yield row(one, outcomes.get(one.pk, []), rules, applications[one.application_id], questions)


def row(
    one: Candidate,
    outcomes: Sequence[StageOutcome],
    rules: SelectionRules,
    application: Application,
    questions: Sequence[Question],
) -> list[str]:
    by_stage = {outcome.stage: outcome for outcome in outcomes}
    cells = [str(one.rank or ""), text_of(one.total), str(one.draw_place)]
    for stage in rules.stages:
        outcome = by_stage.get(stage.id)
        cells += [text_of(outcome.points), str(outcome.get_result_display())] if outcome else ["", ""]
    offer = getattr(one, "offer", None)
    kind = getattr(one, "kind", None)
    cells += [
        str(DecisionKind(kind).label) if kind else "",
        str(getattr(one, "reserve", None) or ""),
        str(offer.get_state_display()) if offer else "",
    ]
    return [*cells, *workbook.facts_of(application), *workbook.answers_of(application, questions)]

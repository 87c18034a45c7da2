"""Findings in words and bars, from what was kept: nothing is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.completion.findings import leaves
from saem.apps.cohorts.models import Cohort, Standing
from saem.web.languages import reader_language

HUNDRED = 100


@dataclass(frozen=True, kw_only=True)
class Line:
    """One condition: its name, whether it is met, have and wanted in words, how full the bar is, what to do.

    `wanted` is empty where there is nothing to measure yet.
    """

    id: str
    name: str
    state: str
    have: str
    wanted: str
    percent: int
    advice: str
    is_at_risk: bool


def lines_of(standing: Standing | None, cohort: Cohort) -> list[Line]:
    """The conditions of the rule in its order; none where nothing was decided yet."""
    findings = standing.findings if standing is not None else {}
    return [_line(each, cohort, findings.get("hoped", {}).get(each["id"])) for each in leaves(findings)]


def awaits_lists(found: Mapping[str, Any], hoped: Mapping[str, Any] | None) -> bool:
    """Whether a condition stands badly only by sessions whose list is still to be filled in."""
    if hoped is None or hoped["state"] == "impossible":
        return False
    return found["state"] == "impossible" or (bool(found["at_risk"]) and not hoped["at_risk"])


def _line(found: Mapping[str, Any], cohort: Cohort, hoped: Mapping[str, Any] | None) -> Line:
    awaits = awaits_lists(found, hoped)
    wanted, have = Fraction(found["wanted"]), Fraction(found["have"])
    full = int(min(have / wanted, Fraction(1)) * HUNDRED) if wanted else (HUNDRED if found["state"] == "met" else 0)
    return Line(
        id=found["id"],
        name=name_of(found, cohort),
        state="awaits_lists" if awaits else found["state"],
        have=_amount(have, found),
        wanted=_amount(wanted, found) if wanted else "",
        percent=full,
        advice=_("출석부를 다 채우면 다시 따져요.") if awaits else advice_of(found),
        is_at_risk=bool(found["at_risk"]) and not awaits,
    )


def name_of(found: Mapping[str, Any], cohort: Cohort) -> str:
    if found["kind"] == "project":
        project = program_of(cohort.version).projects.get(str(found["params"].get("project", "")))
        title = project.title.in_(reader_language()) if project is not None else found["params"].get("project", "")
        return _("프로젝트: %(title)s") % {"title": title}
    names = {
        "attendance": _("출석 시간"),
        "progress": _("진도"),
        "mastery": _("성취 요소 숙달"),
        "assessment": _("평가 점수"),
        "sessions": _("꼭 들어야 하는 차시"),
    }
    return names.get(found["kind"], str(found["id"]))


def number(value: Fraction) -> str:
    """At most two decimals, rounded down, so that 89.999 never reads as 90."""
    hundredths = value * HUNDRED // 1
    return f"{hundredths // HUNDRED}.{hundredths % HUNDRED:02d}".rstrip("0").rstrip(".")


def _amount(value: Fraction, found: Mapping[str, Any]) -> str:
    if found["unit"] == "minutes":
        return _("%(minutes)s분") % {"minutes": number(value)}
    if found["unit"] == "points":
        return _("%(points)s점") % {"points": number(value)}
    if found["unit"] == "percent":
        return f"{number(value)}%"
    return number(value)


def advice_of(found: Mapping[str, Any]) -> str:
    """What is missing, or why it cannot be had any more."""
    if found["state"] == "met":
        return ""
    if found["state"] == "impossible":
        return _("남은 기간에 모두 채워도 기준에 이를 수 없어요. 운영 담당자와 이야기해 보세요.")
    whys = {
        "nothing_planned": _("아직 잴 것이 없어요. 일정이나 자료가 올라오면 여기에 나와요."),
        "no_facts": _("아직 잴 것이 없어요. 일정이나 자료가 올라오면 여기에 나와요."),
        "no_weights": _("이 과정의 학점에 맞는 반영 비율이 기준에 없어요. 운영 담당자에게 알려 주세요."),
        "not_passed": _("과제를 내서 채점을 받으면 채워져요."),
    }
    return whys.get(found["reason"]) or _missing(found)


def _missing(found: Mapping[str, Any]) -> str:
    missing = _amount(Fraction(found["missing"]), found)
    if found["kind"] == "attendance":
        spare = Fraction(str(found["params"].get("spare", "0")))
        return _("%(missing)s 더 출석하면 돼요. 앞으로 빠질 수 있는 시간은 %(spare)s이에요.") % {
            "missing": missing,
            "spare": _("%(minutes)s분") % {"minutes": number(max(spare, Fraction(0)))},
        }
    return _("%(missing)s 더 채우면 돼요.") % {"missing": missing}

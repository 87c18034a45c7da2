"""Rules in words: for the public page, and where a declaration has problems."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from saem.apps.cohorts.models import Selection
from saem.apps.cohorts.selection.declaring import form_of
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.rule_forms import AGGREGATIONS, values_of
from saem.lib.selection import Problem, SelectionRules
from saem.lib.selection.rules import Quota, Strength, TieRule
from saem.web.languages import reader_language
from saem.web.messages import message


def problem_words(problem: Problem, data: Mapping[str, Any]) -> str:
    """A problem of rules as a sentence that begins with the stage or quota that it is about."""
    language, titles = reader_language(), titles_of(data)
    params = {name: value for name, value in problem.params.items() if not isinstance(value, dict)}
    if "sides" in params:
        sides = params["sides"]
        assert isinstance(sides, list)
        names = dict.fromkeys(titles.get(name, {}).get(language, name) or _("모집 인원") for name, _end in sides)
        params["sides"] = ", ".join(names)
    sentence = message(f"selection.{problem.code}", **params)
    place = next((titles[part][language] for part in problem.place.split(".")[:2] if part in titles), "")
    return f"{place}: {sentence}" if place else sentence


def titles_of(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {one["id"]: one["title"] for name in ("stages", "quotas") for one in data.get(name, ())}


def rules_page(selection: Selection) -> dict[str, Any]:
    """What the public page and the staff's page show of rules."""
    rules, language = rules_of(selection), reader_language()
    titles = {stage.id: getattr(stage.title, language) for stage in rules.stages}
    words = dict(values_of(form_of(selection.call), rules.attributes))
    aggregations = dict(AGGREGATIONS)
    return {
        "rules": rules,
        "stages": [
            {
                "stage": stage,
                "title": titles[stage.id],
                "criteria": [(getattr(one.title, language), one.maximum, one.weight) for one in stage.criteria],
                "aggregation": aggregations[stage.aggregation.value],
                "advancing": rules.advancing(stage),
            }
            for stage in rules.stages
        ],
        "quotas": [quota_words(one, words, language) for one in rules.quotas],
        "ties": [tie_words(tie.by, titles.get(tie.stage or "", "")) for tie in rules.tie_breaks],
    }


def quota_words(quota: Quota, words: Mapping[str, object], language: str) -> dict[str, Any]:
    where = [
        ", ".join(str(words.get(f"{name}={value}", value)) for value in values) for name, values in quota.where.items()
    ]
    return {
        "title": getattr(quota.title, language),
        "where": where,
        "at_least": amount(quota.at_least),
        "at_most": amount(quota.at_most),
        "is_target": quota.strength is Strength.TARGET,
    }


def amount(value: int | str | None) -> str:
    if value is None or value == 0:
        return ""
    return _("모집 인원의 %(share)s") % {"share": value} if isinstance(value, str) else _("%(n)s명") % {"n": value}


def tie_words(rule: TieRule, stage: str) -> str:
    return {
        TieRule.STAGE: _("%(stage)s 점수가 높은 사람") % {"stage": stage},
        TieRule.YOUNGER: _("더 어린 사람"),
        TieRule.OLDER: _("나이가 더 많은 사람"),
        TieRule.APPLIED_FIRST: _("먼저 지원한 사람"),
        TieRule.LOTTERY: _("공개 추첨에서 앞선 사람"),
    }[rule]


def stage_titles(rules: SelectionRules) -> dict[str, str]:
    language = reader_language()
    return {stage.id: getattr(stage.title, language) for stage in rules.stages}

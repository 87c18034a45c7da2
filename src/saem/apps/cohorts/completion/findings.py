"""Findings as JSON, so that a page shows what was decided without deciding anew; fractions stay exact as texts."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from saem.lib.completion import Finding

Json = dict[str, Any]


def kept(finding: Finding) -> Json:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "state": finding.state.value,
        "unit": finding.unit.value,
        "wanted": str(finding.wanted),
        "have": str(finding.have),
        "missing": str(finding.missing),
        "at_risk": finding.at_risk,
        "reason": finding.reason.value,
        "params": {name: _plain(value) for name, value in finding.params.items()},
        "parts": [kept(part) for part in finding.parts],
    }


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def leaves(findings: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The conditions themselves, without the groups, in the order of the rule."""
    parts = findings.get("parts", [])
    if findings and not parts:
        yield findings
    for part in parts:
        yield from leaves(part)


def total_of(findings: Mapping[str, Any]) -> Fraction | None:
    """The converted total (환산점수) as the rule rounds it; None where it asks for none."""
    found = next((each for each in leaves(findings) if each["kind"] == "assessment"), None)
    rounded = found["params"].get("rounded") if found is not None else None
    return Fraction(rounded) if rounded is not None else None

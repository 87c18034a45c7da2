"""Tags and filters that every template has without loading them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from saem.lib.particles import with_particle
from saem.web import charts
from saem.web.icons import ICONS
from saem.web.languages import reader_language
from saem.web.messages import message

register = template.Library()

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a sign; it is hidden from screen readers, because the word beside it says the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.filter
def josa(word: object, pair: str) -> str:
    """Put the fitting particle behind a word: {{ name|josa:"이가" }}; English has none."""
    return str(word) if reader_language() == "en" else with_particle(str(word), pair)


@register.filter
def number(value: float | None, places: int | None = None) -> str:
    """Write a number as readers do: grouped thousands, at most three decimals unless told otherwise, no -0."""
    if value is None:
        return ""
    if places is None:
        text = f"{value:z.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return number_format(text, use_l10n=True, force_grouping=True)
    text = f"{value:z.{places}f}" if isinstance(value, float) else str(value)
    return number_format(text, decimal_pos=places, use_l10n=True, force_grouping=True)


def since(seconds: float) -> str:
    """Say how long ago in one unit; Korean writes number and unit together."""
    if seconds < MINUTE:
        return gettext("방금")
    if seconds < HOUR:
        n = int(seconds // MINUTE)
        return ngettext("%(n)s분 전", "%(n)s분 전", n) % {"n": n}
    if seconds < DAY:
        n = int(seconds // HOUR)
        return ngettext("%(n)s시간 전", "%(n)s시간 전", n) % {"n": n}
    n = int(seconds // DAY)
    return ngettext("%(n)s일 전", "%(n)s일 전", n) % {"n": n}


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """Say how long ago something was, with the exact time for those who want it; the date after a week."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    seconds = (timezone.now() - moment).total_seconds()
    text = since(seconds) if seconds < WEEK else date_format(local, "DATE_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), f"{local:%Y-%m-%d %H:%M}", text)


@register.simple_tag
def words(code: str, params: Mapping[str, object] | None = None) -> str:
    """Say a code of the message table: {% words reason.code reason.params %}."""
    return message(code, **(params or {}))


@register.inclusion_tag("charts/_band.html")
def band(
    value: float,
    label: str,
    *,
    low: float | None = None,
    high: float | None = None,
    marks: Sequence[tuple[str, float]] = (),
    start: float | None = None,
    end: float | None = None,
    me: str = "",
) -> dict[str, object]:
    """Draw one's own value with its uncertainty among named others, and the same as a table."""
    chart = charts.band(value=value, low=low, high=high, marks=marks, start=start, end=end)
    return {"chart": chart, "label": label, "value": value, "low": low, "high": high, "me": me}


@register.inclusion_tag("charts/_meter.html")
def meter(
    label: str, value: float, *, error: float | None = None, start: float = 0, end: float = 100
) -> dict[str, object]:
    """Draw how far something is, with its uncertainty; the numbers stand beside the words."""
    spread = error or 0
    chart = charts.band(value=value, low=value - spread, high=value + spread, start=start, end=end)
    return {"chart": chart, "label": label, "value": value, "error": error}


@register.inclusion_tag("charts/_sparkline.html")
def sparkline(values: Sequence[float], label: str, names: Sequence[str] = ()) -> dict[str, object]:
    """Draw values in order as a small line, and the same as a table."""
    rows = list(zip(names or [str(i + 1) for i in range(len(values))], values, strict=True))
    return {"chart": charts.trend(values), "label": label, "rows": rows}


@register.simple_tag
def pages_of(page: Page[object]) -> list[int | str]:
    """Return the page numbers worth showing; an ellipsis stands for those between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def query(context: template.RequestContext, **changes: object) -> str:
    """Return this page's query string with some values changed; None takes a value away."""
    parts: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parts.pop(name, None)
        else:
            parts[name] = str(value)
    return f"?{parts.urlencode()}"


@register.simple_tag(takes_context=True)
def page_query(context: template.RequestContext, number: int, key: str = "") -> str:
    """Return this page's query string turned to a page of a list; `key` is the list's name there."""
    return query(context, **{key or "page": number})

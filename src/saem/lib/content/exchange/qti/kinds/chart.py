"""`chart`: QTI draws no charts, so the table that the chart shows stands in its place. It is written only."""

from dataclasses import replace

from saem.lib.content.exchange.markup import tag, words
from saem.lib.content.exchange.qti.kinds import choice, number
from saem.lib.content.exchange.qti.sheets import Asked, Sheet
from saem.lib.content.items.filling import write as written
from saem.lib.content.items.kinds.chart import ChartFile, drawn


def write(sheet: Sheet) -> Asked:
    asked = sheet.posed.item.asked
    assert isinstance(asked, ChartFile)
    if asked.choice is not None:
        inner = choice.write_part(asked.choice, sheet)
    else:
        assert asked.number is not None
        inner = number.write_part(asked.number, sheet)
    return replace(inner, above=_table(sheet))


def _table(sheet: Sheet) -> str:
    """What a learner who cannot see the chart hears, and its numbers: a row for each place along x."""
    chart, language = drawn(sheet.posed), sheet.language
    titles = [chart.x_title, *(each.title for each in chart.series)]
    head = tag("tr", *(tag("th", words(each.in_(language)), scope="col") for each in titles))
    rows = (
        tag(
            "tr",
            tag("th", words(label.in_(language)), scope="row"),
            *(tag("td", words(written(each.values[at], language))) for each in chart.series),
        )
        for at, label in enumerate(chart.labels)
    )
    caption = tag("caption", words(f"{chart.alt.in_(language)} ({chart.y_title.in_(language)})"))
    return tag("table", caption, tag("thead", head), tag("tbody", *rows))

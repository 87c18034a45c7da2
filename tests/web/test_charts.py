"""Charts stay inside their width, whatever the numbers; words never lie on one another."""

from hypothesis import given
from hypothesis import strategies as st

from saem.web.charts import band, extent, trend

NUMBERS = st.floats(-1e9, 1e9)


@given(NUMBERS, NUMBERS, NUMBERS, st.lists(st.tuples(st.text(max_size=8), NUMBERS), max_size=6))
def test_everything_is_inside(value: float, low: float, high: float, marks: list[tuple[str, float]]) -> None:
    low, high = min(low, high), max(low, high)
    chart = band(value=value, low=low, high=high, marks=marks)
    assert chart.left >= 0
    assert chart.width >= 0
    assert chart.left + chart.width <= 100.01
    assert all(0 <= mark.x <= 100 for mark in chart.marks)
    assert all(mark.y < chart.height for mark in chart.marks)


@given(st.lists(st.tuples(st.text(max_size=8), NUMBERS), min_size=2, max_size=6))
def test_words_on_one_line_keep_their_distance(marks: list[tuple[str, float]]) -> None:
    placed = band(value=0.0, marks=marks).marks
    for one in placed:
        for other in placed:
            if one is not other and one.y == other.y:
                (start, end, _side), (begin, stop, _other) = (
                    extent(f"{mark.label} {mark.value:g}", mark.x) for mark in (one, other)
                )
                assert end < begin or stop < start


def test_a_long_word_does_not_run_into_a_short_one() -> None:
    """As on a phone with the baselines of the rain project."""
    marks = [("늘 맑음", 0.5), ("오늘의 네 수로 배운 로지스틱 회귀", 0.673), ("내일은 오늘처럼", 0.717)]
    first, long, last = band(value=0.717, low=0.636, high=0.797, marks=marks).marks
    assert first.y == last.y < long.y
    assert (first.anchor, long.anchor) == ("start", "middle")


def test_a_word_wider_than_a_phone_is_cut_and_kept_whole_for_the_table() -> None:
    """As in English with the baselines of the rain project."""
    name = "Logistic regression on today's four numbers"
    (long,) = band(value=0.6, low=0.5, high=0.7, marks=[(name, 0.673)]).marks
    assert long.label == name
    assert long.shown.startswith("Logistic regression")
    assert long.shown.endswith("…")
    start, end, _side = extent(f"{long.shown} 0.673", long.x)
    assert start >= 0
    assert end <= 100


def test_the_order_of_values_is_the_order_on_the_axis() -> None:
    chart = band(value=231.4, low=219, high=244, marks=[("기준", 349.3), ("선두", 196.2)])
    leader, baseline = chart.marks
    assert (leader.label, baseline.label) == ("선두", "기준")
    assert leader.x < chart.left < chart.x < chart.left + chart.width < baseline.x


def test_a_fixed_axis_cuts_what_lies_beyond_it() -> None:
    chart = band(value=98, low=90, high=106, start=0, end=100)
    assert chart.left + chart.width == 96.0


def test_higher_values_stand_higher() -> None:
    line = trend([1.0, 3.0, 2.0])
    assert line is not None
    heights = [float(point.split(",")[1]) for point in line.points.split()]
    assert heights[1] < heights[2] < heights[0]
    assert trend([1.0]) is None

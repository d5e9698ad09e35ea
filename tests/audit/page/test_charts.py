"""Charts: what is drawn, how large, and that it is only ever text and shapes."""

from __future__ import annotations

import re

import pytest

from audit.page.charts import Chart, Layer, bars, columns


def _chart(numbers: list[int | None], *labels: str) -> Chart:
    names = labels or [f"l{n}" for n in range(len(numbers))]
    return Chart("c", "Title", "in words", names, [Layer(numbers, "var(--high)")])


def _bars(svg: str, attribute: str = "width") -> list[float]:
    wide = svg.partition('class="narrow')[0]
    shapes = re.findall(r"<rect ([^>]*) fill=\"var", wide)
    return [float(re.search(f' {attribute}="([0-9.]+)"', f" {one}")[1]) for one in shapes]  # type: ignore[index]


def _ticks(svg: str) -> list[str]:
    wide = svg.partition('class="narrow')[0]
    axis = wide.partition('"axis bottom"')[2].partition('"axis left"')[0]
    return re.findall(">([−0-9,]+)<", axis)


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ([0, 0], ["1", "0"]),
        ([1, 0], ["1", "0"]),
        ([3, 7], ["2", "4", "6", "8", "0"]),
        ([1_234_567], ["500,000", "1,000,000", "1,500,000", "0"]),
        ([-3, 5], ["−4", "−2", "2", "4", "6", "0"]),
        ([-20, 0], ["−20", "−15", "−10", "−5", "0"]),
    ],
)
def test_an_axis_has_few_and_whole_numbers(numbers: list[int | None], ticks: list[str]) -> None:
    assert _ticks(bars(_chart(numbers))) == ticks


def test_none_is_not_drawn_nothing_has_no_length_and_few_are_never_nothing() -> None:
    first, second, third = reversed(_bars(bars(_chart([1, 0, 1_000_000, None]))))

    assert (first, second) == (2, 0)
    assert third > 400


def test_columns_rise_from_the_line() -> None:
    low, high = _bars(columns(_chart([1, 4])), "height")

    assert high == pytest.approx(4 * low, abs=0.2)


def test_labels_that_are_cut_alike_stay_apart() -> None:
    labels = [f"{'a' * 30}.{n}.example" for n in range(3)]

    narrow = bars(_chart([1, 2, 3], *labels)).partition('class="narrow')[2]

    assert len(re.findall(r"<rect [^>]* fill=\"var", narrow)) == 3
    assert narrow.count("aaaaaaaaaaaaaaaaaaa…") == 3


def test_a_label_is_text() -> None:
    svg = bars(_chart([1], '<script>"x"</script>'))

    assert "<script" not in svg
    assert "&lt;script&gt;" in svg

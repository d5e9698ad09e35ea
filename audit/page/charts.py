"""Charts as SVG that stands in a page: bars and columns, drawn by leather.

Colours are names of the page's style (`var(--high)`), so that a chart is light, dark or printed as
the page is. Each is drawn twice, for wide pages and for narrow ones; the style shows one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import leather
from leather import theme
from leather.axis import Axis
from leather.scales import Linear
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

theme.background_color = "none"
theme.margin = 0.0
theme.tick_color = "var(--line)"
theme.zero_color = "var(--soft)"
theme.label_color = "var(--soft)"
theme.legend_font_char_height = theme.legend_gap = 0  # the page has keys of its own
theme.tick_font_size = 13
theme.tick_font_char_height = 14

_WIDE, _NARROW = 880, 360
_CHARACTER = 8.4
"""How wide a character is, in the units of the chart; one of Japanese takes two."""
_BAR, _COLUMNS = 27, 200
_LONGEST = 20
"""As many characters of a label are shown beside a narrow chart."""
_STEPS = (1, 2, 5)
_TICKS = {_WIDE: 12, _NARROW: 5}
_AT_MOST = 5
_EDGE = 10
_FILLED = Decimal("0.68")
_HAIR = Decimal(2)


@dataclass(frozen=True, slots=True)
class Layer:
    """One number for each label, in one colour or in one for each; None is not drawn."""

    numbers: Sequence[int | None]
    colour: str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, and what it is called for those who do not see it."""

    id: str
    title: str
    told: str
    """What it shows, in words."""
    labels: Sequence[str]
    layers: Sequence[Layer]
    """What stands behind comes first: of stacked numbers, their sum."""


def bars(chart: Chart) -> Markup:
    """Return lying bars, one for each label, from the top."""
    return _twice(chart, _bars, "lying")


def columns(chart: Chart) -> Markup:
    """Return standing columns, from left to right."""
    return _twice(chart, _columns, "standing")


class _Bars(leather.Bars):  # type: ignore[misc]
    def legend_to_svg(self, _series: Any, _palette: Any) -> tuple[()]:
        return ()


class _Columns(leather.Columns):  # type: ignore[misc]
    def legend_to_svg(self, _series: Any, _palette: Any) -> tuple[()]:
        return ()


class _Exact(Linear):  # type: ignore[misc]
    """A scale that ends at its last tick: whole numbers, at most six of them."""

    def __init__(self, low: int, high: int) -> None:
        self._all = _whole_ticks(low, high)
        self._data_min, self._data_max = Decimal(self._all[0]), Decimal(self._all[-1])

    def project(self, value: float, range_min: float, range_max: float) -> Decimal:
        low, high = Decimal(range_min), Decimal(range_max)
        part = (Decimal(value) - self._data_min) / (self._data_max - self._data_min)
        return (high - low) * part + low

    def ticks(self) -> list[int]:
        return self._all

    def format_tick(self, value: int, _i: int, _count: int) -> str:
        return f"{value:,}".replace("-", "−")


class _Labels(Axis):  # type: ignore[misc]
    """An axis that leaves Japanese labels the room they take."""

    def _estimate_left_tick_width(self, scale: Any) -> float:
        shown = self._ticks or [scale.format_tick(one, 0, 0) for one in scale.ticks()]
        return max((_width(str(one)) for one in shown), default=0)


def _whole_ticks(low: int, high: int) -> list[int]:
    """Return whole numbers around nothing, *low* and *high*, about five, by ones, twos or fives."""
    low, high = min(low, 0), max(high, 0)
    steps = (step * 10**power for power in range(20) for step in _STEPS)
    step = next(step for step in steps if high - low <= _AT_MOST * step)
    first, last = low // step, -(-high // step)
    return [step * one for one in range(first, max(last, first + 1) + 1)]


def _bars(chart: Chart, labels: Sequence[str], width: int) -> ET.Element:
    drawn = leather.Chart()
    names = _apart(labels)
    for layer in _drawn(chart):
        rows = list(zip(layer.numbers, names, strict=True))
        shape = _Bars(_colouring(layer, names, of="y"))
        drawn.add_series(leather.Series(rows[::-1]), shape)
    drawn.set_x_scale(_scale(chart))
    drawn.set_y_axis(_Labels(ticks=names))
    return _svg(drawn, width, _BAR * len(names) + 30, "left")


def _columns(chart: Chart, labels: Sequence[str], width: int) -> ET.Element:
    drawn = leather.Chart()
    names = _apart(labels)
    for layer in _drawn(chart):
        rows = list(zip(names, layer.numbers, strict=True))
        shape = _Columns(_colouring(layer, names, of="x"))
        drawn.add_series(leather.Series(rows), shape)
    drawn.set_y_scale(_scale(chart))
    drawn.set_y_axis(_Labels())
    every = -(-len(names) // _TICKS[width])
    drawn.add_x_axis(ticks=names[::every])
    return _svg(drawn, width, _COLUMNS, "bottom")


def _drawn(chart: Chart) -> Iterator[Layer]:
    yield from (one for one in chart.layers if any(number is not None for number in one.numbers))


def _scale(chart: Chart) -> _Exact:
    numbers = [number or 0 for layer in chart.layers for number in layer.numbers]
    return _Exact(min(numbers), max(numbers))


def _apart(labels: Iterable[str]) -> list[str]:
    """Return labels no two of which are the same: an axis has each once."""
    found: list[str] = []
    for label in labels:
        found.append(label + "\u200a" * found.count(label) if label in found else label)
        while found.count(found[-1]) > 1:
            found[-1] += "\u200a"
    return found


def _colouring(layer: Layer, names: Sequence[str], *, of: str) -> str | Callable[[Any], str]:
    if isinstance(layer.colour, str):
        return layer.colour
    colours = dict(zip(names, layer.colour, strict=True))
    return lambda datum: colours[getattr(datum, of)]


def _svg(drawn: leather.Chart, width: int, height: int, names: str) -> ET.Element:
    """Return the chart; *names* is the axis of the labels, which need no lines."""
    root = ET.Element("svg", {"viewBox": f"0 {-_EDGE} {width} {height + _EDGE + _EDGE // 2}"})
    root.append(drawn.to_svg_group(width - 3 * _EDGE, height))
    for one in root.iter("g"):
        if one.get("class") == f"axis {names}":
            for tick in one:
                tick[:] = [part for part in tick if part.tag != "line"]
        if one.get("class", "").startswith("series"):
            for bar in one:
                _shape(bar, along="width" if names == "left" else "height")
    for one in root.iter():
        for name in ("font-family", "font-size"):
            one.attrib.pop(name, None)  # the page's style has them
        for name in {"x", "y", "x1", "x2", "y1", "y2", "width", "height"} & one.attrib.keys():
            one.set(name, f"{Decimal(one.attrib[name]):.1f}")
    return root


def _shape(bar: ET.Element, *, along: str) -> None:
    """Leave room between bars, and give few among many a hair's breadth: they are not none."""
    across, start = ("height", "y") if along == "width" else ("width", "x")
    thick = Decimal(bar.get(across, "0"))
    bar.set(start, str(Decimal(bar.get(start, "0")) + thick * (1 - _FILLED) / 2))
    bar.set(across, str(thick * _FILLED))
    size = Decimal(bar.get(along, "0"))
    if 0 < size < _HAIR:
        bar.set(along, str(_HAIR))
        if along == "height":
            bar.set("y", str(Decimal(bar.get("y", "0")) - _HAIR + size))


def _twice(
    chart: Chart, draw: Callable[[Chart, Sequence[str], int], ET.Element], kind: str
) -> Markup:
    wide = draw(chart, chart.labels, _WIDE)
    narrow = draw(chart, [_cut(label) for label in chart.labels], _NARROW)
    return Markup("").join(
        _named(svg, chart, size, kind)
        for svg, size in ((wide, "wide-chart"), (narrow, "narrow-chart"))
    )


def _named(svg: ET.Element, chart: Chart, size: str, kind: str) -> Markup:
    names = {part: f"{chart.id}-{size}-{part}" for part in ("title", "told")}
    svg.attrib |= {"class": f"{size} {kind}", "role": "img", "aria-labelledby": names["title"],
                   "aria-describedby": names["told"]}  # fmt: skip
    for place, (tag, part, text) in enumerate(
        (("title", "title", chart.title), ("desc", "told", chart.told))
    ):
        element = ET.Element(tag, {"id": names[part]})
        element.text = text
        svg.insert(place, element)
    # ElementTree escapes every label; nothing else in it comes from outside.
    return Markup(ET.tostring(svg, encoding="unicode"))  # noqa: S704


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _width(label: str) -> float:
    return sum(_CHARACTER * (2 if east_asian_width(one) in "WF" else 1) for one in label)

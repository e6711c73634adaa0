"""Charts as OpenDocument has them: a small document each, that points at the cells it draws.

They are taken from the charts that the library holds for Excel's form, so that both forms show the
same: kind, titles, axes, series with their colours, dashes and patterns, and the legend. Only that
a series is left out of the legend OpenDocument cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from planner.files.ods_formats import colour_of, number_style
from planner.files.ods_parts import NAMESPACES
from planner.files.ods_rules import place_of

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

CHART = "application/vnd.oasis.opendocument.chart"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CM_OF_PIXEL = 2.54 / 96
_CM_OF_POINT = 2.54 / 72
# The library counts hundredths of a point, and sixty-thousandths of a degree clockwise.
_SIZE, _DEGREE = 100, -60_000
_TEXT, _TITLE = 10.0, 14.0
_KINDS = {
    "ChartLine": "chart:line",
    "ChartColumn": "chart:bar",
    "ChartBar": "chart:bar",
    "ChartScatter": "chart:scatter",
}
_LINE = 2.25
# The library counts columns in digits of 7 pixels; those of our letters are as wide as this.
WIDER = 0.5561 * 10 / 72 * 96 / 7
ROW = 20  # pixels of a row in Excel
_DASH, _HATCH = "dashed", "hatched"
_GREY = "#d9d9d9"


@dataclass(frozen=True)
class PlacedChart:
    """A chart of a workbook: its folder in the file, and the chart."""

    folder: str
    chart: Chart

    def parts(self) -> Iterator[tuple[str, str, str]]:
        """Yield each part of it: its name, what kind it is, and what it holds."""
        yield f"{self.folder}/", CHART, ""
        yield f"{self.folder}/content.xml", "text/xml", _Content(self.chart).xml()
        yield f"{self.folder}/styles.xml", "text/xml", _styles(self.chart)


class Charts:
    """The charts of all sheets of a workbook, each in a folder of its own."""

    def __init__(self) -> None:
        """Begin without any."""
        self.placed: list[PlacedChart] = []

    def of(self, page: Worksheet) -> dict[tuple[int, int], str]:
        """Return what stands in the cells of a sheet that charts begin in, as XML."""
        found: dict[tuple[int, int], str] = {}
        for row, column, chart, x, y, x_scale, y_scale, _, words, _ in page.charts:
            placed = PlacedChart(f"Object {len(self.placed) + 1}", chart)
            self.placed.append(placed)
            width, height = chart.width * x_scale * WIDER, chart.height * y_scale
            title = chart.title.name or ""
            found[row, column] = found.get((row, column), "") + (
                f'<draw:frame draw:z-index="{len(self.placed)}" '
                f'svg:x="{_cm(x * WIDER)}" svg:y="{_cm(y)}" '
                f'svg:width="{_cm(width)}" svg:height="{_cm(height)}">'
                f"<draw:object draw:notify-on-update-of-ranges={quoteattr(' '.join(_read(chart)))} "
                f'xlink:href="./{placed.folder}" xlink:type="simple" xlink:show="embed" '
                f'xlink:actuate="onLoad"/><svg:title>{escape(title)}</svg:title>'
                f"<svg:desc>{escape(str(words or title))}</svg:desc></draw:frame>"
            )
        return found


def rows_under(page: Worksheet) -> frozenset[int]:
    """Return the rows of a sheet, from 0, that charts stand over.

    They need a height: a row without one is as high as its text in one program, higher in others.
    """
    found: set[int] = set()
    for row, _, chart, _, y, _, y_scale, *_ in page.charts:
        left = chart.height * y_scale + y
        at = row
        while left > 0:
            found.add(at)
            left -= height_of(page, at)
            at += 1
    return frozenset(found)


def height_of(page: Worksheet, row: int) -> float:
    """Return how high a row is in pixels, in Excel where nobody said so."""
    info = page.row_info.get(row)
    return float(ROW if info is None or info.height is None else info.height)


class _Content:
    """The part of a chart that says what it draws; styles are made as they are asked for."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._kind = _KINDS[type(chart).__name__]
        self._styles: list[str] = []

    def xml(self) -> str:
        chart = self._chart
        body = self._title(chart.title, _TITLE) + self._legend() + self._plot()
        look = self._style(
            graphic=f'draw:stroke="solid" svg:stroke-color="{_GREY}" draw:fill="solid" '
            'draw:fill-color="#ffffff"'
        )
        size = f'svg:width="{_cm(chart.width)}" svg:height="{_cm(chart.height)}"'
        return (
            f"{_DECLARED}<office:document-content {NAMESPACES}>"
            f"<office:automatic-styles>{''.join(self._styles)}</office:automatic-styles>"
            f'<office:body><office:chart><chart:chart {size} chart:class="{self._kind}"{look} '
            f'xlink:href=".." xlink:type="simple">{body}</chart:chart>'
            "</office:chart></office:body></office:document-content>"
        )

    def _style(self, chart: str = "", graphic: str = "", text: str = "", numbers: str = "") -> str:
        """Make a style and return the attribute that names it."""
        name = f"s{len(self._styles)}"
        said = ""
        if numbers:
            made = number_style(f"n{len(self._styles)}", numbers)
            if made:
                self._styles.append(made)
                said = f' style:data-style-name="n{len(self._styles) - 1}"'
        inside = "".join(
            f"<style:{sort}-properties {body}/>"
            for sort, body in (("chart", chart), ("graphic", graphic), ("text", text))
            if body
        )
        self._styles.append(
            f'<style:style style:name="{name}" style:family="chart"{said}>{inside}</style:style>'
        )
        return f' chart:style-name="{name}"'

    def _title(self, title: Any, size: float, turned: int = 0) -> str:  # noqa: ANN401 - the library's own
        if not title.name:
            return ""
        turn = f'style:rotation-angle="{turned}"' if turned else ""
        look = self._style(chart=turn, text=_letters(title.font, size, bold=True))
        return f"<chart:title{look}><text:p>{escape(title.name)}</text:p></chart:title>"

    def _legend(self) -> str:
        legend = self._chart.legend
        side = {"bottom": "bottom", "top": "top", "left": "start", "none": ""}.get(
            legend.get("position", "right"), "end"
        )
        if not side:
            return ""
        plain = 'draw:stroke="none" draw:fill="none"'
        look = self._style(graphic=plain, text=_letters(legend.get("font"), _TEXT))
        return f'<chart:legend chart:legend-position="{side}"{look}/>'

    def _plot(self) -> str:
        chart = self._chart
        said = 'chart:treat-empty-cells="leave-gap" chart:include-hidden-cells="true"'
        if chart.subtype == "stacked":
            said += ' chart:stacked="true"'
        if type(chart).__name__ == "ChartBar":
            said += ' chart:vertical="true"'
        look = self._style(chart=said)
        axes = self._axis("x", chart.x_axis) + self._axis("y", chart.y_axis)
        series = "".join(map(self._series, chart.series))
        wall = self._style(graphic='draw:stroke="none" draw:fill="none"')
        return (
            f'<chart:plot-area chart:data-source-has-labels="both"{look}>'
            f"{axes}{series}<chart:wall{wall}/></chart:plot-area>"
        )

    def _axis(self, dimension: str, axis: Mapping[str, Any]) -> str:
        said = (
            'chart:display-label="true" chart:axis-position="0" chart:visible="true" '
            'chart:tick-mark-position="at-axis" chart:link-data-style-to-source="false"'
        )
        for key in ("min", "max"):
            if axis.get(key) is not None:
                said += f' chart:{key}imum="{axis[key]}"'
        if dimension == "y" and self._chart.series_gap_1 is not None:
            said += f' chart:gap-width="{self._chart.series_gap_1}"'
        if dimension == "y" and self._chart.subtype == "stacked":
            said += ' chart:overlap="100"'
        font = axis.get("num_font") or {}
        if font.get("rotation"):
            turned = font["rotation"] // _DEGREE % 360
            said += f' style:rotation-angle="{turned}"'
            said += "" if turned else ' text:line-break="true"'
        look = self._style(
            said,
            'draw:stroke="solid" svg:stroke-color="#878787"',
            _letters(font, _TEXT),
            str(axis.get("num_format") or ""),
        )
        inside = self._title(axis["title"], _TEXT, 90 if dimension == "y" else 0)
        first = self._chart.series[0].get("categories") if dimension == "x" else None
        if first and self._kind != "chart:scatter":
            inside += f"<chart:categories table:cell-range-address={_area(first)}/>"
        lines = axis.get("major_gridlines") or axis["defaults"].get("major_gridlines") or {}
        if lines.get("visible"):
            drawn = _stroke(lines.get("line") or {}, _GREY, 0.5)
            inside += f'<chart:grid chart:class="major"{self._style(graphic=drawn)}/>'
        return (
            f'<chart:axis chart:dimension="{dimension}" chart:name="primary-{dimension}"{look}>'
            f"{inside}</chart:axis>"
        )

    def _series(self, series: Mapping[str, Any]) -> str:
        marker = series.get("marker") or {}
        said = 'chart:symbol-type="none"'
        if marker.get("type") not in {None, "none"}:
            size = f"{marker.get('size', 5) * _CM_OF_POINT:.3f}cm"
            said = 'chart:symbol-type="named-symbol" chart:symbol-name="circle" '
            said += f'chart:symbol-width="{size}" chart:symbol-height="{size}"'
        look = self._style(said, self._drawn(series), 'fo:font-size="10pt"')
        label = series.get("name_formula")
        named_by = f" chart:label-cell-address={_area(label)}" if label else ""
        domain = ""
        if self._kind == "chart:scatter" and series.get("categories"):
            domain = f"<chart:domain table:cell-range-address={_area(series['categories'])}/>"
        return (
            f'<chart:series chart:class="{self._kind}" '
            f"chart:values-cell-range-address={_area(series['values'])}{named_by}{look}>"
            f"{domain}</chart:series>"
        )

    def _drawn(self, series: Mapping[str, Any]) -> str:
        """Return how a series is drawn: lines by their stroke, columns by what fills them."""
        line, fill, pattern = series["line"], series["fill"] or {}, series["pattern"]
        if self._kind != "chart:bar":
            return _stroke(line, "#1f4e79", _LINE)
        if pattern:
            colour = colour_of(pattern["fg_color"])
            return (
                f'draw:stroke="solid" svg:stroke-color="{colour}" draw:fill="hatch" '
                f'draw:fill-hatch-name="{_HATCH}" draw:fill-hatch-solid="true" '
                f'draw:fill-color="{colour_of(pattern["bg_color"])}"'
            )
        if fill.get("none"):
            return 'draw:stroke="none" draw:fill="none"'
        return f'draw:stroke="none" draw:fill="solid" draw:fill-color="{colour_of(fill["color"])}"'


def _styles(chart: Chart) -> str:
    """Return the part with the dash and the pattern that the series of a chart name."""
    patterns = [each["pattern"] for each in chart.series if each["pattern"]]
    hatch = "".join(
        f'<draw:hatch draw:name="{_HATCH}" draw:style="single" draw:distance="0.11cm" '
        f'draw:rotation="450" draw:color="{colour_of(each["fg_color"])}"/>'
        for each in patterns[:1]
    )
    return (
        f"{_DECLARED}<office:document-styles {NAMESPACES}><office:styles>{hatch}"
        f'<draw:stroke-dash draw:name="{_DASH}" draw:style="rect" draw:dots1="1" '
        'draw:dots1-length="0.28cm" draw:distance="0.14cm"/>'
        "</office:styles></office:document-styles>"
    )


def _read(chart: Chart) -> Iterator[str]:
    """Yield the places that a chart draws, each once."""
    found = (
        each[key]
        for each in chart.series
        for key in ("categories", "name_formula", "values")
        if each.get(key)
    )
    yield from dict.fromkeys(place_of(each) for each in found)


def _area(formula: str) -> str:
    """Return a place that a chart draws, as an attribute has it."""
    return quoteattr(place_of(formula.lstrip("=")))


def _stroke(line: Mapping[str, Any], colour: str, width: float) -> str:
    if line.get("none"):
        return 'draw:stroke="none"'
    shown = colour_of(line["color"]) if line.get("color") else colour
    size = (line.get("width") or width) * _CM_OF_POINT
    dash = line.get("dash_type") not in {None, "solid"}
    kind = f'draw:stroke="dash" draw:stroke-dash="{_DASH}"' if dash else 'draw:stroke="solid"'
    return f'{kind} svg:stroke-color="{shown}" svg:stroke-width="{size:.3f}cm"'


def _letters(font: Mapping[str, Any] | None, size: float, *, bold: bool = False) -> str:
    told = font or {}
    points = (told.get("size") or size * _SIZE) / _SIZE
    heavy = bold if told.get("bold") is None else told["bold"]
    weight = "bold" if heavy else "normal"
    return f'fo:font-family="Arial" fo:font-size="{points:g}pt" fo:font-weight="{weight}"'


def _cm(pixels: float) -> str:
    return f"{pixels * _CM_OF_PIXEL:.3f}cm"

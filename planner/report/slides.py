"""A plan on five slides (.pptx) for a meeting: answer, decisions, places, DOL, what falls short.

Tables and charts are those of the presentation program, with their figures in them, so that
whoever presents them can write on. Sizes are in points, 72 to an inch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Slides
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame
from pptx.util import Pt

from planner.core.texts import Language, say, show_month, show_number
from planner.files.overview_results import shortfalls_by_source
from planner.files.whole_file import whole_file
from planner.planning import program_version
from planner.report.one_page import about_plan, decision_rows, decision_titles, decisions_of
from planner.report.paper import PrintedColumn
from planner.result import PlanOfBook
from planner.result.main_figures import MainFigures, headline
from planner.result.tiles import TileFigures, TileStanding, tiles
from planner.sheets.answer import breaking_point, in_short
from planner.sheets.units import unit_title

_WIDTH, _HEIGHT = 960.0, 540.0
_LEFT, _INNER = 48.0, 864.0
_TITLE_ONLY = 5  # the layout of the library's own presentation with a title and nothing else
_INK, _MUTED, _RULE = "1A1A1A", "555555", "C9D1DA"
_BLUE, _ORANGE, _PURPLE, _SHADE = "1F4E79", "C05A00", "6A3D9A", "E8EDF3"
_STANDINGS = {
    TileStanding.GOOD: "1B6B3A",
    TileStanding.REMARK: "8A5A00",
    TileStanding.ERROR: "B00020",
}
_LANGUAGES = {Language.NL: MSO_LANGUAGE_ID.DUTCH, Language.EN: MSO_LANGUAGE_ID.ENGLISH_UK}
_MOST_DECISIONS, _MOST_SHORT, _MOST_NOTES = 9, 8, 3
_SMALLEST = 12.0  # what is smaller cannot be read in a room
_MONTHS_NAMED = 8

Line = tuple[str, Sequence[float], str, bool]  # its name, values, colour, and whether it is dashed


def write_slides(plan: PlanOfBook, path: Path, language: Language) -> int:
    """Write the slides of a plan and return how many there are.

    `UnusableInputError` where the plan's book cannot be planned any more; `TargetInUseError`
    where the file cannot be put in its place.
    """
    plan = plan.shown()
    deck = _Deck(plan, language)
    for slide in (deck.answer, deck.decisions, deck.places, deck.dol, deck.short):
        slide()
    with whole_file(path) as draft, draft.open("wb") as file:
        deck.slides.save(file)
    return len(deck.slides.slides)


class _Deck:
    """Makes the slides one after another."""

    def __init__(self, plan: PlanOfBook, language: Language) -> None:
        self.slides: Slides = Presentation()
        self.slides.slide_width, self.slides.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
        self._plan, self._language = plan, language
        self._figures = MainFigures.of(plan.tables)
        self._said = in_short(plan.worded)
        about = self.slides.core_properties
        about.title = say("report.title", language)
        about.subject = about_plan(plan, language)
        about.author = about.last_modified_by = f"Opvangplan {program_version()}"
        about.language = language.value
        about.created = about.modified = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)

    def _say(self, key: str, /, **fields: object) -> str:
        return say(key, self._language, **fields)

    def _number(self, value: float, digits: int = 0) -> str:
        return show_number(value, self._language, digits)

    def _month(self, month: dt.date) -> str:
        return show_month(month, self._language)

    def answer(self) -> None:
        """Say in one sentence how it stands, and show the four figures."""
        slide = self._slide(self._say("slides.answer"))
        words = headline(self._figures, self._plan.tables).text(self._language)
        self._text(slide, (_LEFT, 92.0, _INNER, 88.0), [words], size=22.0, bold=True)
        found = tiles(self._figures)
        gap = 16.0
        width = (_INNER - gap * 3) / 4
        for at, tile in enumerate(found):
            self._tile(slide, (_LEFT + at * (width + gap), 192.0, width, 200.0), tile)
        borne = breaking_point(self._plan.tables.get("explanation"))
        rest = [each.text(self._language) for each in (*self._said[1:3], *borne)]
        self._text(slide, (_LEFT, 400.0, _INNER, 92.0), rest)

    def decisions(self) -> None:
        """Show the decisions about most places, and how many more there are."""
        slide = self._slide(self._say("overview.to_decide"))
        found = decisions_of(self._plan)
        if not found:
            self._text(
                slide, (_LEFT, 100.0, _INNER, 40.0), [self._say("overview.nothing_to_decide")]
            )
            return
        shown, more = decision_rows(found, _MOST_DECISIONS, self._language)
        self._table(slide, 96.0, decision_titles(self._language), shown)
        words = [self._say("overview.more_decisions", count=more)] if more else []
        words.append(self._say("overview.decided.all_cost"))
        self._text(slide, (_LEFT, 452.0, _INNER, 36.0), [" ".join(words)], colour=_MUTED)

    def places(self) -> None:
        """Show the beds against those needed, and who is in emergency reception."""
        found = self._figures
        slide = self._slide(self._say("slides.places"))
        lines = (
            (self._say("window.tile.beds"), found.beds, _BLUE, False),
            (self._say("report.runoff.needed"), found.beds_needed, _INK, True),
            (self._say("window.tile.emergency"), found.emergency, _ORANGE, False),
        )
        self._chart(slide, lines)
        self._told(slide, "emergency", "beds")

    def dol(self) -> None:
        """Show the places for DOL against those needed."""
        found = self._figures
        slide = self._slide(self._say("slides.dol"))
        lines = (
            (self._say("window.tile.dol"), found.dol_places, _PURPLE, False),
            (self._say("slides.dol.needed"), found.dol_needed, _INK, True),
        )
        self._chart(slide, lines)
        self._told(slide, "dol")

    def short(self) -> None:
        """Show what falls short by standing in its worst month, and what is assumed."""
        slide = self._slide(self._say("report.short"))
        short = shortfalls_by_source(
            self._plan.worded["shortfalls"], self._language, self._plan.months[-1]
        )
        rows = []
        for _, title, source, over in short[:_MOST_SHORT]:
            month, most = over.worst
            unit = unit_title(over.unit, self._language)
            rows.append((title, f"{self._number(most)} {unit}", self._month(month), source))
        if rows:
            columns = (
                PrintedColumn(self._say("slides.rule"), 4.0),
                PrintedColumn(self._say("window.column.worst_of"), 2.4, right=True),
                PrintedColumn(self._say("slides.month"), 1.4),
                PrintedColumn(self._say("slides.source"), 4.2),
            )
            self._table(slide, 96.0, columns, rows)
        else:
            words = [self._say("overview.no_shortfalls")]
            self._text(slide, (_LEFT, 100.0, _INNER, 40.0), words)
        words = [self._say("overview.more", count=len(short) - _MOST_SHORT)]
        notes = [each.text(self._language) for each in self._plan.plan.notes]
        told = (words if len(short) > _MOST_SHORT else []) + [self._said[-1].text(self._language)]
        self._text(slide, (_LEFT, 430.0, _INNER, 60.0), told, colour=_MUTED)
        heading = self._say("overview.assumptions")
        frame = slide.notes_slide.notes_text_frame
        if notes and frame is not None:
            frame.text = "\n".join([heading, *notes])

    def _slide(self, title: str) -> Slide:
        slide: Slide = self.slides.slides.add_slide(self.slides.slide_layouts[_TITLE_ONLY])
        place = slide.shapes.title
        if place is None:
            raise LookupError("the layout has a title")
        place.left, place.top, place.width, place.height = map(Pt, (_LEFT, 28.0, _INNER, 52.0))
        self._write(place.text_frame, [title], size=30.0, bold=True, colour=_BLUE)
        place.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        line = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, (_LEFT, 82.0, _INNER, 1.5)))
        _filled(line, _BLUE)
        foot = f"{about_plan(self._plan, self._language)}   ·   {len(self.slides.slides)}"
        self._text(slide, (_LEFT, 500.0, _INNER, 24.0), [foot], colour=_MUTED, size=_SMALLEST)
        return slide

    def _tile(self, slide: Slide, at: tuple[float, float, float, float], tile: TileFigures) -> None:
        left, top, width, height = at
        card = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, at))
        card.fill.solid()
        card.fill.fore_color.rgb = RGBColor.from_string("FFFFFF")
        card.line.color.rgb = RGBColor.from_string(_RULE)
        card.shadow.inherit = False
        colour = _STANDINGS[tile.standing]
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, (left, top, width, 5.0)))
        _filled(bar, colour)
        first, worst, last = tile.ends
        needed = [self._number(each) for each in tile.target]
        need = [self._say("window.tile.needed", needed=needed[worst])] if needed else []
        lines: tuple[tuple[str, float, bool, str], ...] = (
            (self._say(f"window.tile.{tile.key}"), 14.0, True, _INK),
            (self._number(tile.values[worst]), 32.0, True, colour),
            (
                ", ".join(
                    [self._say("window.tile.worst", month=self._month(tile.months[worst])), *need]
                ),
                _SMALLEST, False, _MUTED,
            ),
            *(
                (
                    self._figure(tile, name, place),
                    13.0, False, _INK,
                )
                for name, place in (("now", first), ("end", last))
            ),
            (
                self._standing(tile), _SMALLEST, True, colour,
            ),
        )  # fmt: skip
        frame = slide.shapes.add_textbox(
            *map(Pt, (left, top + 8.0, width, height - 8.0))
        ).text_frame
        frame.word_wrap = True
        for number, (words, size, bold, ink) in enumerate(lines):
            self._paragraph(frame, number, words, size=size, bold=bold, colour=ink)

    def _figure(self, tile: TileFigures, name: str, at: int) -> str:
        when = self._say(f"window.tile.{name}", month=self._month(tile.months[at]))
        return f"{self._number(tile.values[at])}  {when}"

    def _standing(self, tile: TileFigures) -> str:
        """Return how a figure stands against what it should be, in words."""
        until = "" if tile.until is None else self._month(tile.until)
        key = f"window.tile.{tile.key}.{tile.standing.value}"
        return self._say(key, count=tile.short, until=until)

    def _told(self, slide: Slide, *keys: str) -> None:
        """Say below a chart how its figures stand."""
        words = [
            f"{self._say(f'window.tile.{tile.key}')}: {self._standing(tile)}"
            for tile in tiles(self._figures)
            if tile.key in keys
        ]
        self._text(slide, (_LEFT, 440.0, _INNER, 50.0), words, size=14.0)

    def _chart(self, slide: Slide, lines: Sequence[Line]) -> None:
        data = ChartData(number_format="#,##0")
        data.categories = [self._month(month) for month in self._figures.months]
        for name, values, _, _ in lines:
            data.add_series(name, [round(each) for each in values])
        left, top, width, height = map(Pt, (_LEFT, 92.0, _INNER, 340.0))
        shape = slide.shapes.add_chart(XL_CHART_TYPE.LINE, left, top, width, height, data)
        frame = cast("GraphicFrame", shape)  # the library's types say that it is the chart
        names = ", ".join(name for name, *_ in lines)
        _described(frame, self._say("slides.chart", lines=names))
        self._dressed(frame.chart, lines)

    def _dressed(self, chart: Chart, lines: Sequence[Line]) -> None:
        """Give a chart its colours, letters and axes."""
        chart.font.size = Pt(_SMALLEST)
        chart.font.color.rgb = RGBColor.from_string(_INK)
        chart.has_title = False
        chart.has_legend = True
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.value_axis.minimum_scale = 0
        chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(_RULE)
        chart.value_axis.format.line.fill.background()
        chart.value_axis.tick_labels.number_format = "#,##0"
        chart.value_axis.tick_labels.number_format_is_linked = False
        _every(chart, max(1, len(self._figures.months) // _MONTHS_NAMED))
        for series, (_, _, colour, dashed) in zip(chart.plots[0].series, lines, strict=True):
            series.smooth = False
            series.format.line.width = Pt(2.5)
            series.format.line.color.rgb = RGBColor.from_string(colour)
            if dashed:
                series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH

    def _table(
        self,
        slide: Slide,
        top: float,
        columns: Sequence[PrintedColumn],
        rows: Sequence[Sequence[str]],
    ) -> None:
        size = map(Pt, (_LEFT, top, _INNER, 26.0 * (len(rows) + 1)))
        frame = slide.shapes.add_table(len(rows) + 1, len(columns), *size)
        table: Table = frame.table
        table.horz_banding = False
        whole = sum(each.share for each in columns)
        for at, column in enumerate(columns):
            table.columns[at].width = Pt(_INNER * column.share / whole)
        for number, cells in enumerate(([each.title for each in columns], *rows)):
            for at, (column, words) in enumerate(zip(columns, cells, strict=True)):
                cell = table.cell(number, at)
                cell.fill.solid()
                ground = _BLUE if number == 0 else _SHADE if number % 2 == 0 else "FFFFFF"
                cell.fill.fore_color.rgb = RGBColor.from_string(ground)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_top = cell.margin_bottom = Pt(3.0)
                ink = "FFFFFF" if number == 0 else _INK
                self._write(cell.text_frame, [words], size=13.0, bold=number == 0, colour=ink)
                if column.right:
                    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _text(  # noqa: PLR0913 - what a text looks like
        self,
        slide: Slide,
        place: tuple[float, float, float, float],
        texts: Sequence[str],
        *,
        size: float = 13.0,
        bold: bool = False,
        colour: str = _INK,
    ) -> None:
        frame = slide.shapes.add_textbox(*map(Pt, place)).text_frame
        frame.word_wrap = True
        self._write(frame, texts, size=size, bold=bold, colour=colour)

    def _write(
        self, frame: TextFrame, texts: Sequence[str], *, size: float, bold: bool, colour: str = _INK
    ) -> None:
        frame.margin_left = frame.margin_right = Pt(4.0)
        for number, words in enumerate(texts):
            self._paragraph(frame, number, words, size=size, bold=bold, colour=colour)

    def _paragraph(  # noqa: PLR0913 - what a text looks like
        self, frame: TextFrame, number: int, words: str, *, size: float, bold: bool, colour: str
    ) -> None:
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(3.0)
        run = paragraph.add_run()
        run.text = words
        run.font.size = Pt(size)
        run.font.bold = bold
        run.font.name = "Arial"
        run.font.color.rgb = RGBColor.from_string(colour)
        run.font.language_id = _LANGUAGES[self._language]


def _filled(shape: Shape, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _described(shape: GraphicFrame, words: str) -> None:
    """Say what is drawn to who cannot see it; the library has no word for that of its own."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", words)


def _every(chart: Chart, months: int) -> None:
    """Name one month in so many below a chart; the library has no word for that of its own."""
    (axis,) = chart.element.xpath(".//c:catAx")
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", str(months))
    axis.xpath("./c:noMultiLvlLbl")[0].addprevious(skip)

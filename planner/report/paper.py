"""A4 paper: text, tables and drawings from top to bottom, on as many pages as they take.

Sizes are in points, 72 to an inch, counted from the upper left corner.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from planner.report.fonts import drawable, use_letters, width_of
from planner.report.open_text import OPEN_TEXT, write_open_text
from planner.report.tagged import pages_in, tagged_pdf

WIDTH, HEIGHT = 595.3, 841.9
LEFT, RIGHT, TOP, BOTTOM = 57.0, 57.0, 62.0, 60.0
INNER = WIDTH - LEFT - RIGHT

_INCH = 72.0
_DOTS = 200  # to an inch of a picture
_LEADING = 1.35
_PADDING = 4.0
_INK, _MUTED, _LINE, _SHADE = "#1a1a1a", "#555555", "#9aa5b1", "#e8edf3"


@dataclass(frozen=True)
class PrintedColumn:
    """A column of a printed table: its title, its share of the width, and how cells stand."""

    title: str
    share: float
    right: bool = False


@dataclass(frozen=True)
class _Style:
    size: float
    bold: bool = False
    colour: str = _INK


_BODY, _SMALL = _Style(9.5), _Style(8.0)
_HEADINGS = {1: _Style(17.0, bold=True), 2: _Style(12.5, bold=True), 3: _Style(10.0, bold=True)}


@dataclass(frozen=True)
class Drawn:
    """A drawing on a page: its left, bottom, width and height are parts of the page's."""

    page: Figure
    place: tuple[float, float, float, float]

    def svg(self) -> str:
        """Return it as a drawing of its own, without what else stands on the page."""
        return self._alone("svg", {"metadata": {"Date": None}}).decode()

    def png(self) -> bytes:
        """Return it as a picture of its own, for what cannot show a drawing."""
        return self._alone("png", {"dpi": _DOTS})

    def _alone(self, kind: str, more: dict[str, Any]) -> bytes:
        left, bottom, width, height = self.place
        whole = Bbox.from_bounds(left * WIDTH, bottom * HEIGHT, width * WIDTH, height * HEIGHT)
        others = [each for each in self.page.get_children() if not self._holds(each)]
        seen = [each.get_visible() for each in others]
        for each in others:
            each.set_visible(False)
        use_letters(self.page)
        file = io.BytesIO()
        inches = Bbox(whole.get_points() / _INCH)
        with rc_context({"svg.hashsalt": "opvangplan", "svg.fonttype": "path"}):
            self.page.savefig(file, format=kind, bbox_inches=inches, **more)
        for each, before in zip(others, seen, strict=True):
            each.set_visible(before)
        return file.getvalue()

    def _holds(self, each: Artist) -> bool:
        """Whether something on the page is within the drawing."""
        if not isinstance(each, Axes):
            return False
        left, bottom, width, height = self.place
        found = each.get_position()
        across, up = found.x0 + found.width / 2, found.y0 + found.height / 2
        return bool(left <= across <= left + width and bottom <= up <= bottom + height)


class Paper:
    """Takes what is to be printed, in order, and breaks it into pages."""

    def __init__(self, running: str, page_words: str) -> None:
        """Keep what stands above every page, and the words of its number: `{page}` of `{pages}`."""
        self._running = running
        self._page_words = page_words
        self._figures: list[Figure] = []
        self._at = 0.0
        self._blocks: list[dict[str, Any]] = []
        self._level = 0

    @property
    def blocks(self) -> tuple[Mapping[str, Any], ...]:
        """What is printed, in order: headings, paragraphs, points, tables, drawings and pages."""
        return tuple(self._blocks)

    def page(self) -> None:
        """Begin a page."""
        self._blocks.append({"kind": "page"})
        self._begin()

    def _begin(self) -> None:
        figure = Figure(figsize=(WIDTH / _INCH, HEIGHT / _INCH))
        FigureCanvasAgg(figure)
        self._figures.append(figure)
        self._at = TOP
        self._put(LEFT, 40.0, self._running, _Style(7.5, colour=_MUTED))

    def heading(self, text: str, level: int = 2, *, below: float = 60.0) -> None:
        """Print a heading; it stays with what stands below it, so many points high."""
        # Levels may not be skipped where a document is read aloud.
        self._level = min(level, self._level + 1)
        self._blocks.append({"kind": "heading", "level": self._level, "text": text})
        style = _HEADINGS[level]
        lines = wrapped(text, style.size, INNER, bold=True)
        self._room(len(lines) * style.size * _LEADING + below)
        self._at += 0.0 if self._at <= TOP else style.size * 0.9
        for line in lines:
            self._line(line, style)
        self._at += style.size * 0.25

    def paragraph(self, text: str, *, small: bool = False) -> None:
        """Print a paragraph."""
        self._blocks.append({"kind": "paragraph", "text": text, "small": small})
        style = _Style(_SMALL.size, colour=_MUTED) if small else _BODY
        for line in wrapped(text, style.size, INNER):
            self._room(style.size * _LEADING)
            self._line(line, style)
        self._at += style.size * 0.45

    def points(self, texts: Sequence[str]) -> None:
        """Print texts as points of a list."""
        if texts:
            self._blocks.append({"kind": "points", "texts": list(texts)})
        for text in texts:
            lines = wrapped(text, _BODY.size, INNER - 12.0)
            self._room(min(len(lines), 3) * _BODY.size * _LEADING)
            self._put(LEFT, self._at, "\N{BULLET}", _BODY)
            for line in lines:
                self._room(_BODY.size * _LEADING)
                self._put(LEFT + 12.0, self._at, line, _BODY)
                self._at += _BODY.size * _LEADING
            self._at += 2.0
        self._at += 4.0

    def table(self, columns: Sequence[PrintedColumn], rows: Sequence[Sequence[str]]) -> None:
        """Print a table; its header is repeated on every page that it takes."""
        self._blocks.append(
            {
                "kind": "table",
                "titles": [each.title for each in columns],
                "shares": [each.share for each in columns],
                "right": [each.right for each in columns],
                "rows": [list(row) for row in rows],
            }
        )
        widths = _widths(columns)
        header = [
            wrapped(each.title, _SMALL.size, width - 2 * _PADDING, bold=True)
            for each, width in zip(columns, widths, strict=True)
        ]
        self._room(_high(header) * 3)
        self._row(columns, widths, header, head=True)
        for row in rows:
            cells = [
                wrapped(cell, _SMALL.size, width - 2 * _PADDING)
                for cell, width in zip(row, widths, strict=True)
            ]
            if self._at + _high(cells) > HEIGHT - BOTTOM:
                self._begin()
                self._row(columns, widths, header, head=True)
            self._row(columns, widths, cells)
        self._at += 8.0

    def drawing(self, height: float, width: float = INNER, alt: str = "") -> Axes:
        """Return axes of a height in points to draw in, below what was printed.

        `alt` says what is drawn to who cannot see it; else what stands above it does.
        """
        self._room(height + 8.0)
        left = LEFT + (INNER - width) / 2
        place = (
            left / WIDTH,
            1.0 - (self._at + height) / HEIGHT,
            width / WIDTH,
            height / HEIGHT,
        )
        self._at += height + 8.0
        axes = self._figures[-1].add_axes(place)
        told = [str(each["text"]) for each in self._blocks if "text" in each]
        drawn = Drawn(self._figures[-1], place)
        sizes = {"width": width, "height": height}
        alt = alt or (told[-1] if told else "-")
        self._blocks.append({"kind": "drawing", "alt": alt, "drawn": drawn, **sizes})
        return axes

    def space(self, points: float) -> None:
        """Leave room."""
        self._blocks.append({"kind": "space", "points": points})
        self._at += points

    def save(self, path: Path, about: dict[str, str], language: str) -> int:
        """Write the pages and return how many; `about` are the file's title and such.

        The language is said as a code such as `nl`; it is what the pages are read aloud in. They
        are a PDF, or a text to write on in where the path ends in `.odt`; how many pages that takes
        is as counted here.
        """
        if path.suffix.casefold() == OPEN_TEXT:
            texts = [
                {**block, "png": block["drawn"].png()} if "drawn" in block else block
                for block in self._blocks
            ]
            words = (self._running, self._page_words)
            write_open_text(path, texts, about, language, words)
            return len(self._figures)
        pdf = self._set(about, language)
        path.write_bytes(pdf)
        return pages_in(pdf)

    def pages_taken(self, language: str) -> int:
        """Return how many pages it takes as a PDF, which is not written."""
        return pages_in(self._set({}, language))

    def _set(self, about: dict[str, str], language: str) -> bytes:
        blocks = [
            {**block, "svg": block["drawn"].svg(), "drawn": ""} if "drawn" in block else block
            for block in self._blocks
        ]
        return tagged_pdf(blocks, about, language, (self._running, self._page_words))

    def pictures(self, dots: int) -> tuple[bytes, ...]:
        """Return the pages as PNG pictures, of so many dots to an inch."""
        return tuple(_picture(figure, dots) for figure in self._numbered())

    def _numbered(self) -> Iterator[Figure]:
        """Yield the pages with their numbers, which are known when all are there."""
        for number, figure in enumerate(self._figures, start=1):
            words = self._page_words.format(page=number, pages=len(self._figures))
            _text(figure, WIDTH - RIGHT, HEIGHT - 34.0, words, _Style(7.5, colour=_MUTED), "right")
            use_letters(figure)
            yield figure

    def _room(self, height: float) -> None:
        if not self._figures or self._at + height > HEIGHT - BOTTOM:
            self._begin()

    def _line(self, text: str, style: _Style) -> None:
        self._put(LEFT, self._at, text, style)
        self._at += style.size * _LEADING

    def _put(self, x: float, y: float, text: str, style: _Style, align: str = "left") -> None:
        _text(self._figures[-1], x, y + style.size, text, style, align)

    def _row(
        self,
        columns: Sequence[PrintedColumn],
        widths: Sequence[float],
        cells: Sequence[Sequence[str]],
        *,
        head: bool = False,
    ) -> None:
        high = _high(cells)
        figure = self._figures[-1]
        bottom = 1.0 - (self._at + high) / HEIGHT
        if head:
            place = (LEFT / WIDTH, bottom)
            shade = Rectangle(place, INNER / WIDTH, high / HEIGHT, color=_SHADE, linewidth=0)
            figure.add_artist(shade)
        x = LEFT
        style = _Style(_SMALL.size, bold=head)
        for column, width, lines in zip(columns, widths, cells, strict=True):
            at = x + width - _PADDING if column.right else x + _PADDING
            for number, line in enumerate(lines):
                y = self._at + _PADDING / 2 + number * style.size * _LEADING
                self._put(at, y, line, style, "right" if column.right else "left")
            x += width
        ends = (LEFT / WIDTH, (LEFT + INNER) / WIDTH)
        figure.add_artist(Line2D(ends, (bottom, bottom), color=_LINE, linewidth=0.5))
        self._at += high


def _picture(figure: Figure, dots: int) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dots, pil_kwargs={"compress_level": 1})
    return file.getvalue()


def _text(  # noqa: PLR0913, PLR0917 - a text has these parts
    figure: Figure, x: float, y: float, text: str, style: _Style, align: str
) -> None:
    figure.text(
        x / WIDTH,
        1.0 - y / HEIGHT,
        drawable(text),
        fontsize=style.size,
        fontweight="bold" if style.bold else "normal",
        color=style.colour,
        ha=align,
        va="baseline",
    )


def _widths(columns: Sequence[PrintedColumn]) -> list[float]:
    whole = sum(each.share for each in columns)
    return [INNER * each.share / whole for each in columns]


def _high(cells: Sequence[Sequence[str]]) -> float:
    most = max((len(lines) for lines in cells), default=1)
    return max(most, 1) * _SMALL.size * _LEADING + _PADDING


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return a text as lines that fit a width; a word that is too long is broken."""
    lines: list[str] = []
    for part in text.splitlines() or [""]:
        line = ""
        for word in _broken(part.split(" "), size, width, bold=bold):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, size, bold=bold) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _broken(words: Sequence[str], size: float, width: float, *, bold: bool) -> list[str]:
    """Return words with those cut up that no line can hold."""
    short: list[str] = []
    for word in words:
        if width_of(word, size, bold=bold) <= width:
            short.append(word)
            continue
        line, wide = "", 0.0
        for letter in word:
            more = width_of(letter, size, bold=bold)
            if line and wide + more > width:
                short.append(line)
                line, wide = "", 0.0
            line, wide = line + letter, wide + more
        short.append(line)
    return short

"""From a workbook that is about to be written to an OpenDocument spreadsheet (.ods), ODF 1.3.

Whatever writes a workbook here writes it with the same library; its cells are then written as
OpenDocument instead of as Excel's parts, so that both hold the same. The colours that hang on
values are left out, and cells are not protected. The rows are written one after another.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsFloat
from xml.sax.saxutils import escape, quoteattr

from planner.files.ods_charts import WIDER, Charts, height_of, rows_under
from planner.files.ods_formats import (
    DATE,
    FLOAT,
    PERCENTAGE,
    TIME,
    cell_style,
    colour_of,
    kind_of_numbers,
    number_style,
)
from planner.files.ods_parts import MIMETYPE, NAMESPACES, manifest, meta, page_styles, settings
from planner.files.ods_rules import Rules, place_of, quoted
from planner.files.sheet_xml import EmptyResult, ErrorResult

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.url import Url
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

OPEN_DOCUMENT = ".ods"

_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zones
_CM_OF_PIXEL = 2.54 / 96
_COLUMN = 64  # pixels of a column that nobody gave a width
_LAST_COLUMN = 16_384
_PLAIN = (float, int)
_SPACES = re.compile(r"^ | {2,}| $|\t")
# What XML cannot hold; a sign that something stood there is better than a file that cannot open.
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROWS_AT_ONCE = 500
# An own formula, as Excel writes it; OpenDocument leaves the language of formulas to a prefix.
_LANGUAGE = "msoxl:="


def write_open_document(workbook: Workbook, draft: Path) -> None:
    """Write a workbook that the library holds, and did not write yet, to a file."""
    workbook.fileclosed = True  # it is written here
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and as it is, so that the kind of file can be told from its first bytes.
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        content = _Content(workbook)
        with archive.open("content.xml", "w", force_zip64=True) as part:
            for piece in content.pieces():
                part.write(piece.encode())
        parts = [part for chart in content.charts.placed for part in chart.parts()]
        for name, _, body in parts:
            if body:
                archive.writestr(name, body)
        archive.writestr("styles.xml", page_styles(workbook.worksheets()))
        archive.writestr("meta.xml", meta(workbook))
        archive.writestr("settings.xml", settings(workbook.worksheets()))
        listed = [(name, kind) for name, kind, _ in parts]
        archive.writestr("META-INF/manifest.xml", manifest(parts=listed))


class _Looks:
    """The styles of cells, columns and rows, each made once under a name of its own."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}
        self.styles: list[str] = []
        self._cells: dict[int, tuple[str, str]] = {}

    def named(self, prefix: str, body: str) -> str:
        """Return the name of a style; `body` is its XML with `{name}` where its name goes."""
        if body not in self._made:
            name = f"{prefix}{len(self._made)}"
            self._made[body] = name
            self.styles.append(body.replace("{name}", name))
        return self._made[body]

    def of_cells(self, look: Format | None) -> tuple[str, str]:
        """Return the attribute that names the style of cells, and what their numbers are."""
        if look is None:
            return "", FLOAT
        if id(look) not in self._cells:
            number_format = str(look.num_format)
            body = number_style("{name}", number_format)
            numbers = self.named("n", body) if body else ""
            name = self.named("c", cell_style("{name}", look, numbers))
            kind = kind_of_numbers(number_format)
            self._cells[id(look)] = (f' table:style-name="{name}"', kind)
        return self._cells[id(look)]

    def of_column(self, width: float | None) -> str:
        """Return the name of the style of a column so many pixels wide."""
        pixels = _COLUMN if width is None else width
        size = f' style:column-width="{pixels * WIDER * _CM_OF_PIXEL:.3f}cm"'
        return self.named(
            "o",
            '<style:style style:name="{name}" style:family="table-column">'
            f"<style:table-column-properties{size}/></style:style>",
        )

    def of_row(self, page: Worksheet, row: int, *, under: bool) -> str:
        """Return the attribute that names the style of a row: its height, a page before it.

        A row `under` a chart has a height also where none was said.
        """
        info = page.row_info.get(row)
        said = ' fo:break-before="page"' if row in page.hbreaks else ""
        if under or (info is not None and info.height is not None):
            said += f' style:row-height="{height_of(page, row) * _CM_OF_PIXEL:.3f}cm"'
            said += ' style:use-optimal-row-height="false"'
        if not said:
            return ""
        name = self.named(
            "r",
            '<style:style style:name="{name}" style:family="table-row">'
            f"<style:table-row-properties{said}/></style:style>",
        )
        return f' table:style-name="{name}"'

    def of_sheet(self, page: Worksheet, number: int) -> str:
        """Return the name of the style of a sheet: whether it shows, its tab and its paper."""
        shown = "false" if page.hidden else "true"
        tab = f' table:tab-color="{colour_of(str(page.tab_color))}"' if page.tab_color else ""
        return self.named(
            "t",
            '<style:style style:name="{name}" style:family="table" '
            f'style:master-page-name="paper{number}"><style:table-properties '
            f'table:display="{shown}"{tab}/></style:style>',
        )


class _Content:
    """The part that holds the sheets; their styles stand before them and are known after them."""

    def __init__(self, workbook: Workbook) -> None:
        self._pages = workbook.worksheets()
        self._texts = list(workbook.str_table.string_table)
        self._looks = _Looks()
        self._rules = Rules()
        self.charts = Charts()
        self._written: dict[int, str] = {}

    def pieces(self) -> Iterator[str]:
        """Yield the part from its beginning to its end."""
        heads = []
        for number, page in enumerate(self._pages):
            self._know(page)
            heads.append(self._head(page, number))
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES}>'
        yield f"<office:automatic-styles>{''.join(self._looks.styles)}</office:automatic-styles>"
        yield "<office:body><office:spreadsheet>"
        rules = [self._rules.of(page) for page in self._pages]
        yield self._rules.xml()
        for page, head, ruled in zip(self._pages, heads, rules, strict=True):
            yield head
            yield from self._rows(page, ruled)
            yield "</table:table>"
        yield _filters(self._pages)
        yield "</office:spreadsheet></office:body></office:document-content>"

    def _know(self, page: Worksheet) -> None:
        """Make the styles of a sheet, which are written before it."""
        for row in page.table.values():
            for cell in row.values():
                self._looks.of_cells(cell.format)
        under = rows_under(page)
        for number in {*page.row_info, *page.hbreaks, *under}:
            self._looks.of_row(page, number, under=number in under)

    def _head(self, page: Worksheet, number: int) -> str:
        style = self._looks.of_sheet(page, number)
        area = page.print_area_range
        printed = f" table:print-ranges={quoteattr(place_of(area))}" if area else ""
        name = quoteattr(str(page.name))
        return (
            f'<table:table table:name={name} table:style-name="{style}"{printed}>'
            f"{''.join(self._columns(page))}"
        )

    def _columns(self, page: Worksheet) -> Iterator[str]:
        """Yield the columns of a sheet, those alike together."""
        alike: list[tuple[int, str]] = []
        known = page.col_info
        for at in range(min(max(known, default=-1) + 1, _LAST_COLUMN)):
            info = known.get(at)
            said = f'table:style-name="{self._looks.of_column(info.width if info else None)}"'
            if info is not None and info.column_format is not None:
                look, _ = self._looks.of_cells(info.column_format)
                said += look.replace("table:style-name", "table:default-cell-style-name")
            if info is not None and info.hidden:
                said += ' table:visibility="collapse"'
            if alike and alike[-1][1] == said:
                alike[-1] = (alike[-1][0] + 1, said)
            else:
                alike.append((1, said))
        for count, said in alike or [(1, f'table:style-name="{self._looks.of_column(None)}"')]:
            yield f'<table:table-column {said} table:number-columns-repeated="{count}"/>'

    def _rows(self, page: Worksheet, ruled: Mapping[int, tuple[int, int, str]]) -> Iterator[str]:
        """Yield the rows of a sheet; what is empty and alike is told once, with a number."""
        spans, covered = _merged(page)
        drawn, under = self.charts.of(page), rows_under(page)
        filled = {
            *page.table, *page.row_info, *page.comments, *page.hbreaks, *under,
            *(row for row, _ in (*spans, *covered, *drawn)),
        }  # fmt: skip
        bounds = {each for first, last, _ in ruled.values() for each in (first, last + 1)}
        stops = sorted({0, *filled, *(row + 1 for row in filled), *bounds})
        pieces: list[str] = []
        for row, after in zip(stops, [*stops[1:], None], strict=True):
            if row not in filled and after is None:
                break
            active = {
                at: f' table:content-validation-name="{name}"'
                for at, (first, last, name) in ruled.items()
                if first <= row <= last
            }
            if row in filled:
                high = self._looks.of_row(page, row, under=row in under)
                pieces.append(self._row(page, row, high, active, spans, covered, drawn))
            else:
                count = (after or row + 1) - row
                inside = "".join(_empty(active)) or "<table:table-cell/>"
                pieces.append(
                    f'<table:table-row table:number-rows-repeated="{count}">'
                    f"{inside}</table:table-row>"
                )
            if len(pieces) >= _ROWS_AT_ONCE:
                yield "".join(pieces)
                pieces.clear()
        yield "".join(pieces) or "<table:table-row><table:table-cell/></table:table-row>"

    def _row(  # noqa: PLR0913, PLR0917 - a row is written from these parts
        self,
        page: Worksheet,
        row: int,
        said: str,
        active: Mapping[int, str],
        spans: Mapping[tuple[int, int], str],
        covered: frozenset[tuple[int, int]],
        drawn: Mapping[tuple[int, int], str],
    ) -> str:
        info = page.row_info.get(row)
        if info is not None and info.hidden:
            said += ' table:visibility="collapse"'
        cells, notes, links = (
            from_.get(row, {}) for from_ in (page.table, page.comments, page.hyperlinks)
        )
        pieces = [f"<table:table-row{said}>"]
        here = {*cells, *notes, *active}
        here |= {at for line, at in (*covered, *drawn) if line == row}
        before = 0
        for at in sorted(here) if len(here) > len(cells) else sorted(cells):
            if at > before:
                pieces.append(_gap(at - before))
            before = at + 1
            if (row, at) in covered:
                pieces.append(
                    f"<table:covered-table-cell>{drawn.get((row, at), '')}"
                    "</table:covered-table-cell>"
                )
                continue
            more = active.get(at, "") + spans.get((row, at), "")
            inside = _note(notes[at].text) if at in notes else ""
            inside += drawn.get((row, at), "")
            pieces.append(self._cell(cells.get(at), links.get(at), more, inside))
        pieces.append("</table:table-row>" if before else "<table:table-cell/></table:table-row>")
        return "".join(pieces)

    def _cell(self, cell: Any, link: Url | None, more: str, inside: str) -> str:  # noqa: ANN401 - as above
        """Return a cell as XML: a text, a number, a day, a yes or no, or a formula's result."""
        if cell is None:
            return f"<table:table-cell{more}>{inside}</table:table-cell>"
        style, kind = self._looks.of_cells(cell.format)
        match type(cell).__name__:
            case "String":
                said = ' office:value-type="string"'
                inside += self._text(cell.string, link)
            case "Number":
                said = _number(cell.number, kind)
            case "Boolean":
                said = _boolean(cell.boolean)
            case "Formula":
                said, shown = _formula(cell.formula, cell.value, kind)
                inside += shown
            case _:
                said = ""
        if not inside:
            return f"<table:table-cell{style}{more}{said}/>"
        return f"<table:table-cell{style}{more}{said}>{inside}</table:table-cell>"

    def _text(self, number: int, link: Url | None) -> str:
        if link is None:
            if number not in self._written:
                self._written[number] = paragraphs(self._texts[number])
            return self._written[number]
        href = quoteattr(f"#{place_of(link._link)}")  # noqa: SLF001 - the library tells it no other way
        return paragraphs(
            self._texts[number], f'<text:a xlink:href={href} xlink:type="simple">', "</text:a>"
        )


def paragraphs(text: str, before: str = "", after: str = "") -> str:
    """Return a text as paragraphs, one a line; spaces that would be lost are told as such."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"<text:p>{before}{inline(each)}{after}</text:p>" for each in lines)


def inline(text: str) -> str:
    """Return a text of one line as it stands within a paragraph."""
    clean = escape(_UNHELD.sub("\N{REPLACEMENT CHARACTER}", text))
    return _SPACES.sub(_spaces, clean)


def _spaces(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return "<text:tab/>"
    return f'<text:s text:c="{len(found[0])}"/>'


def _note(text: str) -> str:
    return f"<office:annotation>{paragraphs(text)}</office:annotation>"


def _gap(count: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def _empty(active: Mapping[int, str]) -> Iterator[str]:
    before = 0
    for at in sorted(active):
        if at > before:
            yield _gap(at - before)
        before = at + 1
        yield f"<table:table-cell{active[at]}/>"


def _number(value: SupportsFloat, kind: str) -> str:
    if kind == DATE:
        return f' office:value-type="date" office:date-value="{_day(float(value))}"'
    if kind == TIME:
        return f' office:value-type="time" office:time-value="{_duration(float(value))}"'
    # With all the digits that tell it from its neighbours; a number of numpy's shows its type.
    digits = repr(value) if type(value) in _PLAIN else float.__repr__(float(value))
    return f' office:value-type="{kind}" office:value="{digits}"'


def _boolean(value: object) -> str:
    written = "true" if value else "false"
    return f' office:value-type="boolean" office:boolean-value="{written}"'


def _day(serial: float) -> str:
    moment = _DAY_ZERO + dt.timedelta(days=serial)
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat()


def _duration(serial: float) -> str:
    sign = "-" if serial < 0 else ""
    seconds = round(abs(serial) * 86_400, 6)
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{sign}PT{int(hours):02d}H{int(minutes):02d}M{rest:09.6f}S"


def _formula(formula: str, value: object, kind: str) -> tuple[str, str]:
    """Return the attributes of a formula, and its result where that is a text."""
    if isinstance(value, ErrorResult):
        said = quoteattr(f"of:={value}" if formula == value else f"{_LANGUAGE}{formula}")
        told = f'office:value-type="string" office:string-value={quoteattr(value)}'
        return f" table:formula={said} {told}", paragraphs(value)
    said = f" table:formula={quoteattr(_LANGUAGE + formula)}"
    match value:
        case EmptyResult():
            return f'{said} office:value-type="string" office:string-value=""', "<text:p/>"
        case bool():
            return said + _boolean(value), ""
        case str() if not value:
            return said, ""  # never calculated
        case str():
            return f'{said} office:value-type="string"', paragraphs(value)
        case SupportsFloat():
            return said + _number(value, FLOAT if kind == PERCENTAGE else kind), ""
        case _:
            raise TypeError(f"a formula gives no {type(value).__name__}")


def _merged(page: Worksheet) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    """Return what the first cell of each merged area says, and the cells it covers."""
    spans: dict[tuple[int, int], str] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in page.merge:
        spans[top, left] = (
            f' table:number-columns-spanned="{right - left + 1}"'
            f' table:number-rows-spanned="{bottom - top + 1}"'
        )
        covered |= {(row, at) for row in range(top, bottom + 1) for at in range(left, right + 1)}
    return spans, frozenset(covered - set(spans))


def _filters(pages: Iterable[Worksheet]) -> str:
    """Return where the sheets have filters, those of tables under the names of the tables."""
    said = []
    for number, page in enumerate(pages):
        areas = [(str(each["name"]), each["range"]) for each in page.tables]
        if page.autofilter_area:
            areas.append((f"__Anonymous_Sheet_DB__{number}", page.autofilter_area))
        for name, filtered in areas:
            area = quoteattr(place_of(filtered, quoted(str(page.name))))
            said.append(
                f"<table:database-range table:name={quoteattr(name)} "
                f'table:target-range-address={area} table:display-filter-buttons="true"/>'
            )
    return f"<table:database-ranges>{''.join(said)}</table:database-ranges>" if said else ""

"""Files of the gallery that are odd in form: strict, long, wide, renamed, dressed up, packed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from tests.planner.files.gallery import writers as w
from tests.planner.files.gallery.rows import DAY, ONE, TOTAL, Rows, Sample, plain_rows

_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"officeDocument/relationships",
    ),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main", b"drawingml/main"),
)
_OCCUPANCY = "xl/worksheets/sheet2.xml"
_LOOKS = 30_000  # rows; Excel has 1,048,576, which take no longer to read but a while to write


def strict(_part: str, content: bytes) -> bytes:
    """Rename what Excel's "Strict Open XML" names otherwise."""
    for usual, name in _STRICT:
        content = content.replace(usual, b"http://purl.oclc.org/ooxml/" + name)
    return content


def looks_to_the_end(part: str, content: bytes) -> bytes:
    rows = b"".join(
        b'<row r="%d" s="0" customFormat="1"><c r="A%d" s="0"/></row>' % (row, row)
        for row in range(1_048_577 - _LOOKS, 1_048_577)
    )
    return (
        content.replace(b"</sheetData>", rows + b"</sheetData>") if part == _OCCUPANCY else content
    )


def looks_to_the_right(part: str, content: bytes) -> bytes:
    letters = map(get_column_letter, range(5, 16_385))
    cells = b"".join(b'<c r="%s2" s="0"/>' % each.encode() for each in letters)
    wide = re.sub(rb'(<row r="2".*?)</row>', lambda row: row[1] + cells + b"</row>", content)
    return wide if part == _OCCUPANCY else content


def other_result(part: str, content: bytes) -> bytes:
    """Have a formula ask another file, which gave the number that stands there."""
    formula = rb"\1<f>'[1]Blad1'!$B$2</f><v>1000</v>"
    asked = re.sub(rb"(<c r=\"D2\"[^>]*>)<v>1000</v>", formula, content)
    return asked if part == _OCCUPANCY else content


def dressed(path: Path) -> None:
    """Write tables as Excel dresses them: with a total, rules, marks, links and words in bold."""
    rows = plain_rows()
    options = {"default_date_format": "d mmm yyyy"}
    with xlsxwriter.Workbook(path, options) as workbook:
        bold = workbook.add_format({"bold": True})
        for name, lines in rows.items():
            sheet = workbook.add_worksheet(name)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line)
        sheet = workbook.get_worksheet_by_name("Bezetting")
        last = len(rows["Bezetting"])
        columns: list[dict[str, Any]] = [{"header": each} for each in rows["Bezetting"][0]]
        columns[0]["total_string"] = "Totaal"
        columns[3] |= {"total_function": "sum", "total_value": 1040}
        sheet.add_table(0, 0, last, 3, {"total_row": True, "columns": columns})
        sheet.write_rich_string(1, 1, bold, "L", "1")
        sheet.write_url(2, 1, "https://example.org", string="L2")
        sheet.data_validation("D2:D9", {"validate": "integer", "criteria": ">=", "value": 0})
        sheet.conditional_format("D2:D9", {"type": "data_bar"})
        sheet.freeze_panes(1, 1)


def two_rows_of_titles(rows: Rows) -> None:
    rows["Bezetting"][:1] = [
        ["Peildatum", "Waar en wie", None, "Personen"],
        [None, "Locatie", "Groep", None],
    ]


def merged_titles(workbook: openpyxl.Workbook) -> None:
    page = workbook["Bezetting"]
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        page.merge_cells(cells)


def two_rows_merged(path: Path) -> None:
    rows = plain_rows()
    two_rows_of_titles(rows)
    workbook = w.openpyxl_book(rows)
    merged_titles(workbook)
    workbook.save(path)


def titles_far_down(rows: Rows) -> None:
    rows["Bezetting"][:0] = [[f"Toelichting, regel {number}"] for number in range(1, 15)]


def quoted(workbook: openpyxl.Workbook) -> None:
    """Put a number in a cell as text, with the apostrophe before it."""
    cell = workbook["Bezetting"]["D2"]
    cell.value = "1000"
    cell.style = "Normal"
    cell.quotePrefix = True


def looks_of_numbers(workbook: openpyxl.Workbook) -> None:
    """Show numbers as money and with marks for thousands, days with their name."""
    workbook["Locaties"]["F2"].number_format = '_ "€" * #,##0.00_ '
    workbook["Bezetting"]["D2"].number_format = "#,##0"
    workbook["Bezetting"]["A2"].number_format = "[$-413]dddd d mmmm yyyy"


def moments(rows: Rows) -> None:
    moment = dt.datetime.combine(DAY, dt.time(14, 30))
    rows["Bezetting"][1][0], rows["Bezetting"][2][0] = moment, moment.isoformat()


def days(first: str, second: str) -> Any:
    def change(rows: Rows) -> None:
        rows["Bezetting"][1][0], rows["Bezetting"][2][0] = first, second

    return change


def cost(written: str) -> Any:
    def change(rows: Rows) -> None:
        rows["Locaties"][2][5] = written

    return change


def people(written: object) -> Any:
    def change(rows: Rows) -> None:
        rows["Bezetting"][1][3] = written

    return change


def norm(written: object) -> Any:
    def change(rows: Rows) -> None:
        for line, value in zip(rows["Locaties"], ("Bezettingsnorm", written, None), strict=True):
            line.append(value)

    return change


def same_part_twice(path: Path) -> None:
    w.by_openpyxl(path)
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as archive:
        name = archive.namelist()[-1]
        part = archive.read(name)
    # Another name of the same length, which then becomes the first one's in both its places.
    other = "~" * len(name)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(other, part)
    path.write_bytes(content.getvalue().replace(other.encode(), name.encode()))


def packed(path: Path) -> None:
    """Have a sheet say that it unpacks to what no one can read."""
    w.by_openpyxl(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.getinfo(_OCCUPANCY).file_size = 400_000_000
        archive.writestr("xl/last.xml", b"<a/>")  # for the list of parts is written with a part


FORMS = (
    Sample("strict.xlsx", w.parts_changed(strict, w.by_xlsxwriter)),
    Sample("looks-to-the-end.xlsx", w.parts_changed(looks_to_the_end, w.by_openpyxl)),
    Sample("looks-to-the-right.xlsx", w.parts_changed(looks_to_the_right, w.by_openpyxl)),
    Sample("asks-another-file.xlsx", w.parts_changed(other_result, w.by_openpyxl)),
    Sample("dressed.xlsx", dressed, (TOTAL,)),
    Sample("two-rows-of-titles.xlsx", w.rows_changed(two_rows_of_titles)),
    Sample("two-rows-merged.xlsx", two_rows_merged),
    Sample("titles-in-row-15.xlsx", w.rows_changed(titles_far_down)),
    Sample("apostrophe.xlsx", w.book_changed(quoted)),
    Sample("looks-of-numbers.xlsx", w.book_changed(looks_of_numbers)),
    Sample("moments.xlsx", w.rows_changed(moments)),
    Sample("days-of-the-week.xlsx", w.rows_changed(days("di 30 juni 2026", "Dinsdag 30-06-2026"))),
    Sample("days-american.xlsx", w.rows_changed(days("6/30/2026", "June 30, 2026"))),
    Sample("cents-as-a-dash.xlsx", w.rows_changed(cost("€ 5.780,-"))),
    Sample("euro-in-letters.xlsx", w.rows_changed(cost("EUR 5.780,00"))),
    Sample("text-named-xls.xls", w.text_file("Bezetting", ";"), ("file.csv",), ONE),
    Sample("Bezetting", w.text_file("Bezetting", "\t"), ("file.csv",), ONE),
)

FAULTY_FORMS = (
    Sample(
        "error-of-a-reference.xlsx",
        w.rows_changed(people("#REF!")),
        ("value.cell_error",),
        differs=ONE,
    ),
    Sample(
        "true-for-a-number.xlsx",
        w.rows_changed(people(bool(1))),
        ("value.yes_no_for_number",),
        differs=ONE,
    ),
    Sample(
        "beyond-counting.xlsx", w.rows_changed(people(1e308)), ("value.not_finite",), differs=ONE
    ),
    Sample(
        "per-cent-without-sign.xlsx",
        w.rows_changed(norm(91)),
        ("value.too_high",),
        differs=("locations",),
    ),
    Sample(
        "two-digits-of-a-year.xlsx",
        w.rows_changed(days("30-06-26", "30-06-26")),
        ("value.not_date",),
        differs=ONE,
    ),
    Sample(
        "letters-of-no-set.xlsx",
        w.sheets_changed(rb"^(?:<\?xml[^>]*>)?", b'<?xml version="1.0" encoding="Z9"?>'),
        unusable="file.damaged",
    ),
    Sample("same-part-twice.xlsx", same_part_twice, unusable="file.damaged"),
    Sample("packed.xlsx", packed, unusable="file.too_large"),
    Sample("empty.xlsx", w.whole(b""), unusable="file.empty"),
    Sample("report.xlsx", w.whole(b"%PDF-1.7\n"), unusable="file.not_excel"),
    Sample(
        "web-page.xls",
        w.whole(b"<html><table><tr><td>Locatie</td></tr></table></html>\n"),
        unusable="file.web_page",
    ),
    Sample(
        "xml-of-2003.xls",
        w.whole(b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'),
        unusable="file.web_page",
    ),
)

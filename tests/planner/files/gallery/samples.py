"""The gallery: files as planners have them, each with what reading it must give."""

from __future__ import annotations

from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from tests.planner.files.gallery import writers as w
from tests.planner.files.gallery.rows import HIDDEN_ROW, NOTE, ONE, TOTAL, Rows, Sample


def above(rows: Rows) -> None:
    for lines in rows.values():
        lines.insert(0, ["Overzicht opvang, stand 30 juni"])
        lines.insert(1, [])


def to_the_right(rows: Rows) -> None:
    for name, lines in rows.items():
        rows[name] = [[], [], *([None, None, *line] for line in lines)]


def blank_rows_between(rows: Rows) -> None:
    rows["Bezetting"].insert(2, [])
    rows["Locaties"].insert(2, [" ", None, "\u00a0"])


def english(rows: Rows) -> None:
    rows["Locations"] = rows.pop("Locaties")
    rows["Locations"][0] = [
        "Location id", "TYPE", "Beds", "Open until", "Child-suitable", "Cost per place per month",
    ]  # fmt: skip
    rows["occupancy"] = rows.pop("Bezetting")
    rows["occupancy"][0] = ["date", "location", "group", "people"]


def other_case(rows: Rows) -> None:
    rows[" BEZETTING "] = rows.pop("Bezetting")
    rows[" BEZETTING "][0] = ["PEILDATUM", " locatie", "groep ", "Perso\u200bnen"]


def other_order(rows: Rows) -> None:
    rows["Bezetting"] = [line[::-1] for line in rows["Bezetting"]]
    rows["Locaties"] = [[*line[3:], *line[:3]] for line in rows["Locaties"]]


def hard_spaces(rows: Rows) -> None:
    rows["Bezetting"][0] = ["\u00a0Peildatum", "Locatie\u00a0", "Groep", "Personen"]
    rows["Bezetting"][1] = ["30\u00a0juni\u00a02026", "L1\u00a0", "\u00a0men", "1\u202f000"]


def repeated_header(rows: Rows) -> None:
    rows["Bezetting"].insert(2, rows["Bezetting"][0])


def two_below(rows: Rows) -> None:
    rows["Bezetting"] += [[], ["Groep", "Locatie", "Personen"], ["men", "L1", 10]]


def other_table_below(rows: Rows) -> None:
    rows["Bezetting"] += [[], ["Parameter", "Waarde"], ["reserve_places", 10]]


def side_by_side(rows: Rows) -> None:
    rows["Bezetting"] = [[*line, None, *line] for line in rows["Bezetting"]]


def days(*written: str) -> Any:
    def change(rows: Rows) -> None:
        for line, day in zip(rows["Bezetting"][1:], written, strict=True):
            line[0] = day

    return change


def cell(sheet: str, row: int, column: int, value: object) -> Any:
    def change(rows: Rows) -> None:
        rows[sheet][row][column] = value

    return change


def line(sheet: str, *values: object) -> Any:
    return lambda rows: rows[sheet].append(list(values))


def beyond(rows: Rows) -> None:
    for row in rows["Bezetting"]:
        row.append("x")


def notes(rows: Rows) -> None:
    rows["Bezetting"] += [[], ["Deze cijfers zijn voorlopig en worden nog nagekeken."]]
    rows["Locaties"] += [[], ["Bron:", "COA"], ["* inclusief noodopvang"]]


def subtotals(rows: Rows) -> None:
    rows["Bezetting"].insert(2, [None, "Subtotaal L1", None, 1000])
    rows["Bezetting"] += [[None, "Subtotaal L2", None, 40], ["Totaal", None, None, 1040]]


def hide(sheet: str, **what: Any) -> Any:
    def change(workbook: openpyxl.Workbook) -> None:
        page = workbook[sheet]
        if "row" in what:
            page.row_dimensions[what["row"]].hidden = True
        if "column" in what:
            page.column_dimensions[what["column"]].hidden = True
        if "state" in what:
            page.sheet_state = what["state"]

    return change


def filtered(workbook: openpyxl.Workbook) -> None:
    page = workbook["Bezetting"]
    page.auto_filter.ref = "A1:D3"
    page.auto_filter.add_filter_column(1, ["L1"])
    page.row_dimensions[3].hidden = True


def merged(cells: str, *, title: bool = False) -> Any:
    def change(workbook: openpyxl.Workbook) -> None:
        page = workbook["Bezetting"]
        if title:
            page.insert_rows(1)
            page["A1"] = "Bezetting per locatie"
        page.merge_cells(cells)

    return change


def charted(workbook: openpyxl.Workbook) -> None:
    chart = BarChart()
    page: Any = workbook["Bezetting"]
    chart.add_data(Reference(page, 4, 2, 4, 3))
    page.add_chart(chart, "F2")


def commented(workbook: openpyxl.Workbook) -> None:
    note = Comment("geteld door de locatie", "planner")
    workbook["Bezetting"]["D2"].comment = note


XLSX = (
    Sample("openpyxl.xlsx", w.by_openpyxl),
    Sample("xlsxwriter.xlsx", w.by_xlsxwriter),
    Sample("xlsxwriter-little-memory.xlsx", w.in_little_memory),
    Sample("xlsxwriter-1904.xlsx", w.counting_from_1904),
    Sample("pandas-openpyxl.xlsx", w.by_pandas("openpyxl")),
    Sample("pandas-xlsxwriter.xlsx", w.by_pandas("xlsxwriter")),
    Sample("title-rows.xlsx", w.rows_changed(above)),
    Sample("not-at-the-corner.xlsx", w.rows_changed(to_the_right)),
    Sample("blank-rows.xlsx", w.rows_changed(blank_rows_between)),
    Sample("english-and-keys.xlsx", w.rows_changed(english)),
    Sample("other-case.xlsx", w.rows_changed(other_case)),
    Sample("other-order.xlsx", w.rows_changed(other_order)),
    Sample("hard-spaces.xlsx", w.rows_changed(hard_spaces)),
    Sample("notes-below.xlsx", w.rows_changed(notes), (NOTE,)),
    Sample("total.xlsx", w.rows_changed(line("Bezetting", "Totaal", None, None, 1040)), (TOTAL,)),
    Sample(
        "total-that-differs.xlsx",
        w.rows_changed(line("Bezetting", "Totaal", None, None, 1140)),
        (TOTAL, "rows.total_differs"),
    ),
    Sample("subtotals.xlsx", w.rows_changed(subtotals), (TOTAL,)),
    Sample("repeated-header.xlsx", w.rows_changed(repeated_header), ("rows.header_again",)),
    Sample(
        "extra-column.xlsx",
        w.rows_changed(beyond),
        ("finding.column_unknown",),
    ),
    Sample(
        "values-without-header.xlsx",
        w.rows_changed(lambda rows: rows["Bezetting"][1].append("let op")),
        ("finding.column_headless",),
    ),
    Sample(
        "own-sheet.xlsx",
        w.rows_changed(lambda rows: rows.update({"Kladblok": [["bel Jan"]]})),
        ("finding.sheet_unknown",),
    ),
    Sample("dates-iso-text.xlsx", w.rows_changed(days("2026-06-30", "2026-06-30"))),
    Sample("dates-dutch-text.xlsx", w.rows_changed(days("30 juni 2026", "30-06-2026"))),
    Sample("dates-dotted.xlsx", w.rows_changed(days("30.6.2026", "30/06/2026"))),
    Sample("decimal-comma.xlsx", w.rows_changed(cell("Locaties", 1, 5, "2.530,50"))),
    Sample("decimal-point-text.xlsx", w.rows_changed(cell("Locaties", 1, 5, "2530.5"))),
    Sample("euro-text.xlsx", w.rows_changed(cell("Locaties", 1, 5, "€ 2.530,50"))),
    Sample("thousands-point.xlsx", w.rows_changed(cell("Locaties", 1, 2, "1.200"))),
    Sample("digits-as-text.xlsx", w.rows_changed(cell("Bezetting", 1, 3, " 1000 "))),
    Sample("hidden-row.xlsx", w.book_changed(hide("Bezetting", row=3)), (HIDDEN_ROW,)),
    Sample(
        "hidden-column.xlsx",
        w.book_changed(hide("Bezetting", column="D")),
        ("look.hidden_columns",),
    ),
    Sample(
        "hidden-sheet.xlsx",
        w.book_changed(hide("Groepen", state="hidden")),
        ("look.hidden_sheet",),
    ),
    Sample(
        "very-hidden-sheet.xlsx",
        w.book_changed(hide("Groepen", state="veryHidden")),
        ("look.hidden_sheet",),
    ),
    Sample("filtered.xlsx", w.book_changed(filtered), ("look.filtered_rows",)),
    Sample("merged-title.xlsx", w.book_changed(merged("A1:D1", title=True))),
    Sample("chart.xlsx", w.book_changed(charted)),
    Sample("comment.xlsx", w.book_changed(commented)),
    Sample("macros.xlsm", w.macro_workbook, ("file.left_behind",)),
    # Hand-edited XML.
    Sample("no-dimension.xlsx", w.sheets_changed(rb"<dimension[^>]*/>", b"")),
    Sample(
        "wrong-dimension.xlsx", w.sheets_changed(rb"<dimension[^>]*/>", b'<dimension ref="A1"/>')
    ),
    Sample("no-addresses.xlsx", w.sheets_changed(rb'<(row|c) r="[A-Z]*\d+"', rb"<\1")),
    Sample("prefixed.xlsx", w.parts_changed(w.prefixed, w.by_openpyxl)),
    Sample("number-with-exponent.xlsx", w.sheets_changed(rb"<v>1000</v>", b"<v>1.0E3</v>")),
    Sample(
        "text-in-place.xlsx",
        w.sheets_changed(
            rb'<c r="D2"[^>]*><v>1000</v></c>',
            b'<c r="D2" t="inlineStr"><is><r><t>1</t></r><r><t>000</t></r></is></c>',
        ),
    ),
    Sample(
        "formula-with-result.xlsx",
        w.sheets_changed(rb"(<c r=\"D2\"[^>]*>)<v>1000</v>", rb"\1<f>500+500</f><v>1000</v>"),
    ),
    Sample(
        "date-as-iso-cell.xlsx",
        w.sheets_changed(
            rb'<c r="A2"([^>]*?)(?: t="n")?><v>\d+</v></c>(?=<c r="B2")',
            rb'<c r="A2"\1 t="d"><v>2026-06-30</v></c>',
        ),
    ),
)

FAULTY = (
    Sample("two-tables-below.xlsx", w.rows_changed(two_below), ("rows.two_tables",)),
    Sample(
        "another-table-below.xlsx",
        w.rows_changed(other_table_below),
        ("rows.two_tables",),
    ),
    Sample("side-by-side.xlsx", w.rows_changed(side_by_side), ("finding.column_twice",)),
    Sample(
        "two-sheets-alike.xlsx",
        w.rows_changed(lambda rows: rows.update({"Occupancy": rows["Bezetting"]})),
        ("finding.sheet_twice",),
    ),
    Sample(
        "merged-cells.xlsx",
        w.book_changed(merged("B2:B3")),
        ("rows.merged", "finding.empty_cell"),
        differs=ONE,
    ),
    Sample(
        "ambiguous-number.xlsx",
        w.rows_changed(cell("Locaties", 1, 5, "1.200")),
        ("value.two_numbers",),
        differs=("locations",),
    ),
    Sample(
        "ambiguous-whole-number.xlsx",
        w.rows_changed(cell("Bezetting", 1, 3, "1.000")),
        ("value.two_numbers",),
        differs=ONE,
    ),
    Sample(
        "ambiguous-day.xlsx",
        w.rows_changed(days("03-04-2026", "03-04-2026")),
        ("value.two_dates",),
        differs=ONE,
    ),
    Sample(
        "error-cell.xlsx",
        w.rows_changed(cell("Bezetting", 1, 3, "#N/A")),
        ("value.cell_error",),
        differs=ONE,
    ),
    Sample(
        "not-calculated.xlsx",
        w.rows_changed(cell("Bezetting", 1, 3, "=500+500")),
        ("value.uncalculated",),
        differs=ONE,
    ),
    Sample(
        "single-persons.xlsx",
        w.rows_changed(lambda rows: rows.update({"Lijst": [["V-nummer"], ["x"]]})),
        ("finding.persons",),
    ),
    Sample(
        "entity.xlsx",
        w.sheets_changed(rb"^", b'<!DOCTYPE a [<!ENTITY b "c">]>'),
        unusable="file.damaged",
    ),
    Sample("no-workbook.xlsx", w.whole(b"PK\x03\x04 and nothing"), unusable="file.damaged"),
    Sample(
        "words.doc",
        w.whole(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        unusable="file.old_excel",
    ),
)

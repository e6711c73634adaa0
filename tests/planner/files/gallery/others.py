"""Files of other kinds in the gallery: text files, and what LibreOffice wrote."""

from __future__ import annotations

from tests.planner.files.gallery import writers as w
from tests.planner.files.gallery.rows import HIDDEN_ROW, NOTE, ONE, TOTAL, Sample


def named(lines: list[list[object]]) -> None:
    """Add a column of names with letters that each character set writes in its own way."""
    for line, name in zip(lines, ("Coördinator", "Zoë", "André"), strict=True):
        line.append(name)


def first_named(lines: list[list[object]]) -> None:
    """Add a column of names that only the first row below the titles fills."""
    lines[0].append("Coördinator")
    lines[1].append("Zoë")


TEXT = (
    Sample("Bezetting.csv", w.text_file("Bezetting", ";"), ("file.csv",), ONE),
    Sample("export 3.csv", w.text_file("Bezetting", ","), ("file.csv",), ONE),
    Sample("bezetting.tsv", w.text_file("Bezetting", "\t"), ("file.csv",), ONE),
    Sample("stand.txt", w.text_file("Bezetting", "|"), ("file.csv",), ONE),
    Sample("decimal-comma.csv", w.text_file("Locaties", ";"), ("file.csv",), ("locations",)),
    Sample(
        "decimal-point.csv",
        w.text_file("Locaties", ",", decimal="."),
        ("file.csv",),
        ("locations",),
    ),
    Sample("utf-16.csv", w.text_file("Bezetting", "\t", encoding="utf-16"), ("file.csv",), ONE),
    Sample(
        "with-mark.csv", w.text_file("Bezetting", ";", encoding="utf-8-sig"), ("file.csv",), ONE
    ),
    Sample(
        "named-separator.csv", w.text_file("Bezetting", ";", first="sep=;\r\n"), ("file.csv",), ONE
    ),
    Sample(
        "windows.csv",
        w.text_file(
            "Bezetting",
            ";",
            encoding="cp1252",
            change=first_named,
        ),
        ("file.csv", "finding.column_unknown"),
        ONE,
    ),
    Sample(
        "title-and-total.csv",
        w.text_file(
            "Bezetting",
            ";",
            first="Stand 30 juni\r\n\r\n",
            change=lambda lines: lines.append(["Totaal", "", "", 1040]),
        ),
        ("file.csv", TOTAL),
        ONE,
    ),
    Sample(
        "quoted.csv",
        w.whole(
            b'"Peildatum";"Locatie";"Groep";"Personen"\n"2026-06-30";"L1";"men";"1000"\n'
            b'"2026-06-30";"L2";"men";"40"\n'
        ),
        ("file.csv",),
        ONE,
    ),
    Sample("open-quote.csv", w.whole(b'Locatie;Groep\n"L1;men\n'), unusable="file.csv_quotes"),
    Sample(
        "prose.csv", w.whole(b"Beste allemaal\nhierbij de cijfers\n"), unusable="file.csv_ragged"
    ),
    Sample(
        "mac.csv",
        w.text_file("Bezetting", ";", encoding="mac_roman", change=named),
        ("file.csv", "finding.column_unknown"),
        ONE,
    ),
    Sample(
        "dos.csv",
        w.text_file("Bezetting", ";", encoding="cp850", change=named),
        ("file.csv", "finding.column_unknown"),
        ONE,
    ),
    Sample(
        "utf-16-without-mark.csv",
        w.text_file("Bezetting", ";", encoding="utf-16-le"),
        ("file.csv",),
        ONE,
    ),
    Sample(
        "error.csv",
        w.text_file("Bezetting", ";", change=lambda lines: lines[1].__setitem__(3, "#N/B")),
        ("file.csv", "value.cell_error"),
        tables=(),
    ),
    Sample("bytes.csv", w.whole(bytes(range(256))), unusable="file.csv_encoding"),
)

# Written by LibreOffice 7.4 from files of the gallery: `python -m tests.planner.files.gallery`.
LIBREOFFICE = (
    Sample("plain.ods", w.kept("plain.ods")),
    Sample("plain.xls", w.kept("plain.xls"), ("file.results_only",)),
    Sample("libreoffice plain.xlsx", w.kept("plain.xlsx")),
    Sample("plain.csv", w.kept("plain.csv"), ("file.csv",), ("locations",)),
    Sample("hidden-row.ods", w.kept("hidden-row.ods"), (HIDDEN_ROW,)),
    Sample("hidden-row.xls", w.kept("hidden-row.xls"), (HIDDEN_ROW, "file.results_only")),
    Sample("hidden-column.ods", w.kept("hidden-column.ods"), ("look.hidden_columns",)),
    Sample("hidden-sheet.ods", w.kept("hidden-sheet.ods"), ("look.hidden_sheet",)),
    Sample("filtered.ods", w.kept("filtered.ods"), ("look.filtered_rows",)),
    Sample("merged-title.ods", w.kept("merged-title.ods")),
    Sample(
        "merged-cells.ods",
        w.kept("merged-cells.ods"),
        ("rows.merged", "finding.empty_cell"),
        differs=ONE,
    ),
    Sample(
        "merged-cells.xls",
        w.kept("merged-cells.xls"),
        ("rows.merged", "finding.empty_cell", "file.results_only"),
        differs=ONE,
    ),
    Sample("notes-below.ods", w.kept("notes-below.ods"), (NOTE,)),
    Sample(
        "error-cell.ods",
        w.kept("error-cell.ods"),
        ("value.cell_error", "file.results_only"),
        differs=ONE,
    ),
    Sample(
        "error-cell.xls",
        w.kept("error-cell.xls"),
        ("value.cell_error", "file.results_only"),
        differs=ONE,
    ),
    Sample("not-calculated.ods", w.kept("not-calculated.ods"), ("file.results_only",)),
    Sample("libreoffice not-calculated.xlsx", w.kept("not-calculated.xlsx")),
    Sample("dates-dutch-text.ods", w.kept("dates-dutch-text.ods")),
    Sample("1904.ods", w.kept("1904.ods")),
    Sample("1904.xls", w.kept("1904.xls"), ("file.results_only",)),
)

"""Saving a book into the workbook it was read from: only what was changed is another."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.losses import NotInPlaceError
from planner.files.reading import read_sheets, read_workbook, sheets_named
from planner.input.book import RawValue
from planner.input.edits import AddRow, DropRow, Edit, SetCell
from tests.planner.files.gallery.rows import rows_to_plan
from tests.planner.files.gallery.writers import by_xlsxwriter, openpyxl_book
from tests.planner.files.libreoffice import saved_by_libreoffice
from tests.planner.files.rich import OWN, write_rich
from tests.planner.files.saving import (
    NAME,
    loaded,
    parts,
    rich_by_libreoffice,
    rich_by_xlsxwriter,
    same_tables,
    saved,
)

BOTH = pytest.mark.parametrize("write", [rich_by_xlsxwriter, rich_by_libreoffice])
Write = Callable[[Path], Path]


@BOTH
def test_a_book_without_edits_is_saved_part_for_part_as_it_was(
    tmp_path: Path, write: Write
) -> None:
    source = write(tmp_path / "in.xlsx")
    saved(source, [], tmp_path / "out.xlsx")
    before, after = parts(source), parts(tmp_path / "out.xlsx")
    assert list(before) == list(after)
    assert before == after


EDITS: list[Edit] = [
    SetCell("locations", 2, "beds", 1300),
    SetCell("locations", 2, "open_until", dt.date(2031, 1, 31)),
    SetCell("locations", 3, "child_suitable", None),
    SetCell("occupancy", 2, "people", 1010.5),
    AddRow("occupancy", 4, {"date": dt.date(2026, 6, 30), "location": "L2", "people": 3}),
    DropRow("forecast", 3),
]


@BOTH
def test_what_was_edited_is_read_again_and_every_other_part_is_byte_for_byte_the_same(
    tmp_path: Path, write: Write
) -> None:
    source = write(tmp_path / "in.xlsx")
    edited, again = saved(source, EDITS, tmp_path / "out.xlsx")
    same_tables(edited, again)
    before, after = parts(source), parts(tmp_path / "out.xlsx")
    others = {
        name
        for name in before
        if not re.match(r"xl/(worksheets/sheet[124]|tables/table1|workbook|calcChain)\.xml", name)
    }
    assert "xl/worksheets/sheet5.xml" in others
    assert {each for each in others if before[each] != after.get(each)} == set()


def untouched(part: bytes) -> bytes:
    """Return a sheet's XML without the cells that hold something, and without its size."""
    part = re.sub(rb"<c [^>]*?(/>|>.*?</c>)", b"", part)
    part = re.sub(rb' spans="[^"]*"', b"", part)
    return re.sub(rb'<dimension ref="[^"]*"/>', b"", part)


@BOTH
def test_around_the_changed_cells_a_sheet_stays_byte_for_byte_the_same(
    tmp_path: Path, write: Write
) -> None:
    source = write(tmp_path / "in.xlsx")
    saved(source, [SetCell("locations", 2, "beds", 1300)], tmp_path / "out.xlsx")
    part = "xl/worksheets/sheet1.xml"
    before, after = parts(source)[part], parts(tmp_path / "out.xlsx")[part]
    assert before != after
    assert untouched(before) == untouched(after)
    cells = re.compile(rb"<c [^>]*?(?:/>|>.*?</c>)")
    changed = [
        (one, two)
        for one, two in zip(cells.findall(before), cells.findall(after), strict=True)
        if one != two
    ]
    assert 1 == len(changed)
    assert b'r="C2"' in changed[0][0]


def seen(path: Path) -> dict[str, object]:
    """Return what openpyxl finds of what the owner put there."""
    workbook: Any = loaded(path)
    page, own = workbook["Locaties"], workbook[OWN]
    return {
        "comment": page["A2"].comment.text,
        "font": (page["A2"].font.bold, page["A2"].font.color.rgb),
        "fill": page["A2"].fill.bgColor.rgb,
        "format": (page["C2"].number_format, page["C2"].border.left.style),
        "link": page["G2"].hyperlink.target,
        "formula": (page["H2"].value, own["B3"].value, own["B4"].value),
        "array": (page["I2"].value.ref, page["I2"].value.text),
        "protected": (page.protection.sheet, page.protection.password),
        "frozen": page.freeze_panes,
        "pictures": (len(page._images), len(page._charts), len(own._charts)),  # noqa: SLF001 - openpyxl has no other list of pictures and charts
        "conditional": sorted(str(each.sqref) for each in page.conditional_formatting),
        "choices": sorted(str(each.sqref) for each in page.data_validations.dataValidation),
        "widths": {at: each.width for at, each in page.column_dimensions.items()},
        "heights": {at: each.height for at, each in page.row_dimensions.items()},
        "printed": (page.print_area, page.oddHeader.left.text, page.page_setup.orientation),
        "merged": sorted(map(str, own.merged_cells.ranges)),
        "hidden": own.row_dimensions[5].hidden,
        "names": {name: each.attr_text for name, each in workbook.defined_names.items()},
        "own names": {name: each.attr_text for name, each in page.defined_names.items()},
        "sheets": [(each.title, each.sheet_state) for each in workbook._sheets],  # noqa: SLF001 - the order of sheets with and without cells
        "title": (workbook.properties.title, workbook.properties.creator),
        "custom": [(each.name, each.value) for each in workbook.custom_doc_props.props],
    }


@BOTH
def test_openpyxl_finds_all_that_the_owner_put_there(tmp_path: Path, write: Write) -> None:
    source = write(tmp_path / "in.xlsx")
    before = seen(source)
    saved(source, EDITS)
    assert before == seen(source)
    assert 1300 == loaded(source)["Locaties"]["C2"].value
    empty = {key for key, value in before.items() if not value}
    assert empty <= {"frozen"}  # LibreOffice keeps no frozen panes where it has no window


def test_a_spreadsheets_own_table_covers_the_rows_that_were_added(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    saved(source, EDITS)
    table = loaded(source)["Bezetting"].tables["Bezettingen"]
    assert "A1:D4" == table.ref
    assert "A1:D4" == table.autoFilter.ref


def test_a_table_of_a_demo_covers_the_rows_that_were_added(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    api.save_book(source, api.open_demo("small"), Language.NL)
    row = read_workbook(source).tables["occupancy"].next_row
    saved(source, [AddRow("occupancy", row, {"people": 1}), AddRow("occupancy", row + 2, {})])
    table = loaded(source)["Bezetting"].tables["Bezetting"]
    assert f"A2:D{row}" == table.ref == table.autoFilter.ref


def test_a_filter_covers_the_rows_that_were_added(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    book = openpyxl_book(rows_to_plan())
    row = len(rows_to_plan()["Bezetting"]) + 1
    book["Bezetting"].auto_filter.ref = f"A1:D{row - 1}"
    book.save(source)
    saved(source, [AddRow("occupancy", row, {"people": 1}), AddRow("occupancy", row + 2, {})])
    page = loaded(source)["Bezetting"]
    assert f"A1:D{row}" == page.auto_filter.ref
    assert f"'Bezetting'!$A$1:$D${row}" in parts(source)["xl/workbook.xml"].decode().replace(
        "Bezetting!", "'Bezetting'!"
    )


def test_formulas_are_calculated_anew_when_the_workbook_is_opened(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    saved(source, [NAME])
    assert b'fullCalcOnLoad="1"' in parts(source)["xl/workbook.xml"]


def test_a_workbook_without_formulas_keeps_its_list_of_sheets_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    by_xlsxwriter(source)
    before = parts(source)
    saved(source, [NAME])
    after = parts(source)
    assert ["xl/worksheets/sheet2.xml"] == [each for each in before if before[each] != after[each]]


def test_libreoffice_opens_what_was_saved(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    saved(source, EDITS)
    if shutil.which("soffice") is None:  # the same file is held against openpyxl above
        return
    text = saved_by_libreoffice(source, "csv", tmp_path).read_text()
    assert "1300" in text.replace(".", "").replace(",", "")


# Cells of every kind, and how they look.


def test_a_day_gets_a_cell_of_days_and_a_number_one_of_numbers(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    edits: list[Edit] = [
        SetCell("locations", 2, "beds", dt.date(2026, 7, 1)),
        SetCell("locations", 2, "open_until", 12),
        SetCell("locations", 3, "open_until", dt.datetime(2026, 7, 1, 12, 30)),  # noqa: DTZ001 - a sheet knows no time zones
    ]
    edited, again = saved(source, edits)
    same_tables(edited, again)
    page = loaded(source)["Locaties"]
    assert "yyyy-mm-dd" == page["C2"].number_format
    assert "thick" == page["C2"].border.left.style or page["C2"].border.left.style  # as it was
    assert 12 == page["D2"].value


def test_days_count_from_where_the_workbook_counts(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx", date_1904=True)
    edits: list[Edit] = [SetCell("locations", 2, "open_until", dt.date(2031, 1, 31))]
    edited, again = saved(source, edits)
    same_tables(edited, again)


@pytest.mark.parametrize(
    "value",
    [
        "=1+1", " spatie ", "regel 1\nregel 2", "a&b<c>\"d'", "é€😀", "", None, True, False, 0, -1,
        0.1 + 0.2, 1e300, 123456789012345678, dt.time(8, 30), "001", "#N/A",
        "regel_x000D_", "_x005F_x000D_", "a\rb", "<r>", "\x01",
    ],
)  # fmt: skip
def test_any_value_comes_back_as_it_was_typed(tmp_path: Path, value: RawValue | None) -> None:
    source = tmp_path / "in.xlsx"
    by_xlsxwriter(source)
    _, again = saved(source, [SetCell("locations", 2, "type", value)])
    there = again.tables["locations"].frame["type"].loc[2]
    assert (type(value or None), value or None) == (type(there), there) or value == there


def test_a_new_row_looks_like_the_one_above_it(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    row: dict[str, Any] = {"code": "L3", "beds": 10, "open_until": dt.date(2030, 1, 1)}
    saved(source, [SetCell("locations", 3, "beds", 81), AddRow("locations", 4, row)])
    page = loaded(source)["Locaties"]
    assert page["D3"].number_format == page["D4"].number_format == "dd-mm-yyyy"


def test_a_formula_that_was_overwritten_is_a_value_and_those_that_shared_it_stay(
    tmp_path: Path,
) -> None:
    source = tmp_path / "in.xlsx"

    def shared(text: bytes) -> bytes:
        first = rb'<c r="C2"><f t="shared" ref="C2:C3" si="0">600*2</f><v>1200</v></c>'
        text = re.sub(rb'<c r="C2"[^>]*><v>1200</v></c>', first, text)
        second = rb'<c r="C3"><f t="shared" si="0"/><v>80</v></c>'
        return re.sub(rb'<c r="C3"[^>]*><v>80</v></c>', second, text)

    by_xlsxwriter(source)
    rewrite(source, "xl/worksheets/sheet1.xml", shared)
    edited, again = saved(source, [SetCell("locations", 2, "beds", 5)])
    same_tables(edited, again)
    page = loaded(source)["Locaties"]
    assert 5 == page["C2"].value
    assert "=600*2" == page["C3"].value


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    held = parts(path)
    assert held[part] != change(held[part])
    held[part] = change(held[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def test_a_formula_over_a_range_gives_way_where_one_of_its_cells_was_overwritten(
    tmp_path: Path,
) -> None:
    source = tmp_path / "in.xlsx"
    by_xlsxwriter(source)

    def array(text: bytes) -> bytes:
        first = rb'<c r="C2"><f t="array" ref="C2:C3">F2:F3*2</f><v>1200</v></c>'
        return re.sub(rb'<c r="C2"[^>]*><v>1200</v></c>', first, text)

    rewrite(source, "xl/worksheets/sheet1.xml", array)
    saved(source, [SetCell("locations", 3, "beds", 5)])
    page = loaded(source)["Locaties"]
    assert [1200, 5] == [page["C2"].value, page["C3"].value]


def test_the_order_of_calculation_is_left_to_be_made_anew(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    by_xlsxwriter(source)
    held = parts(source)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="%s"/></Types>' % kind
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(b"</Types>", override)
    type_ = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relation = b'<Relationship Id="rId99" Type="%s" Target="calcChain.xml"/></Relationships>'
    held["xl/_rels/workbook.xml.rels"] = held["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", relation % type_
    )
    held["xl/calcChain.xml"] = b"<calcChain/>"
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    saved(source, [NAME])
    after = parts(source)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (rb"<(/?)(c|row|v|f|sheetData|worksheet|is|t)(?=[ />])", rb"<\1x:\2"),  # a prefix
        (rb"<c r=\"[A-Z]+\d+\"", rb"<c"),  # cells that do not say where they stand
        (rb" r=\"[A-Z]*\d+\"", rb""),  # nor rows
    ],
)
def test_a_sheet_in_an_unusual_form_is_edited_all_the_same(
    tmp_path: Path, pattern: bytes, by: bytes
) -> None:
    source = tmp_path / "in.xlsx"

    def change(text: bytes) -> bytes:
        text = re.sub(pattern, by, text)
        return (
            text.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=") if b"x:" in by else text
        )

    by_xlsxwriter(source)
    for number in (1, 2, 3):
        part = f"xl/worksheets/sheet{number}.xml"
        rewrite(source, part, whole_prefix if b"x:" in by else change)
    before = read_workbook(source)
    assert "locations" in before.tables
    edits: list[Edit] = [
        SetCell("locations", 2, "beds", 7),
        SetCell("locations", 3, "child_suitable", None),
        AddRow("locations", 5, {"code": "L9", "beds": 4}),
    ]
    edited, again = saved(source, edits)
    same_tables(edited, again)


def whole_prefix(text: bytes) -> bytes:
    text = re.sub(rb"<(/?)([a-zA-Z]+)(?=[ />])", rb"<\1x:\2", text)
    return text.replace(b" xmlns=", b" xmlns:x=")


def test_a_sheet_in_another_encoding_is_edited_all_the_same(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    by_xlsxwriter(source)
    part = "xl/worksheets/sheet1.xml"
    rewrite(source, part, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    edited, again = saved(source, [SetCell("locations", 2, "beds", 7)])
    same_tables(edited, again)


def test_only_the_sheets_that_were_there_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    openpyxl_book(rows_to_plan()).save(path)
    whole = read_sheets(path)[0]
    names = [each.name for each in whole]
    assert whole[1:] == sheets_named(path, names[1:])

    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</row>", b"</ro>"))

    assert whole[1:] == sheets_named(path, names[1:])
    with pytest.raises(UnusableInputError):
        sheets_named(path, names)


def test_a_cell_that_saving_made_another_is_found_beside_a_plan(tmp_path: Path) -> None:
    source, target = tmp_path / "in.xlsx", tmp_path / "plan.xlsx"
    openpyxl_book(rows_to_plan() | {"Eigen": [["Som"], [12]]}).save(source)
    book = read_workbook(source)
    *tables, own = book.sheets
    other = dataclasses.replace(own, cells={**own.cells, (2, 1): 13})
    pretended = dataclasses.replace(book, sheets=(*tables, other))
    with pytest.raises(NotInPlaceError):
        api.save_plan(target, pretended, api.plan(book), Language.NL)
    assert not target.exists()

"""Saving in place whatever the names in the file are short for, and wherever it says so.

openpyxl beside lxml says on each sheet of the list what `r:` is short for, and not above the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.edits import AddRow, Edit, SetCell
from tests.planner.files.gallery.writers import parts_changed
from tests.planner.files.rich import write_rich
from tests.planner.files.saving import NAME, loaded, same_tables, saved

_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Form = Callable[[str, bytes], bytes]


def on_each_sheet(part: str, xml: bytes) -> bytes:
    """Say on each sheet of the list what `r:` is short for."""
    if part != "xl/workbook.xml":
        return xml
    declared = b' xmlns:r="' + _OFFICE + b'"'
    assert declared in xml
    return xml.replace(declared, b"").replace(b"<sheet ", b"<sheet" + declared + b" ")


def of_other_names(part: str, xml: bytes) -> bytes:
    """Give every element of the package a prefix, and what is referred to by id another one."""
    if not part.endswith((".xml", ".rels")):
        return xml
    xml = re.sub(rb"\bxmlns:r=", b"xmlns:naar-het.deel=", xml)
    xml = re.sub(rb"\br:(?=[a-z]+=)", b"naar-het.deel:", xml)
    if b" xmlns=" not in xml:
        return xml
    xml = re.sub(rb"<(/?)([a-zA-Z]+)(?=[ />])", rb"<\1een-naam:\2", xml)
    return xml.replace(b" xmlns=", b" xmlns:een-naam=", 1)


def inside_the_lists(part: str, xml: bytes) -> bytes:
    """Say within the list of sheets, the names and the cell formats anew what they are."""
    if part not in {"xl/workbook.xml", "xl/styles.xml"}:
        return xml
    for name in (b"sheets", b"definedNames", b"cellXfs", b"fonts", b"fills", b"dxfs"):
        whole = re.search(rb"<%b\b.*</%b>" % (name, name), xml, re.DOTALL)
        if whole is not None:
            anew = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1o:", whole[0])
            anew = anew.replace(b"<o:" + name, b"<o:" + name + b' xmlns:o="' + _MAIN + b'"', 1)
            xml = xml.replace(whole[0], anew)
    return xml


FORMS = pytest.mark.parametrize("form", [on_each_sheet, of_other_names, inside_the_lists])


def written(path: Path, form: Form) -> Path:
    parts_changed(form, write_rich)(path)
    return path


@FORMS
def test_edits_and_a_new_sheet_are_saved_and_read_by_others(tmp_path: Path, form: Form) -> None:
    source = written(tmp_path / "in.xlsx", form)
    edits: list[Edit] = [NAME, AddRow("provinces", 2, {"province": "Drenthe"})]
    edited, again = saved(source, edits)
    same_tables(edited, again)
    sheet = loaded(source)["Provincies"]
    assert "Drenthe" in {each.value for row in sheet.iter_rows() for each in row}


@FORMS
def test_a_plan_is_saved_in_the_workbook_and_holds_there(tmp_path: Path, form: Form) -> None:
    source = written(tmp_path / "in.xlsx", form)
    book = read_workbook(source)
    plan = api.plan(book)
    target = tmp_path / "plan.xlsx"
    for _ in range(2):
        api.save_plan(target, book, plan, Language.NL)
        book = read_workbook(target)
    assert () == api.verify(target).breaches
    made: Any = loaded(target)
    assert "Overzicht" == made.sheetnames[0]
    assert "Alleen van mij" == made["Eigen blad"]["A1"].value
    assert "Locaties!$C$2:$C$3" == made["Locaties"].defined_names["Bedden"].attr_text
    heading = next(made["Overzicht"].iter_rows())[0]
    assert heading.font.name == "Arial"
    saved(target, [SetCell("locations", 2, "beds", 1199)])
    assert {"Overzicht", "Samenvatting"}.isdisjoint(loaded(target).sheetnames)


def test_a_hidden_row_is_told_whatever_the_prefix(tmp_path: Path) -> None:
    def hidden(part: str, xml: bytes) -> bytes:
        if part == "xl/worksheets/sheet1.xml":
            xml = xml.replace(b'<row r="3"', b'<row r="3" hidden="1"')
        return of_other_names(part, xml)

    plain = read_workbook(written(tmp_path / "plain.xlsx", of_other_names))
    book = read_workbook(written(tmp_path / "in.xlsx", hidden))
    assert len(book.findings) == len(plain.findings) + 1

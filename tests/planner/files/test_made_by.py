"""Which version wrote a file, and that an older one refuses what came after it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from planner import __version__, api
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.made_by import LAYOUT, LAYOUT_PROPERTY, VERSION_PROPERTY
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from tests.code_reading import ROOT
from tests.planner.files.rich import write_rich

GALLERY = ROOT / "tests" / "files" / "gallery"


def of_layout(source: Path, out: Path, part: str, layout: str) -> None:
    """Copy a plan with another number for its layout."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == part:
                before, mark, after = content.partition(b"Opvangplan layout")
                assert mark
                content = before + mark + after.replace(LAYOUT.encode(), layout.encode(), 1)
            new.writestr(item, content)


@pytest.mark.parametrize(
    ("name", "part"), [("plan.xlsx", "docProps/custom.xml"), ("plan.ods", "meta.xml")]
)
def test_a_plan_of_a_newer_layout_is_refused_and_stays_as_it_is(
    tmp_path: Path, name: str, part: str
) -> None:
    newer, present = tmp_path / f"newer-{name}", tmp_path / name
    of_layout(GALLERY / name, present, part, LAYOUT)
    assert read_workbook(present).sheets
    of_layout(GALLERY / name, newer, part, "9")
    before = newer.read_bytes()
    with pytest.raises(UnusableInputError) as refused:
        read_workbook(newer)
    (finding,) = refused.value.findings
    assert f"layout 9, this version knows {LAYOUT}" in finding.what.text(Language.EN)
    assert "open it with the version that made it" in finding.todo.text(Language.EN)
    assert before == newer.read_bytes()


def test_a_workbook_tells_which_version_wrote_it(tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"
    write_workbook(out, read_workbook(GALLERY / "plain.ods"))
    with zipfile.ZipFile(out) as archive:
        properties = archive.read("docProps/custom.xml").decode()
    assert f'name="{VERSION_PROPERTY}"><vt:lpwstr>{__version__}</vt:lpwstr>' in properties


def test_a_plan_in_a_workbook_with_properties_tells_its_layout_beside_them(tmp_path: Path) -> None:
    source, out = write_rich(tmp_path / "in.xlsx"), tmp_path / "plan.xlsx"
    own = properties_of(source)
    assert own

    for _ in range(2):  # into the input, then over the plan that is there
        book = read_workbook(source)
        api.save_plan(out, book, api.plan(book), Language.NL)
        source = out

    assert sorted([*own, VERSION_PROPERTY, LAYOUT_PROPERTY]) == sorted(properties_of(out))
    newer = tmp_path / "newer.xlsx"
    of_layout(out, newer, "docProps/custom.xml", "9")
    with pytest.raises(UnusableInputError):
        read_workbook(newer)


def properties_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return re.findall(r' name="([^"]*)"', archive.read("docProps/custom.xml").decode())

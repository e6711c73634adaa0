"""Which version wrote a file, and that an older one refuses what came after it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from planner import __version__
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.made_by import LAYOUT, VERSION_PROPERTY
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from tests.code_reading import ROOT

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

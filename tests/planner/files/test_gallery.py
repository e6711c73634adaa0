"""Every file of the gallery reads as it must, or is refused with the right finding."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from planner.core.errors import Finding, UnusableInputError
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.case import parse
from planner.input.typed import read_tables
from tests.planner.files.gallery.forms import FAULTY_FORMS, FORMS
from tests.planner.files.gallery.others import LIBREOFFICE, TEXT
from tests.planner.files.gallery.rows import Sample
from tests.planner.files.gallery.samples import FAULTY, XLSX
from tests.planner.files.gallery.writers import by_openpyxl

GALLERY = (*XLSX, *FAULTY, *FORMS, *FAULTY_FORMS, *TEXT, *LIBREOFFICE)
SHEETS = ("locations", "occupancy", "groups")

# What is said of the case, whichever way it was written.
_OF_THE_CASE = {
    "finding.parameter_default",
    "finding.parameters_default",
    "finding.columns_absent",
    "finding.default_used",
}
_ELSEWHERE = {"finding.sheet_missing"}


def records(path: Path, table: str) -> list[object]:
    return [each.record for each in read_tables(read_workbook(path))[0].rows(table)]


def keys(path: Path) -> set[str]:
    book = read_workbook(path)
    findings = (*book.findings, *parse(book).findings)
    assert worded(findings)
    return {each.what.key for each in findings if not each.what.key.startswith("check.")}


def worded(findings: Iterable[Finding]) -> bool:
    """Whether every finding says in both languages what it is about."""
    return not any("{" in each.line(language) for each in findings for language in Language)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gallery") / "plain.xlsx"
    by_openpyxl(path)
    return path


def test_the_gallery_is_large_enough_and_names_no_file_twice() -> None:
    names = [each.name for each in GALLERY]

    assert len(names) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("sample", GALLERY, ids=lambda each: each.name)
def test_a_file_reads_as_it_must(sample: Sample, plain: Path, tmp_path: Path) -> None:
    path = tmp_path / sample.name
    sample.write(path)
    if sample.unusable:
        with pytest.raises(UnusableInputError) as caught:
            read_workbook(path)
        assert worded(caught.value.findings)
        assert [sample.unusable] == [each.what.key for each in caught.value.findings]
        return

    assert set(sample.finds) == keys(path) - _OF_THE_CASE - _ELSEWHERE
    for table in SHEETS:
        same = records(plain, table) == records(path, table)
        assert (table in sample.tables and table not in sample.differs) is same, table

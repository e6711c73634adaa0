"""Faults in thousands: the first are told one by one, the others as a count."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.files.reading import read_workbook
from planner.input.case import parse
from planner.input.finding_limit import MOST_TOLD
from tests.planner.files.gallery.rows import DAY, plain_rows
from tests.planner.files.gallery.writers import openpyxl_book

ROWS = MOST_TOLD + 50


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ([DAY, "L1", "men", "veel"], "value.not_number"),
        ([DAY, "L1", "men", None], "finding.empty_cell"),
        ([DAY, "L9", "men", 1], "finding.unknown_name"),
    ],
)
def test_the_first_of_a_kind_are_told_and_the_others_counted(
    tmp_path: Path, line: list[object], fault: str
) -> None:
    rows = plain_rows()
    # A column in which something is filled in: one that nobody filled in is told once.
    rows["Bezetting"][1:] = [[DAY, "L1", "men", 1], *(list(line) for _ in range(ROWS))]
    path = tmp_path / "in.xlsx"
    openpyxl_book(rows).save(path)

    result = parse(read_workbook(path))

    found = [each for each in result.findings if each.what.key == fault]
    more = [each for each in result.findings if each.what.key == "finding.more_of_same"]
    assert MOST_TOLD == len(found)
    assert ROWS - MOST_TOLD in [dict(each.what.fields)["count"] for each in more]
    assert {("Bezetting", "error")} == {(each.sheet, each.severity.value) for each in more}
    assert result.case is None

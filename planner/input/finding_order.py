"""The order in which findings are told: the cell that others follow from goes first.

A wrong number of beds makes the people who live there too many and the DOL part too large. So a
question about a cell goes before the errors about the same location, group, stream or parameter;
what cannot be read goes before what does not fit with it; and what was filled in, or is only good
to know, comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from planner.core.errors import Finding, Severity
from planner.input.column import ColumnType
from planner.input.records import table
from planner.input.typed import TypedTables

SUSPICIOUS = "suspicious."
# What the program did with the file, and what past counts are for: nothing is wrong with a cell.
_NOTES = ("finding.default_used", "finding.columns_absent", "check.past_count")
# What is wrong with a cell by itself, so that what else is told may follow from it.
_READ = ("finding.", "value.", "check.two_dates")
_EITHER = frozenset({"finding.unknown_name", "finding.duplicate"})
# Parameters hold for whatever these sheets say.
_BY_PARAMETERS = frozenset({"parameters", "streams", "stages", "groups"})
# Columns with names that stand in one row's other columns too, and on other sheets.
_NAMES = frozenset({ColumnType.IDENTIFIER, ColumnType.LIST})
# Many rows share these without having to do with one another.
_SHARED = frozenset({"province", "region", "scenario"})


class _Rank(IntEnum):
    """Which finding goes before which."""

    UNREADABLE = 0
    CAUSE = 1
    ERROR = 2
    QUESTION = 3
    REMARK = 4
    NOTE = 5


def in_order_of_cause(typed: TypedTables, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, first those that others follow from; otherwise in the order given."""
    found = list(findings)
    errors = [each for each in found if each.severity is Severity.ERROR]
    return sorted(found, key=lambda each: _rank(typed, each, errors))


def _rank(typed: TypedTables, finding: Finding, errors: list[Finding]) -> _Rank:
    if finding.what.key.startswith(SUSPICIOUS):
        about = _names(typed, finding)
        follows = any(_is_about(typed, each, finding, about) for each in errors)
        return _Rank.CAUSE if follows else _Rank.QUESTION
    if finding.severity is Severity.ERROR:
        unreadable = finding.what.key.startswith(_READ) and finding.row is not None
        # Of two rows one is wrong, or a name that is right here is missing on the other sheet.
        unreadable = unreadable and finding.what.key not in _EITHER
        return _Rank.UNREADABLE if unreadable else _Rank.ERROR
    return _Rank.NOTE if finding.what.key.startswith(_NOTES) else _Rank.REMARK


def _is_about(typed: TypedTables, error: Finding, question: Finding, about: frozenset[str]) -> bool:
    """Whether an error is about the row, or about what stands in the row, of a question."""
    if error.table == question.table and error.row == question.row:
        return True
    if question.table == "parameters" and error.table in _BY_PARAMETERS:
        return True
    return bool(about & _names(typed, error))


def _names(typed: TypedTables, finding: Finding) -> frozenset[str]:
    """Return the locations, groups and streams that a finding is about."""
    named = {str(value) for key, value in finding.what.fields if key in {"name", "names"}}
    if not finding.table or finding.row is None:
        return frozenset(named)
    frame = typed.book.frame(finding.table)
    if finding.row not in frame.index:
        return frozenset(named)
    for column in table(finding.table).columns:
        if column.holds in _NAMES and column.key not in _SHARED and column.key in frame.columns:
            cell = frame.at[finding.row, column.key]
            if isinstance(cell, str):
                named.update(part.strip() for part in cell.split(";"))
    return frozenset(named - {""})

"""The colour of a group in a chart: by the ground on which it has its place.

Applicants have the blues of regular places and who awaits a transfer the purples of DOL; who is
there by national law has greens. Orange and red are left to emergency reception and shortfalls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.input.kinds import Ground
from planner.input.values import UnreadableValueError, read_value
from ui.charts.by_month import Hue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.input.book import RawValue, TableSheet
    from planner.input.column import Column

HUES = {
    Ground.APPLICANT: Hue.REGULAR,
    Ground.NATIONAL: Hue.NATIONAL,
    Ground.TRANSFER: Hue.DOL,
}
ORDER = tuple(HUES.values())  # from the axis up


def group_hues(groups: TableSheet | None) -> Mapping[str, Hue]:
    """Return the hue of each group on its sheet; who is told of no further is an applicant."""
    if groups is None or not {"group", "ground"} <= set(groups.frame.columns):
        return {}
    columns = {each.key: each for each in groups.table.columns}
    found = {}
    for name, ground in zip(groups.frame["group"], groups.frame["ground"], strict=True):
        kept = _read(columns["ground"], ground)
        found[str(_read(columns["group"], name))] = HUES[
            kept if isinstance(kept, Ground) else Ground.APPLICANT
        ]
    return found


def _read(column: Column, raw: RawValue | None) -> object:
    """Return a cell's value; nothing for a slip, of which the table itself tells."""
    try:
        return read_value(column, raw)
    except UnreadableValueError:
        return None


def hue_of(hues: Mapping[str, Hue], group: str) -> Hue:
    """Return the hue of a group; that of applicants where it is not on the sheet."""
    return hues.get(group, Hue.REGULAR)

"""What the selected cells of a table come to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.input.column import ColumnType
from ui.tables import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.tables.frame_model import FrameModel
    from ui.words import Words

COUNTED = (*cells.NUMERIC, ColumnType.ANY)


def said_of(model: FrameModel, blocks: Sequence[tuple[range, Sequence[int]]], words: Words) -> str:
    """Say count, sum and mean of selected cells; only the count where there is no number.

    Blocks are rows and columns as they are shown. Columns that hold no numbers are counted alone,
    so that a whole sheet of 20,000 rows can be selected.
    """
    count = sum(len(rows) * len(columns) for rows, columns in blocks)
    values = (
        model.cell(row, column)
        for rows, columns in blocks
        for column in columns
        if model.columns[column].holds in COUNTED
        for row in rows
    )
    numbers = [
        each
        for each in values
        if isinstance(each, int | float) and not isinstance(each, bool) and not cells.is_empty(each)
    ]
    if not numbers:
        return words.say("tables.selected", count=count)
    total = sum(numbers)
    return words.say(
        "tables.sums",
        count=count,
        numbers=len(numbers),
        total=words.number(total, None),
        mean=words.number(total / len(numbers), None),
    )


def said_of_paste(model: FrameModel, columns_lost: int, rows_added: int, words: Words) -> str:
    """Say before a paste what a user may not see of it; nothing where all of it is in view."""
    if columns_lost:
        return words.say("tables.columns_lost", count=columns_lost)
    narrowed = model.rowCount() < model.total
    return words.say("tables.rows_added", count=rows_added) if rows_added and narrowed else ""

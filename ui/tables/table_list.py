"""The list of tables: each with its number of rows, and a mark where something was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QListWidget

    from planner.input.column import Table
    from ui.theme import Theme
    from ui.words import Words


def show_tables(
    shown: QListWidget,
    rows: Mapping[Table, int],
    findings: Sequence[Finding],
    *,
    words: Words,
    theme: Theme,
) -> None:
    """Word the lines of a list that has one for each table, in the order of `rows`."""
    for at, (table, count) in enumerate(rows.items()):
        found = [each for each in findings if each.table == table.key]
        errors = sum(each.severity is Severity.ERROR for each in found)
        item = shown.item(at)
        key = "tables.item_errors" if errors else "tables.item"
        title = words.title(table.title)
        item.setText(words.say(key, title=title, rows=count, count=errors))
        if errors:
            item.setIcon(theme.mark("error", theme.colours.error))
        elif found:
            item.setIcon(theme.mark("remark", theme.colours.remark))
        else:
            item.setIcon(theme.mark("template", theme.colours.muted))

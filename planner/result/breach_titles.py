"""What does not hold in a plan, with what it names called as it is on the sheets.

The second count knows rules, levels and columns by their keys only; a reader knows their titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from planner.core.texts import Text, catalogue, message
from planner.input.kinds import Pinned, PlaceKind
from planner.model.measures import COST_PARTS
from planner.model.rules import RULES
from planner.sheets.result_tables import RESULT_TABLES, LevelName
from planner.verify import Breach

# The result sheet that a check is about, where its sentence does not name one.
_TABLE_OF = {"runoff": "runoff", "dol_figures": "dol"}


def titled(each: Breach) -> Breach:
    """Return a breach with what its sentence names called by its title."""
    given = dict(each.what.fields)
    fields = {name: _called(name, value) for name, value in given.items()}
    table, column = given.get("table", _TABLE_OF.get(each.check)), given.get("column")
    if isinstance(table, str) and table in RESULT_TABLES and isinstance(column, str):
        fields["column"] = _columns(table).get(column, column)
    return replace(each, what=message(each.what.key, **fields))


def _called(field: str, value: object) -> object:
    """Return the title of what a field names; a value that has none as it is."""
    if isinstance(value, tuple):
        return tuple(_called(field, one) for one in value)
    return _titles().get(field, {}).get(value, value) if isinstance(value, str) else value


@cache
def _titles() -> Mapping[str, Mapping[str, Text]]:
    """Return the titles by field, then by key."""
    levels = {each.value: each.label for each in LevelName}
    kinds = {each.value: each.label for each in PlaceKind}
    children = {f"children.{key}": title for key, title in _columns("children").items()}
    checks = _worded("beside.", ".title")
    questions = _worded("questions.", "")
    limits = {
        f"{key}.limit": message("verify.limit_of", figure=title).both
        for key, title in {**checks, **questions}.items()
    }
    return {
        "rule": {each.name: each.title for each in RULES},
        "level": levels,
        "told_level": levels,
        "order": levels,
        "told_order": levels,
        "decision": {each.value: each.label for each in Pinned},
        "where": {**kinds, **{each.name: each.title for each in COST_PARTS}},
        "part": _columns("shortfalls"),
        "table": {key: table.title for key, table in RESULT_TABLES.items()},
        "check": checks,
        "question": questions,
        "figure": {
            **children,
            **checks,
            **questions,
            **limits,
            **{f"questions.{key}": title for key, title in questions.items()},
        },
    }


def _worded(before: str, after: str) -> Mapping[str, Text]:
    """Return the texts whose keys begin and end so, by what stands between."""
    return {
        key.removeprefix(before).removesuffix(after): text
        for key, text in catalogue().items()
        if key.startswith(before) and key.endswith(after)
    }


def _columns(table: str) -> Mapping[str, Text]:
    """Return what the columns of a result sheet are called on it, by key."""
    declared = RESULT_TABLES[table]
    return {each.key: each.title for each in (*declared.columns, *declared.planned)}

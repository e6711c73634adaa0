"""Rows of rules and cells of the input as they are shown to whoever asks what lies behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum

from planner.core.display_names import called
from planner.core.over_months import COUNTED
from planner.core.texts import Language, Text, message, show_month
from planner.explain.origins.trace import TERMS, InputCell, Tracer
from planner.explain.solved import Solved
from planner.input.kinds import PlaceKind
from planner.input.parameters import supplied
from planner.input.records import table
from planner.model.algebra import Sense
from planner.model.build import RuleRow
from planner.result.queries import OF_RULE, CellShown, Figure, RowShown, RuleShown

# Cells of one rule that are told, and rows.
CELLS = 40
ROWS = 8


def shown_rule(
    solved: Solved, rows: Sequence[RuleRow], cells: Sequence[CellShown] = ()
) -> RuleShown:
    """Return a rule with its tightest rows first, and the cells they came from."""
    rule = rows[0].rule
    tightest = sorted(rows, key=solved.room)[:ROWS]
    return RuleShown(
        title=rule.title,
        sentence=rule.sentence,
        source=rule.source.label,
        rows=tuple(shown_row(solved, each) for each in tightest),
        count=len(rows),
        cells=tuple(cells[:CELLS]),
        more_cells=max(len(cells) - CELLS, 0),
    )


def shown_row(solved: Solved, each: RuleRow) -> RowShown:
    """Return a row with how much of how much is used.

    What the left side takes off counts as size, such as places in use that people take up.
    """
    row, room = each.row, solved.room(each)
    size = row.limit
    if row.sense is Sense.AT_MOST:
        values = ((float(share), column) for column, share in row.left.items())
        size += fsum(-share * solved.value(column) for share, column in values if share < 0)
    used = size - room if row.sense is Sense.AT_MOST else size + room
    return RowShown(
        about=_about(each),
        sense=row.sense.value,
        used=used,
        size=size,
        room=room,
        unit=message(f"unit.{each.rule.unit}").both,
        figure=row_figure(each),
        counted=each.rule.unit in COUNTED,
    )


def row_figure(each: RuleRow) -> Figure:
    """Return the figure that asks for a row's cells."""
    key = each.row.key
    return Figure(
        OF_RULE,
        rule=each.rule.name,
        location=key.location,
        group=key.group,
        kind=str(key.kind),
        month=key.month,
        province=key.province,
        region=key.region,
    )


def _about(each: RuleRow) -> Text:
    """Return what a row is about in both languages: place, group, kind of place, month."""
    key = each.row.key
    names = [part for part in (key.location, key.province, key.region) if part]
    group = [called(key.group)] if key.group else []
    words = {}
    for language in Language:
        kind = [PlaceKind[str(key.kind).upper()].label.in_(language)] if key.kind else []
        month = [] if key.month is None else [show_month(key.month, language)]
        words[language] = " · ".join(
            [*names, *(each.in_(language) for each in group), *kind, *month]
        )
    national = message("why.national").both
    return Text(words[Language.NL] or national.nl, words[Language.EN] or national.en)


# Cells that say most about a row come first: a limit agreed on, the place itself, a norm.
_FIRST = ("ceilings", "locations", "parameters", "provinces", "forecast", "inflow", "occupancy")


def shown_cells(tracer: Tracer, cells: Iterable[InputCell], rule: str = "") -> list[CellShown]:
    """Return cells once each, those that say most first; the names of rows are left out.

    A rule's own limit says most of what its rows rest on.
    """
    own = tracer.limiting.get(rule, frozenset())
    found = [each for each in dict.fromkeys(cells) if not _is_name(each)]
    found.sort(key=lambda each: ((each.table, each.column) not in own, *_rank(each)))
    return [shown_cell(tracer, each) for each in found]


def _is_name(cell: InputCell) -> bool:
    return table(cell.table).column(cell.column).is_key


def _rank(cell: InputCell) -> tuple[bool, int, bool]:
    """Return what puts one cell before another: in the workbook, its table, no mere term."""
    at = _FIRST.index(cell.table) if cell.table in _FIRST else len(_FIRST)
    return (cell.spot is None, at, cell.column in TERMS and cell.column != "beds")


def shown_cell(tracer: Tracer, cell: InputCell) -> CellShown:
    """Return a cell with its title, its place and what stands in it.

    Where the cell is empty or not in the workbook, the value is what the plan was made with.
    """
    spot = cell.spot
    value = None if spot is None else tracer.book.cell(spot.table, spot.row, spot.column)
    if value is None:
        value = _planned_with(tracer.solved, cell)
    if spot is None:
        return CellShown("", _title(cell), value)
    return CellShown(spot.place, _title(cell), value, spot.table, spot.row, spot.column)


def _planned_with(solved: Solved, cell: InputCell) -> object:
    """Return the value that a plan was made with for a cell that is empty."""
    case, name = solved.case, cell.key[0]
    if cell.table == "parameters":
        known = case.parameters.by_name.get(name)
        return None if known is None else known.value
    records = {"locations": case.locations, "groups": case.groups, "provinces": case.provinces}
    record = records.get(cell.table, {}).get(name)
    return None if record is None else getattr(record, table(cell.table).column(cell.column).field)


def _title(cell: InputCell) -> Text:
    """Return what a cell is called: its column, and the row it stands in."""
    if cell.table == "parameters" and cell.key[0] in supplied():
        return supplied()[cell.key[0]].title
    declared = table(cell.table)
    title = declared.column(cell.column).title
    parts = (title, *map(called, cell.key))
    return Text(" · ".join(each.nl for each in parts), " · ".join(each.en for each in parts))

"""What lies behind a figure of a plan: its rules with their rows, and the cells they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from planner.core.texts import message
from planner.explain.figures import limits
from planner.explain.origins.row_words import CELLS, shown_cells, shown_rule
from planner.explain.origins.trace import InputCell, Tracer
from planner.explain.solved import NOTHING, Solved
from planner.explain.wording.choices import CHOSEN_BY
from planner.model.build import RuleRow
from planner.result.queries import OF_RULE, Behind, Figure

# Rows of one rule of which the cells are looked up; those of the others are the same in kind.
ROWS_READ = 24
# The decisions of a result table and those of the explanation by the cells they hang on.
DECIDED_BY: Mapping[str, tuple[str, ...]] = {
    **CHOSEN_BY,
    "prepare_dol": CHOSEN_BY["dol"],
    "close_early": ("open_until", "beds", "fixed_cost_month", "cost_per_bed_month"),
}


def behind(tracer: Tracer, figure: Figure) -> Behind:
    """Return what lies behind a figure, the rule with the least room first.

    `told` says why nothing can be named where that is so.
    """
    by_rule: dict[str, list[RuleRow]] = defaultdict(list)
    for each in _rows(tracer, figure):
        by_rule[each.rule.name].append(each)
    solved = tracer.solved
    rules = []
    for rows in sorted(by_rule.values(), key=lambda rows: _tightness(solved, rows)):
        tightest = sorted(rows, key=solved.room)[:ROWS_READ]
        cells = shown_cells(tracer, _cells_of(tracer, tightest), rows[0].rule.name)
        rules.append(shown_rule(solved, rows, cells))
    own = tuple(dict.fromkeys(_own_cells(tracer, figure)))
    nothing = None if rules or own else message("why.no_rows")
    more = max(len(own) - CELLS, 0)
    return Behind(figure, tuple(rules), tuple(shown_cells(tracer, own[:CELLS])), more, nothing)


def _rows(tracer: Tracer, figure: Figure) -> Sequence[RuleRow]:
    """Return the rows behind a figure, by the table that it stands in."""
    find: Callable[[Tracer, Figure], Sequence[RuleRow]] = {
        "placement": _of_placement,
        "shortfalls": _of_rule,
        "explanation": _of_rule,
        OF_RULE: _of_rule,
        "levels": _of_level,
    }.get(figure.table, _of_table)
    return find(tracer, figure)


def _of_placement(tracer: Tracer, figure: Figure) -> Sequence[RuleRow]:
    if figure.month is None or not figure.kind:
        return ()
    return tracer.placement(figure.location, figure.group, figure.kind, figure.month)


def _of_rule(tracer: Tracer, figure: Figure) -> Sequence[RuleRow]:
    """Return the rows of a rule by its name or title; a limit's own rows where it has none."""
    for name, rows in tracer.solved.by_rule.items():
        if figure.rule in {name, rows[0].rule.title.nl, rows[0].rule.title.en}:
            return _about(tracer, name, figure)
    return ()


def _about(tracer: Tracer, rule: str, figure: Figure) -> Sequence[RuleRow]:
    """Return the rows of a rule about what a figure is about.

    Parts of a figure that the rule knows nothing of are left out of account.
    """
    rows = tracer.solved.by_rule.get(rule, ())
    known = rows[0].row.key if rows else None
    wanted = {
        name: getattr(figure, name)
        for name in ("location", "group", "month", "province", "region")
        if known is not None and getattr(known, name)
    }
    found = tracer.rows(rule, **wanted)
    return [each for each in found if figure.kind in {"", str(each.row.key.kind)}] or found


def _of_level(tracer: Tracer, figure: Figure) -> Sequence[RuleRow]:
    """Return the rows that fall short at a level."""
    solved = tracer.solved
    return [
        each
        for each in solved.problem.rows
        if each.rule.level == figure.level and solved.room(each) < -NOTHING
    ]


def _of_table(tracer: Tracer, figure: Figure) -> Sequence[RuleRow]:
    """Return the rows of the rules that bear on a table, where its rows do not name one."""
    shown = {figure.table}
    if figure.table == "decisions" and figure.decision == "prepare_dol":
        shown.add(figure.decision)
    return [
        each
        for name, rows in tracer.solved.by_rule.items()
        if shown.intersection(rows[0].rule.bears_on)
        for each in _about(tracer, name, figure)
    ]


def _tightness(solved: Solved, rows: Sequence[RuleRow]) -> float:
    """Return how tight the tightest of a rule's rows is: its room, as a part of its limit."""
    return min(solved.room(each) / max(abs(each.row.limit), 1.0) for each in rows)


def _cells_of(tracer: Tracer, rows: Sequence[RuleRow]) -> Iterator[InputCell]:
    for each in rows:
        yield from tracer.cells(each)


def _own_cells(tracer: Tracer, figure: Figure) -> Iterator[InputCell]:
    """Yield the cells of a figure that no rule reads: the run-off's, a decision's, a limit's."""
    if figure.table == "runoff" and figure.month is not None:
        yield from _some_of_each(tracer.runoff(figure.month))
    decided = figure.decision or figure.sort
    if decided in DECIDED_BY and figure.location:
        for column in DECIDED_BY[decided]:
            yield tracer.named("locations", (figure.location,), column)
    elif figure.sort:
        yield from _cells_of_limit(tracer, figure)


def _some_of_each(cells: Sequence[InputCell]) -> Iterator[InputCell]:
    """Yield as many cells as are told, some of every column, and then the others."""
    columns: dict[tuple[str, str], list[InputCell]] = defaultdict(list)
    for each in cells:
        columns[each.table, each.column].append(each)
    told = max(CELLS // max(len(columns), 1), 1)
    for mine in columns.values():
        yield from mine[:told]
    for mine in columns.values():
        yield from mine[told:]


def _cells_of_limit(tracer: Tracer, figure: Figure) -> Iterator[InputCell]:
    for limit in limits(tracer.solved):
        if (limit.sort, limit.subject) == (figure.sort, figure.subject):
            for table, key, column in limit.cells:
                if table != "forecast":
                    yield tracer.named(table, (key,), column)

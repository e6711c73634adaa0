"""What a figure comes from: the parts it is added up from, each again to its own, and its cells.

A level leads to its rules, then to places and months, then to the row of the rule; the cost to its
parts; a figure of the overview to the rows of its table; a check to what it was reckoned from.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.core.display_names import called
from planner.core.texts import Text, message, month_words
from planner.explain.origins.added_checks import counted
from planner.explain.origins.contributions import Contribution, of_level, of_measure, only
from planner.explain.origins.provenance import behind
from planner.explain.origins.recording_case import Read, recording, recording_choices
from planner.explain.origins.row_words import CELLS, shown_cells
from planner.explain.origins.trace import InputCell, Tracer
from planner.input.kinds import PlaceKind
from planner.model.algebra import Key
from planner.model.measures import COST_PARTS, MEASURES, Measure
from planner.result.applies import rules_here
from planner.result.checks import CHECKS, Absent, check_words
from planner.result.plan import Plan
from planner.result.queries import SUM, Behind, Figure, PartShown, Sum
from planner.result.sentences import level_titles, summary_figure, unit_text
from planner.result.sums import SUMS

# So many parts are shown one by one, the largest first; the others as one.
MOST = 12
# What parts are told apart by, the first in which they differ.
DIMENSIONS = ("rule", "location", "province", "region", "group", "kind", "month")
_BY_NAME: Mapping[str, Measure] = {each.name: each for each in (*MEASURES, *COST_PARTS)}


@dataclass(frozen=True)
class _Added:
    """A figure before it is shown: its title, its own value and unit, and all of its parts."""

    title: Text
    value: float
    unit: str
    parts: tuple[Contribution, ...]


def origin(tracer: Tracer, plan: Plan, figure: Figure) -> Behind:
    """Return what a figure of a plan comes from; `told` says why nothing can be named."""
    if figure.table == "checks":
        return _of_check(tracer, plan, figure)
    asked = _asked(plan, figure)
    if asked is None:
        return Behind(figure, (), told=message("why.no_figure"))
    added = _added(tracer, plan, asked)
    if added is None:
        return behind(tracer, figure)
    cells = shown_cells(tracer, _cells_of_measure(tracer, asked))
    short = asked == Figure("levels", level=asked.level)
    return Behind(
        figure,
        behind(tracer, asked).rules if short else (),
        tuple(cells[:CELLS]),
        max(len(cells) - CELLS, 0),
        None if added.parts else message("why.nothing_added"),
        _shown(tracer, asked, added),
    )


def _asked(plan: Plan, figure: Figure) -> Figure | None:
    """Return the figure that a line of a sheet tells; `None` where it is no figure at all."""
    if figure.table == "summary":
        return summary_figure(plan, figure.sort)
    if figure.table == "reporting":
        return Figure(SUM, sort="emergency", month=figure.month)
    return figure


def _added(tracer: Tracer, plan: Plan, figure: Figure) -> _Added | None:
    """Return a figure with its parts, those of what it is narrowed to; `None` for no sum."""
    whole = _whole(tracer, plan, figure)
    if whole is None:
        return None
    asked = [name for name in DIMENSIONS if getattr(figure, name)]
    if figure.table == SUM:
        asked = [name for name in asked if name != "month"]
    kept = tuple(
        part
        for part in whole.parts
        if all(_of(part, name) == getattr(figure, name) for name in asked)
    )
    if not asked:
        return replace(whole, parts=kept)
    return replace(whole, value=math.fsum(part.amount for part in kept), parts=kept)


def _whole(tracer: Tracer, plan: Plan, figure: Figure) -> _Added | None:
    """Return a figure with every part it is added up from."""
    solved = tracer.solved
    if figure.table == "levels":
        level = next((each for each in plan.levels if each.name == figure.level), None)
        if level is not None:
            parts = tuple(of_level(solved, level.name))
            return _Added(level_titles()[level.name], level.value, level.unit, parts)
    elif figure.table == "measures" and figure.sort in plan.measures:
        measure, quantity = _BY_NAME[figure.sort], plan.measures[figure.sort]
        parts = tuple(of_measure(solved, measure))
        return _Added(measure.title, quantity.value, quantity.unit, parts)
    elif figure.table == SUM and figure.sort in SUMS:
        return _of_sum(plan, figure)
    return None


def _of_sum(plan: Plan, figure: Figure) -> _Added:
    """Return a sum over the rows of a result table, with each of its rows."""
    summed = SUMS[figure.sort]
    title = message(f"why.sum.{figure.sort}").both
    if figure.month is not None:
        month = month_words(figure.month)
        title = Text(f"{title.nl} · {month.nl}", f"{title.en} · {month.en}")
    parts = []
    for row in summed.rows(plan.tables, figure.month).to_dict("records"):
        named = {name: str(row[name]) for name in ("location", "group", "kind") if name in row}
        recorded = Figure(summed.table, month=row["month"], **named)
        key = Key(month=row["month"], **named)
        amount = float(row[summed.column])
        if amount:
            parts.append(Contribution(summed.table, title, key, amount, recorded))
    unit = summed.unit_over_months if figure.month is None else summed.unit
    return _Added(title, summed.total(plan.tables, figure.month), unit, tuple(parts))


def _shown(tracer: Tracer, asked: Figure, added: _Added) -> Sum:
    """Return a figure with its largest parts, the others as one."""
    parts = sorted(_split(tracer, asked, added.parts), key=lambda each: -abs(each.amount))
    shown, others = parts[:MOST], parts[MOST:]
    if others:
        amount = math.fsum(each.amount for each in others)
        about = message("why.others_together", count=len(others)).both
        shown.append(PartShown(about, amount, None, len(others)))
    return Sum(_titled(tracer, asked, added), added.value, unit_text(added.unit), tuple(shown))


def _titled(tracer: Tracer, asked: Figure, added: _Added) -> Text:
    """Return what a figure is called, with what it is narrowed to."""
    about = [added.title]
    for name in DIMENSIONS:
        value = getattr(asked, name)
        if value and not (asked.table == SUM and name == "month"):
            about.append(_words(tracer, name, value, added.parts))
    return _joined(about)


def _split(tracer: Tracer, asked: Figure, parts: Sequence[Contribution]) -> Iterator[PartShown]:
    """Yield parts by the first thing in which they differ."""
    name = next((each for each in DIMENSIONS if len({_of(part, each) for part in parts}) > 1), None)
    if name is None or len(parts) == 1:
        for part in parts:
            yield PartShown(_about(tracer, part), part.amount, part.recorded)
        return
    by_value: dict[object, list[Contribution]] = {}
    for part in parts:
        by_value.setdefault(_of(part, name), []).append(part)
    for value, mine in by_value.items():
        if not value:
            for part in mine:
                yield PartShown(_about(tracer, part), part.amount, part.recorded)
            continue
        alone = len(mine) == 1 and not mine[0].of_measure
        changed: dict[str, Any] = {name: value}
        narrowed = replace(asked, **changed)
        about = _about(tracer, mine[0]) if alone else _words(tracer, name, value, mine)
        amount = math.fsum(part.amount for part in mine)
        yield PartShown(about, amount, mine[0].recorded if alone else narrowed)


def _of(part: Contribution, name: str) -> object:
    """Return what a part is about in one respect, as a figure names it."""
    value = part.source if name == "rule" else getattr(part.key, name)
    return value if isinstance(value, dt.date) or value is None else str(value)


def _about(tracer: Tracer, part: Contribution) -> Text:
    """Return everything that a part is about; its rule or measure where it is about nothing."""
    values = ((name, _of(part, name)) for name in DIMENSIONS[1:])
    words = [_words(tracer, name, value, (part,)) for name, value in values if value]
    return _joined(words or [part.title])


def _words(tracer: Tracer, name: str, value: object, parts: Sequence[Contribution]) -> Text:
    """Return the rule, place, group, kind or month of a part in words."""
    if name == "rule":
        return next((part.title for part in parts if part.source == value), Text("", ""))
    if name == "month" and isinstance(value, dt.date):
        return month_words(value)
    if name == "kind":
        return PlaceKind[str(value).upper()].label
    if name == "location" and value in tracer.solved.case.locations:
        location = tracer.solved.case.locations[str(value)]
        named = f"{location.name} ({location.id})" if location.name else location.id
        return Text(named, named)
    return called(str(value))


def _joined(words: Sequence[Text]) -> Text:
    return Text(" · ".join(each.nl for each in words), " · ".join(each.en for each in words))


def _cells_of_measure(tracer: Tracer, figure: Figure) -> Iterator[InputCell]:
    """Yield the cells that a measure rests on at the place that a figure is narrowed to."""
    name = figure.rule or figure.sort
    if name not in _BY_NAME or not (figure.location or figure.group or figure.month):
        return
    noted: list[Read] = []
    problem = tracer.solved.problem
    choose = recording_choices(only(problem.choose, figure), noted.append)
    _BY_NAME[name].of(recording(problem.case, noted.append), choose)
    yield from tracer.told(noted)


def _of_check(tracer: Tracer, plan: Plan, figure: Figure) -> Behind:
    """Return what a check was reckoned from; for a rule without rows why it has none."""
    problem = tracer.solved.problem
    check = next((each for each in CHECKS if each.name == figure.sort), None)
    if check is None:
        return _of_idle_rule(tracer, figure)
    found = counted(check, problem, plan.tables, figure.month, figure.subject)
    if found is None:
        return Behind(figure, (), told=message("why.no_figure"))
    words = check_words(check, found.outcome)
    cells = shown_cells(tracer, tracer.told(found.reads))
    added = None
    if not isinstance(found.outcome, Absent):
        value = _Added(check.title, found.outcome.value, check.unit, found.contributions)
        added = _shown(tracer, replace(figure, group="", month=None), value)
        about = [check.title] if figure.month is None else [check.title, month_words(figure.month)]
        added = replace(added, title=_joined(about), parts=_not_narrowed(added.parts))
    told = message("why.as_told", words=words)
    return Behind(figure, (), tuple(cells[:CELLS]), max(len(cells) - CELLS, 0), told, added)


def _not_narrowed(parts: Sequence[PartShown]) -> tuple[PartShown, ...]:
    """Return the parts of a check; what is of many cells goes no further, for they are listed."""
    return tuple(
        replace(each, figure=None) if each.figure and each.figure.table == "checks" else each
        for each in parts
    )


def _of_idle_rule(tracer: Tracer, figure: Figure) -> Behind:
    """Return why a rule has no rows here, and the parameters that it rests on."""
    for each in rules_here(tracer.solved.problem):
        if each.rule.name == figure.sort and each.reason is not None:
            words = message("beside.absent", check=each.rule.title, reason=each.reason)
            named = [tracer.named("parameters", (name,), "value") for name in each.rule.parameters]
            cells = shown_cells(tracer, named)
            return Behind(figure, (), tuple(cells[:CELLS]), told=words)
    return Behind(figure, (), told=message("why.no_figure"))

"""“It cannot be done”: said only when it is certain, and then in the names of the rules."""

from __future__ import annotations

from planner.core.outcome import Ending
from planner.core.texts import Language, Message, Text, message, show_month
from planner.model.build import Problem, RuleRow
from planner.solver.clash import clash_in
from planner.solver.linear_model_of import linear_model

# How many rows of a clash are told one by one.
TOLD = 12


def clashing_rows(problem: Problem) -> tuple[RuleRow, ...] | None:
    """Return rows that cannot all hold, none of which can be missed; `None` where all can."""
    found = clash_in(linear_model(problem))
    if found is None:
        return None
    numbers = set(found.rows)
    return tuple(each for each in problem.rows if each.number in numbers)


def impossible(problem: Problem) -> tuple[Ending, tuple[Message, ...]]:
    """Return the ending of a case for which the solver found no plan, and what to tell about it.

    It is infeasible only if the elastic model agrees; otherwise the calculation has failed.
    """
    rows = clashing_rows(problem)
    if rows is None:
        return Ending.FAILED, (message("impossible.not_certain"),)
    titles = tuple(dict.fromkeys(each.rule.title for each in rows))
    told = [message("impossible.clash", rules=titles, count=len(rows)), *map(_told, rows[:TOLD])]
    return Ending.INFEASIBLE, tuple(told)


def _told(each: RuleRow) -> Message:
    """Return a clashing row in words."""
    return message(
        "impossible.row",
        title=each.rule.title,
        about=_about(each),
        sense=each.row.sense.value,
        limit=each.row.limit,
        unit=message(f"unit.{each.rule.unit}"),
    )


def _about(each: RuleRow) -> Text:
    """Return what a row is about in both languages: location, group, month."""
    key = each.row.key
    names = [part for part in (key.location, key.group, key.province, key.region) if part]
    by_language = {}
    for language in Language:
        month = [] if key.month is None else [show_month(key.month, language)]
        by_language[language] = " · ".join([*names, *month])
    return Text(by_language[Language.NL], by_language[Language.EN])

"""What a level or measure is added up from: rows that fall short, and choices that count.

The amounts come from the very expressions that were minimised, so that they add up to the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.core.texts import Text
from planner.explain.origins.row_words import row_figure
from planner.explain.solved import Solved
from planner.model.algebra import Expression, Key
from planner.model.build import Problem, RuleRow, level_terms
from planner.model.decisions import Decisions
from planner.model.measures import COST, COST_PARTS, UNMOVED, WORST_PROVINCE, Measure
from planner.model.rules import active_rules
from planner.model.rules.rule import Rule
from planner.result.queries import OF_RULE, Figure

# Below this a part is the solver's rounding.
NOTHING = 1e-7
# What the keys of each family of decisions are, by their field.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "people": ("group", "location", "kind", "month"),
    "places": ("location", "kind", "month"),
    "dol_prepared": ("location", "month"),
    "dol_fitted_out": ("location", "month"),
    "dol_in_use": ("location", "month"),
    "dol_begun": ("location",),
    "extend": ("location",),
    "open": ("location",),
    "closed": ("location", "month"),
    "moved_out": ("group", "location", "month"),
    "unplaced": ("group", "month"),
    "worst_share": ("month",),
    "footing": ("location", "month"),
}
# The result table in which a choice of a family is shown, and which decision it is there.
SHOWN: Mapping[str, tuple[str, str]] = {
    "people": ("placement", ""),
    "places": ("places", ""),
    "dol_prepared": ("dol", ""),
    "dol_fitted_out": ("decisions", "prepare_dol"),
    "extend": ("decisions", "extend"),
    "open": ("decisions", "open"),
    "closed": ("decisions", "close_early"),
    "moved_out": ("moves", ""),
    "unplaced": ("demand", ""),
    "worst_share": ("shortfalls", ""),
    "footing": ("places", ""),
}


@dataclass(frozen=True)
class Contribution:
    """A part of a figure: of which rule or measure, about what, how much, and where it leads.

    `recorded` is the figure of the row that the part stands in; `None` where it stands in none.
    """

    source: str
    title: Text
    key: Key
    amount: float
    recorded: Figure | None
    of_measure: bool = False


def of_level(solved: Solved, name: str) -> Iterator[Contribution]:
    """Yield what a level is added up from; nothing for a level that was not solved."""
    problem = solved.problem
    rules = active_rules(problem.case)
    for objective in problem.levels:
        if objective.content.level.value != name:
            continue
        content = objective.content
        for term in level_terms(problem.case, problem.choose, rules, problem.rows, content):
            if isinstance(term.source, Measure):
                yield from of_measure(solved, term.source)
                continue
            amount = term.weight * _value(solved, term.expression)
            if abs(amount) > NOTHING:
                yield _of_rule(term.source, term.key, amount)


def _of_rule(source: RuleRow | Rule, key: Key, amount: float) -> Contribution:
    if isinstance(source, RuleRow):
        figure = row_figure(source)
        return Contribution(source.rule.name, source.rule.title, key, amount, figure)
    unplaced = Figure("demand", group=key.group, month=key.month)
    return Contribution(source.name, source.title, key, amount, unplaced)


def of_measure(solved: Solved, measure: Measure) -> Iterator[Contribution]:
    """Yield what a measure is added up from, each choice once; the cost by its parts."""
    if measure is COST:
        for part in COST_PARTS:
            yield from of_measure(solved, part)
        return
    if measure is WORST_PROVINCE:
        # The largest of the provinces' shares is no sum: its rule's tightest rows tell which.
        amount = _value(solved, measure.of(solved.case, solved.problem.choose))
        figure = Figure(OF_RULE, rule="province_worst")
        yield Contribution(measure.name, measure.title, Key(), amount, figure, of_measure=True)
        return
    if measure.name in UNMOVED:
        yield from _of_unmoved(solved, measure)
        return
    amounts: dict[Key, float] = {}
    recorded: dict[Key, Figure] = {}
    values = solved.solution.values
    for family, key, amount in choices_of(solved.problem, values, measure):
        amounts[key] = amounts.get(key, 0.0) + amount
        recorded.setdefault(key, _record_of(family, key))
    for key, amount in amounts.items():
        if abs(amount) > NOTHING:
            yield Contribution(
                measure.name, measure.title, key, amount, recorded[key], of_measure=True
            )


def _of_unmoved(solved: Solved, measure: Measure) -> Iterator[Contribution]:
    """Yield a cost that no decision changes by month; it stands in no row of its own."""
    for month, amount in UNMOVED[measure.name](solved.case, solved.problem.choose):
        if abs(amount) > NOTHING:
            key = Key(month=month)
            yield Contribution(measure.name, measure.title, key, amount, None, of_measure=True)


def choices_of(
    problem: Problem, values: np.ndarray, measure: Measure
) -> Iterator[tuple[str, Key, float]]:
    """Yield every choice that counts in a measure: its family, what it is about, its amount."""
    case, choose = problem.case, problem.choose
    whole = problem.measured(measure)
    index = problem.columns.index
    amounts = (whole.shares * values[whole.numbers]).tolist()
    numbered = zip(whole.numbers.tolist(), amounts, strict=True)
    counted = {number: amount for number, amount in numbered if amount}
    for family, names in FAMILIES.items():
        if not counted:
            break  # a column is of one family
        if family != "footing":
            for key, column in getattr(choose, family).items():
                amount = counted.pop(index(column), 0.0)
                if amount:
                    yield family, _key(names, key), amount
    if whole.constant:
        for key, on in choose.footing.items():
            alone = replace(choose, footing={key: on})
            yield (
                "footing",
                _key(FAMILIES["footing"], key),
                float(measure.of(case, alone).constant),
            )


def only(choose: Decisions, figure: Figure) -> Decisions:
    """Return the decisions about what a figure is about: its location, group, kind, month."""
    kept: dict[str, Any] = {}
    for family, names in FAMILIES.items():
        kept[family] = {
            key: column
            for key, column in getattr(choose, family).items()
            if _about(_key(names, key), figure)
        }
    return replace(choose, **kept)


def _about(key: Key, figure: Figure) -> bool:
    """Whether nothing that both name differs."""
    pairs = ((mine, getattr(figure, name)) for name, mine in key._asdict().items())
    return all(not mine or not asked or str(mine) == str(asked) for mine, asked in pairs)


def _key(names: tuple[str, ...], key: object) -> Key:
    parts = key if isinstance(key, tuple) else (key,)
    return Key(**dict(zip(names, parts, strict=True)))


def _record_of(family: str, key: Key) -> Figure:
    table, decision = SHOWN[family]
    kind = str(key.kind)
    return Figure(
        table, location=key.location, group=key.group, kind=kind, month=key.month, decision=decision
    )


def _value(solved: Solved, expression: Expression) -> float:
    return solved.problem.columns.value(expression, solved.solution.values)

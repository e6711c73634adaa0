"""The shortfalls of a plan, gathered so that they can be read: by rule, place and period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from operator import attrgetter

from planner.core.over_months import OverMonths
from planner.explain.solved import Solved
from planner.model.algebra import Key
from planner.model.build import RuleRow
from planner.model.rules.rule import Rule

# Places of one rule that are told apart; the rest are added up in one line.
TOLD_APART = 6


@dataclass(frozen=True)
class Shortfall:
    """What falls short of a rule at one place, or of one group, over a period.

    `amounts` is the shortfall per row in the rule's unit; `weighted` what it counts at its level.
    `others` is how many further places are added up in it: 0 for a place of its own.
    """

    rule: Rule
    level: int
    key: Key
    rows: tuple[RuleRow, ...]
    amounts: tuple[float, ...]
    others: int = 0

    @cached_property
    def months(self) -> tuple[dt.date, ...]:
        """The months that fall short, in order."""
        months = {each.row.key.month for each in self.rows}
        return tuple(sorted(month for month in months if month is not None))

    @cached_property
    def amount(self) -> float:
        """The whole shortfall in the rule's unit, over its months."""
        return fsum(self.amounts)

    @cached_property
    def weighted(self) -> float:
        """What the shortfall counts at its level."""
        pairs = zip(self.rows, self.amounts, strict=True)
        return fsum(each.row.weight * amount for each, amount in pairs)

    @cached_property
    def over_months(self) -> OverMonths | None:
        """The shortfall by month, added up over its rows; `None` where no row has a month."""
        pairs = zip(self.rows, self.amounts, strict=True)
        dated = [(each.row.key.month, amount) for each, amount in pairs]
        known = [(month, amount) for month, amount in dated if month is not None]
        return OverMonths.of(self.rule.unit, known) if known else None

    def groups_in(self, solved: Solved) -> frozenset[str]:
        """Return whom the rows are about: their groups, or those whose people count in them."""
        problem, values = solved.problem, solved.solution.values
        return frozenset().union(*(problem.groups_in(each, values) for each in self.rows))

    @property
    def worst(self) -> tuple[RuleRow, float]:
        """The row that falls shortest and by how much."""
        at = max(range(len(self.amounts)), key=self.amounts.__getitem__)
        return self.rows[at], self.amounts[at]


def shortfalls(solved: Solved) -> list[Shortfall]:
    """Return the shortfalls by level, largest first; of each rule the largest places apart."""
    gathered: dict[tuple[str, Key], list[tuple[RuleRow, float]]] = defaultdict(list)
    for each, amount in solved.short:
        gathered[each.rule.name, _about(each)].append((each, amount))
    by_rule: dict[str, list[Shortfall]] = defaultdict(list)
    for (name, about), rows in gathered.items():
        by_rule[name].append(_shortfall(solved, about, rows))
    told = [each for mine in by_rule.values() for each in _told_apart(mine)]
    return sorted(told, key=lambda each: (each.level, each.others > 0, -each.weighted))


def shortfall_at(solved: Solved, rule: str, about: Key) -> Shortfall | None:
    """Return what falls short of a rule at the place or of the group that a key names.

    Parts of the key that are empty say nothing; `None` where nothing falls short there.
    """
    rows = [
        (each, amount)
        for each, amount in solved.short
        if each.rule.name == rule and _is_about(each.row.key, about)
    ]
    return _shortfall(solved, about, rows) if rows else None


def _is_about(key: Key, about: Key) -> bool:
    """Whether a row is about a place or group, whatever its month and kind of place."""
    names = ("location", "group", "province", "region")
    return all(getattr(about, name) in {"", getattr(key, name)} for name in names)


def _about(each: RuleRow) -> Key:
    """Return the place a shortfall is told under: its location, province or region, or group."""
    key = each.row.key
    if key.location:
        return Key(location=key.location)
    return Key(group=key.group, kind=key.kind, province=key.province, region=key.region)


def _shortfall(solved: Solved, about: Key, rows: list[tuple[RuleRow, float]]) -> Shortfall:
    rule = rows[0][0].rule
    level = 0 if rule.level is None else solved.level_place(rule.level.value)
    groups = {each.row.key.group for each, _ in rows}
    kinds = {each.row.key.kind for each, _ in rows}
    key = Key(
        group=groups.pop() if len(groups) == 1 else "",
        location=about.location,
        kind=kinds.pop() if len(kinds) == 1 else "",
        province=about.province,
        region=about.region,
    )
    return Shortfall(rule, level, key, *_columns(rows))


def _columns(rows: list[tuple[RuleRow, float]]) -> tuple[tuple[RuleRow, ...], tuple[float, ...]]:
    return tuple(each for each, _ in rows), tuple(amount for _, amount in rows)


def _told_apart(mine: list[Shortfall]) -> list[Shortfall]:
    """Return the largest of a rule's shortfalls, and the others added up."""
    mine = sorted(mine, key=attrgetter("weighted"), reverse=True)
    if len(mine) <= TOLD_APART + 1:
        return mine
    rest = mine[TOLD_APART:]
    rows = [pair for each in rest for pair in zip(each.rows, each.amounts, strict=True)]
    return [
        *mine[:TOLD_APART],
        Shortfall(rest[0].rule, rest[0].level, Key(), *_columns(rows), others=len(rest)),
    ]

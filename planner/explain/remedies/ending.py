"""What it would cost to end each shortfall: the cheapest change that is enough, if there is one.

Of every shortfall each kind of remedy is tried; every change is solved to the last level, so its
euros are those of a whole plan. What the change itself costs (a bed bought, a longer contract) is
only in them where the workbook prices it. The worst of each rule comes first, so that every rule
has its answer where time does not suffice for all.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.core.texts import Text
from planner.explain.remedies.by_kind import Remedy, likely_changes
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.book import Book
from planner.input.kinds import Standing
from planner.input.names import plain
from planner.model.rules.rule import Rule


@dataclass(frozen=True)
class EndedShortfall:
    """A shortfall with the cheapest change that ends it, or the one that takes most of it off.

    `best` is `None` where no change takes anything off; `enough` is how many kinds of remedy are
    enough alone, of those `tried`. Not `in_time` is one for which time was up before each kind had
    been tried.
    """

    shortfall: Shortfall
    best: Remedy | None
    enough: int
    tried: int
    in_time: bool = True


def asked_for(solved: Solved, rule: str) -> list[Shortfall]:
    """Return the shortfalls of a rule by its name or title, or all; each of one place or group.

    First the worst of each rule, of laws before the others, then the next worst of each.
    """
    found = [each for each in shortfalls(solved) if not each.others]
    if rule:
        found = [each for each in found if plain(rule) in _names(each.rule)]
    worst_first = sorted(found, key=lambda each: -each.weighted)
    order = list(Standing)
    in_turn = sorted(
        zip(_turns(worst_first), worst_first, strict=True),
        key=lambda pair: (pair[0], order.index(pair[1].rule.standing)),
    )
    return [each for _, each in in_turn]


def _names(rule: Rule) -> set[str]:
    title: Text = rule.title
    return {plain(rule.name), plain(title.nl), plain(title.en)}


def ended(
    solved: Solved,
    book: Book,
    asked: list[Shortfall],
    trials: Trials,
    until: float | None = None,
) -> Iterator[EndedShortfall]:
    """Yield what ends each shortfall, with as many `trials` for each, until a moment.

    What is left of the time is shared by the shortfalls of one turn: the worst of each rule first.
    """
    turns = [*_turns(asked)]
    for at, shortfall in enumerate(asked):
        share = None
        if until is not None:
            now = time.monotonic()
            share = now + max(until - now, 0.0) / turns[at:].count(turns[at])
        of_this = trials.for_others(trials.left, share)
        if of_this.time_is_up:
            yield EndedShortfall(shortfall, None, 0, 0, in_time=False)
            continue
        ending = cheapest(shortfall, list(_worth_pricing(solved, book, shortfall, of_this)))
        yield replace(ending, in_time=not of_this.time_is_up)


def _worth_pricing(
    solved: Solved, book: Book, shortfall: Shortfall, trials: Trials
) -> Iterator[Remedy]:
    """Yield the remedies, of which only those that may be the answer are made small and priced.

    These are all that are enough, or, where none is, the one that takes most off.
    """
    found = list(likely_changes(solved, shortfall, trials))
    enough = any(each.enough for each in found)
    most = max(found, key=lambda each: each.most, default=None)
    for each in found:
        priced = each.enough if enough else each is most
        yield each.remedy(book) if priced else Remedy(each.kind, each.tried)


def _turns(worst_first: list[Shortfall]) -> Iterator[int]:
    """Yield of each shortfall how many of its rule come before it."""
    before: Counter[str] = Counter()
    for each in worst_first:
        yield before[each.rule.name]
        before[each.rule.name] += 1


def cheapest(shortfall: Shortfall, found: list[Remedy]) -> EndedShortfall:
    """Return the cheapest of the remedies that are enough, else the one that takes most off."""
    enough = [each for each in found if each.alone and each.repair is not None]
    part = [each for each in found if each.repair is not None]
    best = min(enough, key=_price, default=None) or max(part, key=_taken_off, default=None)
    return EndedShortfall(shortfall, best, len(enough), sum(each.tried > 0 for each in found))


def _price(each: Remedy) -> float:
    return math.inf if each.cost is None else each.cost


def _taken_off(each: Remedy) -> tuple[float, float]:
    return (0.0 if each.repair is None else each.repair.removes, -_price(each))

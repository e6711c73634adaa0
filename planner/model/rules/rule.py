"""`Rule`: one rule of the plan, the decorator that makes one, and the names of the levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from itertools import combinations
from types import MappingProxyType

from planner.core.law import Source
from planner.core.texts import Text, catalogue
from planner.input.case import Case
from planner.input.kinds import Ground, Standing
from planner.model.algebra import Constraint
from planner.model.decisions import Decisions
from planner.model.rules.limit import AddedBeds, LimitFigure


class Level(StrEnum):
    """The levels of priority; a rule without one is hard."""

    UNPLACED = "unplaced"
    PROTECTED = "protected"
    SHARED = "shared"
    NORM = "norm"
    EMERGENCY = "emergency"
    DUBLIN = "dublin"
    RESERVE = "reserve"
    PROVINCES_WORST = "provinces_worst"
    PROVINCES = "provinces"
    MOVES = "moves"
    COST = "cost"
    CHANGE = "change"


NO_GROUNDS: Mapping[Ground, Source] = MappingProxyType({})

Yields = Callable[[Case, Decisions], Iterator[Constraint]]
Counts = Callable[[Case, str, dt.date], float]


def counts_nobody(case: Case, group: str, month: dt.date) -> float:
    """Return 0: an unplaced person is no breach of the rule."""
    return 0.0


def everybody(case: Case, group: str, month: dt.date) -> float:
    """Return 1: an unplaced person of any group is a breach of the rule."""
    return 1.0


def the_protected(case: Case, group: str, month: dt.date) -> float:
    """Return 1 for a protected group: who has no place has nothing that protection asks for.

    All count alike, whatever need is theirs, so that none is left out for having fewer needs.
    """
    return float(case.groups[group].is_protected)


@dataclass(frozen=True)
class Rule:
    """A rule: on what source, in what unit, at which level, its rows, and what they hang on.

    `level` None makes it hard. `counts_unplaced` is how much a person of a group without a place
    in a month counts as a breach of it: otherwise a later level would improve by leaving out
    exactly the people it protects. A rule that only reckons something for another names that one
    in `follows`, and is switched off with it. `standing` says what falling short of it is; only
    that of a law is a breach. `by_ground` has the sources for groups of other legal grounds.

    The rest is what explaining is derived from: the figure of the input that its rows stay within
    (`limit`), the beds they add up (`beds`), whether they ask for more where more people are
    expected (`by_people`), and the result tables that it bears on (`bears_on`; `prepare_dol` is
    those decisions alone). Its words stand in the catalogue under `rule.<name>`.
    """

    name: str
    standing: Standing
    source: Source
    unit: str
    level: Level | None
    parameters: tuple[str, ...]
    rows: Yields
    counts_unplaced: Counts
    follows: str = ""
    by_ground: Mapping[Ground, Source] = field(default_factory=lambda: NO_GROUNDS)
    limit: LimitFigure | None = None
    beds: AddedBeds | None = None
    by_people: bool = False
    bears_on: tuple[str, ...] = ()

    @property
    def title(self) -> Text:
        """What the rule is called."""
        return catalogue()[f"rule.{self.name}.title"]

    @property
    def sentence(self) -> Text:
        """What the rule asks for, in a sentence."""
        return catalogue()[f"rule.{self.name}.sentence"]

    @property
    def applies(self) -> Text:
        """When the rule has rows; always, where nothing is said of it."""
        return catalogue().get(f"rule.{self.name}.applies", catalogue()["rules.always"])

    @property
    def always_applies(self) -> bool:
        """Whether nothing is said of when the rule has rows."""
        return f"rule.{self.name}.applies" not in catalogue()

    def cites(self, case: Case, groups: Collection[str]) -> Source:
        """Return what a shortfall of groups cites: the source of each of their legal grounds.

        Without a group it is the rule's own.
        """
        grounds = {case.groups[each].ground for each in groups}
        cited = (self.by_ground.get(each, self.source) for each in Ground if each in grounds)
        return reduce(Source.and_also, dict.fromkeys(cited)) if grounds else self.source

    @property
    def sources(self) -> tuple[Source, ...]:
        """The source of each legal ground, the rule's own first."""
        return (self.source, *self.by_ground.values())

    @property
    def citations(self) -> tuple[Source, ...]:
        """Every source that a shortfall of the rule may cite, those of several grounds too."""
        of_ground = [self.by_ground.get(each, self.source) for each in Ground]
        each_once = list(dict.fromkeys(of_ground))
        several = range(1, len(each_once) + 1)
        chosen = (some for count in several for some in combinations(each_once, count))
        return tuple(dict.fromkeys((self.source, *(reduce(Source.and_also, s) for s in chosen))))

    @property
    def hard(self) -> bool:
        """Whether no plan may breach it."""
        return self.level is None


def rule(  # noqa: PLR0913 - a rule declares each of its properties once
    *,
    standing: Standing,
    source: Source,
    unit: str,
    level: Level | None,
    parameters: tuple[str, ...] = (),
    counts_unplaced: Counts = counts_nobody,
    follows: str = "",
    by_ground: Mapping[Ground, Source] = NO_GROUNDS,
    limit: LimitFigure | None = None,
    beds: AddedBeds | None = None,
    by_people: bool = False,
    bears_on: tuple[str, ...] = (),
) -> Callable[[Yields], Rule]:
    """Make a rule of a function that yields its rows; the function's name is the rule's."""

    def declare(rows: Yields) -> Rule:
        return Rule(
            name=rows.__name__,
            standing=standing,
            source=source,
            unit=unit,
            level=level,
            parameters=parameters,
            rows=rows,
            counts_unplaced=counts_unplaced,
            follows=follows,
            by_ground=by_ground,
            limit=limit,
            beds=beds,
            by_people=by_people,
            bears_on=bears_on,
        )

    return declare

"""One lever moved by steps, each plan gone on from the one before: how the sizes follow it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language, Message, Text, message, show_number
from planner.input.kinds import EMERGENCY_KINDS
from planner.whatif.levers import Lever
from planner.whatif.session import NoAnswerError, WhatIf

MOST_STEPS = 200
EVERYONE_PLACED = "everyone_placed"  # the rule whose shortfall is people without a place
# Less than half a person is a solver's share, not somebody.
SOMEBODY = 0.5
_DIGITS = 4
_SAME = 1e-9


@dataclass(frozen=True)
class Peak:
    """An amount in its worst month, in people or places."""

    amount: float
    month: dt.date | None

    @classmethod
    def of(cls, frame: pd.DataFrame, column: str) -> Peak:
        """Return the month in which a column adds up to the most; 0 and no month for nothing."""
        by_month: defaultdict[dt.date, float] = defaultdict(float)
        for month, amount in zip(frame["month"], frame[column], strict=True):
            by_month[month] += float(amount)
        month = max(by_month, key=lambda each: by_month[each], default=None)
        if month is None or by_month[month] <= 0:
            return cls(0.0, None)
        return cls(by_month[month], month)


@dataclass(frozen=True)
class Step:
    """What a value of the lever comes to; `refused` says why there is no plan at it.

    `without_place`, `emergency` and `dol_people` are people, `dol_places` places fitted out, each
    in the month that has the most; `cost` is euros over the months.
    """

    value: float
    without_place: Peak | None = None
    emergency: Peak | None = None
    dol_people: Peak | None = None
    dol_places: Peak | None = None
    cost: float | None = None
    seconds: float | None = None
    refused: Message | None = None


@dataclass(frozen=True)
class Sweep:
    """A lever, its steps in order, and what breaks along them."""

    lever: Lever
    steps: tuple[Step, ...]

    def breaks(self) -> tuple[Message, ...]:
        """Return from which value on there are people without a place, and more in emergency."""
        found = []
        solved = [step for step in self.steps if step.refused is None]
        for name in ("without_place", "emergency"):
            at_first = _amount(solved[0], name) if solved else 0.0
            for before, step in pairwise(solved):
                if _amount(before, name) <= at_first + SOMEBODY < _amount(step, name):
                    found.append(
                        message(
                            f"sweep.breaks.{name}",
                            before=value_words(before.value),
                            value=value_words(step.value),
                            people=round(_amount(step, name)),
                        )
                    )
                    break
        return tuple(found)


def _amount(step: Step, name: str) -> float:
    peak: Peak | None = getattr(step, name)
    return 0.0 if peak is None else peak.amount


def value_words(value: float) -> Text:
    """Return a value of a lever as people read it, with the decimals that tell steps apart."""
    digits = next((n for n in range(_DIGITS) if abs(round(value, n) - value) < _SAME), _DIGITS)
    return Text(*(show_number(value, language, digits) for language in (Language.NL, Language.EN)))


def values_between(first: float, last: float, steps: int) -> tuple[float, ...]:
    """Return so many values from the first to the last, evenly apart.

    `UnusableInputError` for fewer than two steps, or more than anybody reads.
    """
    if not 2 <= steps <= MOST_STEPS:  # noqa: PLR2004 - a first and a last
        raise UnusableInputError(message("sweep.steps", most=MOST_STEPS))
    apart = (last - first) / (steps - 1)
    return tuple(round(first + apart * number, 9) for number in range(steps))


def sweep(
    asking: WhatIf,
    lever: Lever,
    values: Sequence[float],
    *,
    cancel: CancelToken | None = None,
    underway: Callable[[int, float], None] | None = None,
) -> Sweep:
    """Return what each value of a lever comes to, gone on from the value before.

    `CancelledError`. A value that cannot be planned is told with its reason and left out of the
    way: the next goes on from the last that could.
    """
    book = asking.book
    steps = []
    for number, value in enumerate(values, start=1):
        if underway is not None:
            underway(number, value)
        try:
            answer = asking.ask(lever.lines(book, value), cancel=cancel)
        except UnusableInputError as fault:
            first = next(iter(fault.findings), None)
            steps.append(Step(value, refused=fault.told if first is None else first.what))
        except NoAnswerError as fault:
            steps.append(Step(value, refused=fault.told))
        else:
            steps.append(_step(asking, value, answer.measures["cost"].value, answer.seconds))
    return Sweep(lever, tuple(steps))


def _step(asking: WhatIf, value: float, cost: float, seconds: float) -> Step:
    placement, dol = asking.tables["placement"], asking.tables["dol"]
    kinds = {str(kind) for kind in EMERGENCY_KINDS}
    shortfalls = asking.tables["shortfalls"]
    return Step(
        value,
        without_place=Peak.of(shortfalls[shortfalls["rule"] == EVERYONE_PLACED], "amount"),
        emergency=Peak.of(placement[placement["kind"].astype(str).isin(kinds)], "people"),
        dol_people=Peak.of(dol, "people"),
        dol_places=Peak.of(dol, "prepared"),
        cost=cost,
        seconds=seconds,
    )

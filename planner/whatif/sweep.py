"""One lever moved by steps, each plan gone on from the one before: how the sizes follow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language, Message, Text, message, show_number
from planner.whatif.levers import Lever
from planner.whatif.session import NoAnswerError, WhatIf
from planner.whatif.sizes import Peak, Sizes

MOST_STEPS = 200
# Less than half a person is a solver's share, not somebody.
SOMEBODY = 0.5
_DIGITS = 4
_SAME = 1e-9


@dataclass(frozen=True)
class Step:
    """What a value of the lever comes to; `refused` says why there is no plan at it."""

    value: float
    sizes: Sizes | None = None
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
        solved = [(step.value, step.sizes) for step in self.steps if step.sizes is not None]
        for name in ("without_place", "emergency"):
            amounts = [(value, _amount(sizes, name)) for value, sizes in solved]
            for (before, less), (value, more) in pairwise(amounts):
                if less <= amounts[0][1] + SOMEBODY < more:
                    found.append(
                        message(
                            f"sweep.breaks.{name}",
                            before=value_words(before),
                            value=value_words(value),
                            people=round(more),
                        )
                    )
                    break
        return tuple(found)


def _amount(sizes: Sizes, name: str) -> float:
    peak: Peak = getattr(sizes, name)
    return peak.amount


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
    steps = []
    for number, value in enumerate(values, start=1):
        if underway is not None:
            underway(number, value)
        try:
            answer = asking.pose(lever.lines(asking.first_book, value), cancel=cancel)
        except UnusableInputError as fault:
            first = next(iter(fault.findings), None)
            steps.append(Step(value, refused=fault.told if first is None else first.what))
        except NoAnswerError as fault:
            steps.append(Step(value, refused=fault.told))
        else:
            steps.append(Step(value, asking.sizes, answer.seconds))
    return Sweep(lever, tuple(steps))

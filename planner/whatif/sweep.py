"""One lever moved by steps, each plan gone on from the one before: how the sizes follow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language, Message, Text, message, show_number
from planner.sheets.without_place import SOMEBODY
from planner.whatif.levers import Lever
from planner.whatif.session import NoAnswerError, WhatIf
from planner.whatif.sizes import Peak, Sizes

MOST_STEPS = 200
_DIGITS = 4
_SAME = 1e-9
# So often is the stretch in which something breaks halved: a 32nd of the step is left.
_HALVINGS = 5
BREAKING = ("without_place", "emergency")


@dataclass(frozen=True)
class SweepStep:
    """What a value of the lever comes to; `refused` says why there is no plan at it."""

    value: float
    sizes: Sizes | None = None
    seconds: float | None = None
    refused: Message | None = None


@dataclass(frozen=True)
class Sweep:
    """A lever and its steps in order; `between` are those tried to find where something breaks."""

    lever: Lever
    steps: tuple[SweepStep, ...]
    between: tuple[SweepStep, ...] = ()

    def breaks(self) -> tuple[Message, ...]:
        """Return from which value on there are people without a place, and more in emergency."""
        found = []
        for name in BREAKING:
            stretch = self._stretch(name)
            if stretch is not None:
                before, after = stretch
                found.append(
                    message(
                        f"sweep.breaks.{name}",
                        first=value_words(self.steps[0].value),
                        before=value_words(before.value),
                        value=value_words(after.value),
                        people=round(_amount(after, name)),
                    )
                )
        return tuple(found)

    def halfway(self, name: str) -> float | None:
        """Return the middle of the stretch in which a size begins to grow; None where none does."""
        stretch = self._stretch(name)
        if stretch is None:
            return None
        before, after = stretch
        return round((before.value + after.value) / 2, 9)

    def _stretch(self, name: str) -> tuple[SweepStep, SweepStep] | None:
        """Return the last step at which a size is as at the first, and the one after it."""
        steps = (*self.steps, *self.between)
        down = self.steps[0].value > self.steps[-1].value
        solved = sorted(
            (step for step in steps if step.sizes is not None),
            key=lambda step: step.value,
            reverse=down,
        )
        for before, after in pairwise(solved):
            if _amount(before, name) <= _amount(solved[0], name) + SOMEBODY < _amount(after, name):
                return before, after
        return None


def _amount(step: SweepStep, name: str) -> float:
    peak: Peak = getattr(step.sizes, name)
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
        steps.append(_step(asking, lever, value, cancel))
    return Sweep(lever, tuple(steps))


def narrowed(asking: WhatIf, found: Sweep, *, cancel: CancelToken | None = None) -> Sweep:
    """Return a sweep that has tried, halving, where between its steps something breaks.

    `CancelledError`. Where a value between cannot be planned the stretch stays as wide as it is.
    """
    for name in BREAKING:
        for _ in range(_HALVINGS):
            value = found.halfway(name)
            if value is None:
                break
            step = _step(asking, found.lever, value, cancel)
            if step.sizes is None:
                break
            found = replace(found, between=(*found.between, step))
    return found


def _step(asking: WhatIf, lever: Lever, value: float, cancel: CancelToken | None) -> SweepStep:
    """Return what one value comes to, or why there is no plan with it."""
    try:
        answer = asking.pose(lever.lines(asking.first_book, value), cancel=cancel)
    except UnusableInputError as fault:
        first = next(iter(fault.findings), None)
        return SweepStep(value, refused=fault.told if first is None else first.what)
    except NoAnswerError as fault:
        return SweepStep(value, refused=fault.told)
    return SweepStep(value, asking.sizes, answer.seconds)

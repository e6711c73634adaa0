"""What a window shows of asking what if, as plain values that cross between processes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.core.outcome import CancelToken
from planner.core.texts import Message, Text
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.whatif.levers import LEVERS
from planner.whatif.session import LevelChange, Way, WhatIf
from planner.whatif.sizes import Sizes
from planner.whatif.sweep import Sweep, narrowed, sweep, values_between


@dataclass(frozen=True)
class ShownLever:
    """A lever as it stands in the book: its value, how far a slider goes, and the step."""

    key: str
    title: Text
    unit: str
    now: float
    lowest: float
    highest: float
    step: float


@dataclass(frozen=True)
class ShownContract:
    """A location whose contract may be asked about; `extendable` where there is an extension."""

    location: str
    name: str
    extendable: bool


# From where a lever stands to either end of its slider, both included.
_STEPS_A_SIDE = 5


@dataclass(frozen=True)
class ShownSweep:
    """What a lever does to the sizes from one end of its slider to the other.

    `steps` are its values that can be planned, in order, each with its sizes; `stands` is where
    the lever stands. `breaks` say up to where, on either side, the sizes stay as they are there.
    """

    lever: ShownLever
    stands: float
    steps: tuple[tuple[float, Sizes], ...]
    breaks: tuple[Message, ...]


@dataclass(frozen=True)
class AskingBegun:
    """The first plan is there: its sizes, its levels, what may be moved, and how long it took.

    The last is in seconds.
    """

    scenario: str
    months: tuple[dt.date, ...]
    sizes: Sizes
    levels: Mapping[str, LevelChange]
    levers: tuple[ShownLever, ...]
    contracts: tuple[ShownContract, ...]
    seconds: float


@dataclass(frozen=True)
class AskedEdits:
    """What is asked: values of levers by key, and edits of single cells."""

    levers: tuple[tuple[str, float], ...] = ()
    edits: tuple[EditLine, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is moved."""
        return bool(self.levers or self.edits)


@dataclass(frozen=True)
class WhatIfAnswer:
    """What the moves make of the first plan.

    `lines` are the edits that they stand for, as a scenario would hold them.
    """

    moved: AskedEdits
    sizes: Sizes
    levels: Mapping[str, LevelChange]
    way: Way
    lines: tuple[EditLine, ...]
    first_s: float
    seconds: float


def begun(asking: WhatIf) -> AskingBegun:
    """Return what may be moved in the first plan, and its sizes."""
    case = asking.case
    return AskingBegun(
        scenario=asking.scenario,
        months=tuple(case.months),
        sizes=asking.first_sizes,
        levels=asking.first_levels,
        levers=tuple(_levers(case)),
        contracts=tuple(
            ShownContract(
                each.id,
                each.name or each.id,
                each.extendable_until is not None,
            )
            for each in case.locations.values()
        ),
        seconds=asking.cold_s,
    )


def _levers(case: Case) -> Sequence[ShownLever]:
    found = []
    for key, lever in LEVERS.items():
        now = lever.now(case)
        if now is None:
            continue
        lowest, highest, step = lever.span
        # Amounts of people and places hang on the size of the case: a slider goes to thrice.
        highest = highest if lever.unit not in {"people", "places"} else max(3.0 * now, 1.0)
        found.append(
            ShownLever(key, lever.title, lever.unit, now, min(lowest, now), max(highest, now), step)
        )
    return found


def answered(
    asking: WhatIf,
    moved: AskedEdits,
    *,
    cancel: CancelToken | None = None,
    settled: Callable[[str, float], None] | None = None,
) -> WhatIfAnswer:
    """Return what moves make of the first plan; errors as `WhatIf.ask`."""
    lines = lines_of(asking, moved)
    answer = asking.pose(lines, cancel=cancel, settled=settled)
    return WhatIfAnswer(
        moved,
        asking.sizes,
        answer.levels,
        answer.way,
        lines,
        answer.first_s,
        answer.seconds,
    )


def swept(
    asking: WhatIf,
    moved: AskedEdits,
    key: str,
    *,
    cancel: CancelToken | None = None,
    underway: Callable[[int, int], None] | None = None,
) -> ShownSweep:
    """Return what a lever does beside the other moves, to either side of where it stands.

    `underway` hears the number of a step, and how many there are. `CancelledError`.
    """
    lever = next(each for each in _levers(asking.case) if each.key == key)
    others = AskedEdits(tuple(each for each in moved.levers if each[0] != key), moved.edits)
    stands = dict(moved.levers).get(key, lever.now)
    beside = lines_of(asking, others)
    swept_lever = replace(
        LEVERS[key], lines=lambda book, value: (*LEVERS[key].lines(book, value), *beside)
    )
    ends = [end for end in (lever.lowest, lever.highest) if abs(end - stands) >= lever.step]
    steps: dict[float, Sizes] = {}
    breaks: list[Message] = []
    count = len(ends) * _STEPS_A_SIDE
    for side, end in enumerate(ends):

        def at(number: int, _value: float, before: int = side * _STEPS_A_SIDE) -> None:
            if underway is not None:
                underway(before + number, count)

        values = values_between(stands, end, _STEPS_A_SIDE)
        found = sweep(asking, swept_lever, values, cancel=cancel, underway=at)
        found = narrowed(asking, found, cancel=cancel)
        steps.update(_solved(found))
        breaks += found.breaks()
    return ShownSweep(lever, stands, tuple(sorted(steps.items())), tuple(breaks))


def _solved(found: Sweep) -> Mapping[float, Sizes]:
    every = (*found.steps, *found.between)
    return {step.value: step.sizes for step in every if step.sizes is not None}


def lines_of(asking: WhatIf, moved: AskedEdits) -> tuple[EditLine, ...]:
    """Return the edits of the first book that moves stand for."""
    levers = (
        line for key, value in moved.levers for line in LEVERS[key].lines(asking.first_book, value)
    )
    return (*levers, *moved.edits)

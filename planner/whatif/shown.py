"""What a window shows of asking what if, as plain values that cross between processes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.core.outcome import CancelToken
from planner.core.texts import Text
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.whatif.levers import LEVERS
from planner.whatif.session import LevelChange, Way, WhatIf
from planner.whatif.sizes import Sizes


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


@dataclass(frozen=True)
class AskingBegun:
    """The first plan is there: its sizes, what may be moved, and how long it took in seconds."""

    scenario: str
    months: tuple[dt.date, ...]
    sizes: Sizes
    levers: tuple[ShownLever, ...]
    contracts: tuple[ShownContract, ...]
    seconds: float


@dataclass(frozen=True)
class Moved:
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

    moved: Moved
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
    moved: Moved,
    *,
    cancel: CancelToken | None = None,
    settled: Callable[[str, float], None] | None = None,
) -> WhatIfAnswer:
    """Return what moves make of the first plan; errors as `WhatIf.ask`."""
    lines = tuple(
        line for key, value in moved.levers for line in LEVERS[key].lines(asking.first_book, value)
    )
    lines = (*lines, *moved.edits)
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

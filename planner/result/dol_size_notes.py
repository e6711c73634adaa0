"""What the size of DOL hangs on, and how many places are enough in how many futures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.core.beside import begun_beside
from planner.core.over_months import as_read
from planner.core.texts import Message, message, month_words
from planner.forecast.cohorts.dol_size import dol_sizing
from planner.forecast.cohorts.people_present import compute
from planner.forecast.cohorts.uncertainty import ENOUGH, dol_enough
from planner.input.case import Case
from planner.model.asked import Remembered
from planner.model.demand import is_computed


def dol_size_notes(case: Case) -> Iterator[Message]:
    """Yield what is assumed of who comes into DOL and stays, what follows, and its band.

    Nothing where people do not follow from arrivals, or where nobody is in DOL in any future. One
    case after another is asked, most with the same people in them, and each has many futures.
    """
    yield from _REMEMBERED.of(case)


def sampled_beside(case: Case) -> Callable[[], object]:
    """Begin to work out what is said of a case, beside what else is done; return how to wait.

    The futures take as long as all that else follows from a solution, and hang on the case alone.
    """
    return begun_beside(lambda: _REMEMBERED.of(case))


def _notes(case: Case) -> tuple[Message, ...]:
    return tuple(_noted(case))


def _noted(case: Case) -> Iterator[Message]:
    if not is_computed(case):
        return
    computed = compute(case)
    enough = dol_enough(computed)
    if not enough[ENOUGH[-1]]:
        return
    sizing = dol_sizing(computed)
    yield message(
        "plan.dol_size",
        accepted=as_read(sizing.today.accepted),
        stay=round(sizing.today.stay, 1),
        people=round(sizing.today.people),
        peak=round(sizing.peak),
        month=month_words(sizing.peak_month),
    )
    yield message("plan.dol_enough", **{f"in_{part}": places for part, places in enough.items()})


_REMEMBERED = Remembered(_notes)

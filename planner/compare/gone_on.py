"""A plan that goes on from an adopted one: planned, held against it by decision, and explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.compare.since_causes import since_causes
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language, Message, Text, message
from planner.input.book import Book
from planner.input.case import usable
from planner.input.edits import Edit
from planner.planning import PlanOptions, solved_plan
from planner.result.since import Since, SinceChange, adopted_plan, changes, compared, since
from planner.result.to_decide import ToDecide
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.since_tables import SINCE


@dataclass(frozen=True)
class GoneOn:
    """What came of going on from an adopted plan.

    `edits` fix in the book what was decided by its first day; a plan of the book after them is the
    one that the sheet is of.
    """

    sentences: tuple[Message, ...]
    sheet: ResultSheet
    edits: tuple[Edit, ...]


def gone_on(  # noqa: PLR0913 - what it is about, and who waits
    path: Path,
    book: Book,
    scenario: str | None,
    language: Language,
    *,
    options: PlanOptions,
    tell: Callable[[Message], None],
    cancel: CancelToken,
) -> GoneOn:
    """Return the plan of a book since the adopted one in a file; `CancelledError` when cancelled.

    `language` is that of who fixed something and why. `UnusableInputError` where the two do not go
    together, that plan's input was changed since, or no plan can be made.
    """
    adopted, heed = adopted_plan(path)
    found = since(adopted, book, scenario, language)
    tell(message("since.stage.plan"))
    made = solved_plan(found.book, scenario, options=options, cancel=cancel).plan
    if cancel.cancelled:
        raise CancelledError
    if not made.found:
        raise UnusableInputError(message("since.no_plan"))
    case, decisions = usable(found.book, scenario), made.tables["decisions"]
    changed = changes(found, decisions, case)
    causes = since_causes(found, changed, scenario, options=options, tell=tell, cancel=cancel)
    judged = tuple(compared(found, decisions, case))
    rows = [*_settled(found), *(_row(each, causes.in_short(each)) for each in judged)]
    told = message(
        "since.in_short",
        file=adopted.name,
        start=found.start,
        pinned=len(found.pinned) + len(found.lapsed),
        same=len(judged) - len(changed),
        changed=len(changed),
    )
    frame = pd.DataFrame(rows, columns=[each.key for each in SINCE.columns], dtype=object)
    sentences = tuple(each for each in (heed, told) if each is not None)
    return GoneOn(sentences, ResultSheet(SINCE, frame), found.edits)


_Row = tuple[object, ...]


def _settled(found: Since) -> Iterator[_Row]:
    """Yield the decisions that stand fixed, and those that are not fixed, with why."""
    for each in found.pinned:
        yield _cells(each, each, "pinned", None)
    for each, why in found.passed:
        yield _cells(each, None, "passed", why.both)


def _row(change: SinceChange, why: Message) -> _Row:
    if change.same:
        return _cells(change.was, change.now, "same", None)
    outcome = "new" if change.was is None else "dropped" if change.now is None else "other"
    return _cells(change.was, change.now, outcome, why.both)


def _cells(was: ToDecide | None, now: ToDecide | None, outcome: str, why: Text | None) -> _Row:
    about = was or now
    if about is None:
        raise ValueError("no decision at all")
    said = message(f"since.outcome.{outcome}").both
    return (about.location, about.decision.label, said, *_when(was), *_when(now), why)


def _when(decided: ToDecide | None) -> tuple[dt.date | None, float | None]:
    return (None, None) if decided is None else (decided.effect, float(round(decided.amount)))

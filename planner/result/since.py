"""Planning on from an adopted plan: what it decided by now stands fixed, the rest may still change.

A decision is taken once its last day lies before the first day of the new plan: of an opening its
month less the lead time, of an extension the last day of the contract, else the month itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import fsum
from pathlib import Path

import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.texts import Language, Message, message, month_words
from planner.input.book import Book
from planner.input.case import Case, usable
from planner.input.edits import Edit, SetCell, apply
from planner.input.kinds import Pinned
from planner.input.location import Location
from planner.input.months import last_day, months_from
from planner.input.pin_edits import SHEET, Fixed, fixed
from planner.input.records import table
from planner.model.demand import demand
from planner.result.load import load_plan
from planner.result.plan_of_book import PlanOfBook
from planner.result.plan_status import PlanStatus, status_of
from planner.result.to_decide import ToDecide, all_decisions
from planner.sheets.result_tables import Decision

# Less than half a bed, or person, is the rounding of a plan.
_HALF = 0.5
_WHOLE = 1e-6
People = Mapping[tuple[str, dt.date], float]
_PINNED = {
    Decision.OPEN: Pinned.OPEN,
    Decision.EXTEND: Pinned.EXTEND,
    Decision.CLOSE_EARLY: Pinned.CLOSE_EARLY,
    Decision.PREPARE_DOL: Pinned.PREPARE_DOL,
}


@dataclass(frozen=True)
class Since:
    """A book with the decisions of an adopted plan fixed in it that are taken on its first day.

    `pinned` are those, `passed` those that the book shows carried out or that it cannot carry out
    (with why), `open` those that may still change, `lapsed` the locations whose contract ended and
    was not extended, which stands fixed too. `edits` are what was changed in the book.
    """

    adopted: PlanOfBook
    start: dt.date
    book: Book
    edits: tuple[Edit, ...]
    pinned: tuple[ToDecide, ...]
    passed: tuple[tuple[ToDecide, Message], ...]
    open: tuple[ToDecide, ...]
    lapsed: tuple[str, ...] = ()


def adopted_plan(path: Path) -> tuple[PlanOfBook, Message | None]:
    """Return the plan in a workbook under the file's name, and what to heed in going on from it.

    `UnusableInputError` where there is none, or its input was changed after planning.
    """
    # It is called after its file: the plan after it may well be of the same scenario.
    adopted = replace(load_plan(path), name=path.name)
    if not adopted.same_input:
        raise UnusableInputError(message("since.other_input", file=adopted.name))
    if status_of(adopted.book).status is PlanStatus.ADOPTED:
        return adopted, None
    return adopted, message("since.not_adopted", file=adopted.name)


def since(adopted: PlanOfBook, book: Book, scenario: str | None, language: Language) -> Since:
    """Fix in a book what an adopted plan has decided by its first day.

    Who fixed it and why is written in a language. `UnusableInputError` where the book cannot be
    planned, where it begins before the adopted plan does or after it ends, or where what was taken
    contradicts it.
    """
    case, before = usable(book, scenario), adopted.case
    start = case.months[0]
    if not before.months[0] <= start <= before.months[-1]:
        raise UnusableInputError(
            message(
                "since.other_months",
                file=adopted.name,
                first=before.months[0],
                last=before.months[-1],
                start=start,
            )
        )
    pinned, passed, still, pins, edits = [], [], [], [], list[Edit]()
    for each in all_decisions(adopted.tables["decisions"], before.locations):
        if each.before >= start:
            still.append(each)
            continue
        why = _passed(each, adopted, case)
        if why is not None:
            passed.append((each, why))
            continue
        pinned.append(each)
        pins.append(_pin(each, start))
        edits += _sooner(each, book, case)
    lapsed = _lapsed(adopted, case)
    pins += [Fixed(each, Pinned.EXTEND, start, 0.0) for each in lapsed]
    who = message("since.who").text(language)
    day = message("since.why", file=adopted.name, start=start).text(language)
    edits += fixed(book.tables.get(SHEET), pins, who=who, why=day)
    made = apply(book, edits)[0] if edits else book
    try:
        usable(made, scenario)
    except UnusableInputError as fault:
        raise UnusableInputError(
            message("since.contradicts", file=adopted.name), fault.findings
        ) from fault
    return Since(
        adopted, start, made, tuple(edits), tuple(pinned), tuple(passed), tuple(still), lapsed
    )


def _passed(each: ToDecide, adopted: PlanOfBook, case: Case) -> Message | None:
    """Return why a decision that is taken is not fixed; None where it is to be."""
    location = case.locations.get(each.location)
    if location is None:
        return message("since.no_location")
    decided = _PINNED[each.decision]
    if any((pin.location, pin.decision) == (each.location, decided) for pin in case.pins):
        return message("since.fixed_there")
    share = _share(each, adopted)
    if share is not None and abs(share - 1.0) > _WHOLE:
        return message("since.in_part")
    return _cannot(each, adopted, location, case.months[0])


def _cannot(
    each: ToDecide, adopted: PlanOfBook, location: Location, start: dt.date
) -> Message | None:
    """Return why a location leaves nothing to fix about a decision; None where it does."""
    if _carried_out(each, adopted, location, start):
        return message("since.carried_out")
    if each.decision is Decision.OPEN and each.effect < start:
        return message("since.not_opened")
    if each.decision is Decision.PREPARE_DOL:
        planned = float(round(_dol(each, adopted, start)))
        return message("since.not_fitted", planned=planned, there=location.dol_prepared)
    if each.decision is Decision.EXTEND and location.extendable_until is None:
        return message("since.no_extension")
    return None


def _carried_out(each: ToDecide, adopted: PlanOfBook, location: Location, start: dt.date) -> bool:
    """Whether a book shows a decision as carried out."""
    match each.decision:
        case Decision.OPEN:
            return not location.candidate
        case Decision.EXTEND:
            return _until(location) > _until(adopted.case.locations[each.location])
        case Decision.CLOSE_EARLY:
            return _until(location) < max(each.effect, start)
        case Decision.PREPARE_DOL:
            return location.dol_prepared >= _dol(each, adopted, start) - _HALF


def _lapsed(adopted: PlanOfBook, case: Case) -> tuple[str, ...]:
    """Return the locations that were not extended before their contract ended, and could be."""
    first = adopted.case.months[0]
    decided = all_decisions(adopted.tables["decisions"], adopted.case.locations)
    extended = {each.location for each in decided if each.decision is Decision.EXTEND}
    fast = {pin.location for pin in case.pins if pin.decision is Pinned.EXTEND}
    return tuple(
        name
        for name, location in case.locations.items()
        if name in adopted.case.locations
        and name not in extended | fast
        and not location.candidate
        and first <= _until(location) < case.months[0]
        and location.extendable_until is not None
        and location.extendable_until >= last_day(case.months[0])
    )


def _until(location: Location) -> dt.date:
    return location.open_until or dt.date.max


def _share(each: ToDecide, adopted: PlanOfBook) -> float | None:
    """Return which part of a location was decided on; none for DOL, which is in places."""
    beds = adopted.case.locations[each.location].beds
    return None if each.decision is Decision.PREPARE_DOL or not beds else each.amount / beds


def _dol(each: ToDecide, adopted: PlanOfBook, month: dt.date) -> float:
    """Return the DOL places that are fitted out at a location in a month of the adopted plan."""
    dol = adopted.tables["dol"]
    here = dol[(dol["location"] == each.location) & (dol["month"] == month)]
    return float(here["prepared"].sum())


def _pin(each: ToDecide, start: dt.date) -> Fixed:
    return Fixed(each.location, _PINNED[each.decision], max(each.effect, start), 1.0)


def _sooner(each: ToDecide, book: Book, case: Case) -> Iterator[Edit]:
    """Yield what shortens the lead time of an opening that was decided before this plan begins."""
    left = len(months_from(case.months[0], each.effect)) - 1
    if each.decision is not Decision.OPEN or case.locations[each.location].lead_time_months <= left:
        return
    frame = book.frame("locations")
    for row in frame.index[frame["id"].astype(str) == each.location]:
        yield SetCell("locations", int(row), "lead_time_months", left)


def before_words(found: Since) -> Iterator[Message]:
    """Yield what is fixed, what is not and why, and what may still change."""
    yield message("since.start", file=found.adopted.name, start=found.start)
    for each in found.pinned:
        yield message("since.pinned", **_named(each))
    for each, why in found.passed:
        yield message("since.passed", **_named(each), why=why)
    if found.lapsed:
        yield message("since.lapsed", locations=found.lapsed)
    for edit in found.edits:
        if isinstance(edit, SetCell) and edit.table == "locations":
            yield message("since.lead_time", months=edit.value)
    for each in found.open:
        yield message("since.open", **_named(each), before=each.before)
    if not found.open:
        yield message("since.none_open")


@dataclass(frozen=True)
class SinceChange:
    """A decision that a new plan takes otherwise than the adopted one; `None` where it is not."""

    was: ToDecide | None
    now: ToDecide | None

    @property
    def about(self) -> ToDecide:
        """What was decided, where it is decided no more, else what is."""
        each = self.was or self.now
        if each is None:
            raise ValueError("no decision at all")
        return each

    @property
    def key(self) -> tuple[str, Decision]:
        """The location and the decision."""
        return self.about.location, self.about.decision

    @property
    def same(self) -> bool:
        """Whether both take it from the same month for as many beds or places."""
        was, now = self.was, self.now
        if was is None or now is None:
            return False
        return was.effect == now.effect and abs(was.amount - now.amount) < _HALF


def compared(found: Since, decisions: pd.DataFrame, case: Case) -> Iterator[SinceChange]:
    """Yield every decision of either plan that could still be taken otherwise, by location."""
    old = {(each.location, each.decision): each for each in found.open}
    fast = {(each.location, each.decision) for each in found.pinned}
    past = {(each.location, each.decision): each for each, _ in found.passed}
    new = {
        key: each
        for each in all_decisions(decisions, case.locations)
        if (key := (each.location, each.decision)) not in fast
    }
    for key in sorted({*old, *new}, key=lambda each: (each[0], each[1].value)):
        yield SinceChange(old.get(key, past.get(key)), new.get(key))


def changes(found: Since, decisions: pd.DataFrame, case: Case) -> tuple[SinceChange, ...]:
    """Return what the decisions of a new plan of a case are otherwise than in the adopted one."""
    return tuple(each for each in compared(found, decisions, case) if not each.same)


def after_words(
    found: Since,
    decisions: pd.DataFrame,
    scenario: str | None,
    why: Callable[[SinceChange], Message] | None = None,
) -> Iterator[Message]:
    """Yield by decision what a new plan does otherwise, what changed of its input, and why.

    `why` says what solving told of a change; without it nothing is said of that.
    """
    case = usable(found.book, scenario)
    judged = tuple(compared(found, decisions, case))
    others = [each for each in judged if not each.same]
    expected = [demand(one) if others else {} for one in (found.adopted.case, case)]
    for each in others:
        yield _changed(each.was, each.now)
        yield _because(found.adopted.case, case, each.about, expected)
        if why is not None:
            yield why(each)
    yield message("since.same", count=sum(each.same for each in judged))


def _changed(was: ToDecide | None, now: ToDecide | None) -> Message:
    if was is None and now is not None:
        return message("since.new", **_named(now))
    if now is None and was is not None:
        return message("since.dropped", **_named(was))
    if was is None or now is None:
        raise ValueError("no decision at all")
    before = {f"{key}_before": value for key, value in _named(was).items()}
    return message("since.other", **_named(now), **before)


def _because(before: Case, now: Case, each: ToDecide, expected: Sequence[People]) -> Message:
    """Return what changed of the input of a location, and how many people are expected then.

    `expected` is who is present in either case.
    """
    titles = {column.key: column.title for column in table("locations").columns}
    one, other = before.locations.get(each.location), now.locations.get(each.location)
    changed: Sequence[object] = ()
    if one is not None and other is not None:
        changed = tuple(
            titles[name]
            for name in (field.name for field in fields(Location))
            if name in titles and getattr(one, name) != getattr(other, name)
        )
    month = max(each.effect, now.months[0])
    was, people = (_present(here, month) for here in expected)
    key = "since.because_location" if changed else "since.because_people"
    return message(key, changed=changed, month=month_words(month), was=was, now=people)


def _present(people: People, month: dt.date) -> object:
    """Return how many people are expected in a month, or that it is not planned."""
    there = [each for (_, at), each in people.items() if at == month]
    return float(round(fsum(there))) if there else message("since.not_planned").both


def _named(each: ToDecide) -> Mapping[str, object]:
    month = month_words(each.effect)
    return {
        "location": each.location,
        "decision": each.decision.label,
        "month": month,
        "amount": float(round(each.amount)),
    }

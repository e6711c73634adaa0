"""A wish about a plan: what somebody would have otherwise, read from a sentence or from cells.

The sentences are few and fixed, in Dutch or English: a location closed, opened or extended, with so
many DOL places or people at most; nobody, or at most so many, in a kind of place. A cell of the
input is asked to be otherwise with `table,key,column,value`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from planner.core.display_names import called
from planner.core.errors import UnusableInputError
from planner.core.texts import MONTH_NAMES, Message, Text, message, month_words
from planner.explain.changes import with_location
from planner.input.case import Case
from planner.input.edit_lines import EditLine, edit_line_of
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind
from planner.input.location import Location
from planner.input.names import plain
from planner.model.algebra import Variable
from planner.model.decisions import Decisions

_LONG_MONTHS = (
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "march"),
    ("april", "april"),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
)
_WHEN = r"(?:\s+(?P<when>vanaf|from|in|uiterlijk|by)\s+(?P<month>[\w.\- ]+?))?"
_MOST = r"(?:ten hoogste|hoogstens|maximaal|at most|no more than)\s+(?P<number>\d+)"
_PEOPLE = r"(?:\s+(?:mensen|personen|people|persons))?"
_CLOSED = r"(?:dicht|gesloten|sluiten|closed|close|niet open|not open)"
# What people call the kinds of emergency reception, beside their titles.
_KINDS = {
    "tent": (PlaceKind.EMERGENCY_TENT,),
    "tents": (PlaceKind.EMERGENCY_TENT,),
    "tenten": (PlaceKind.EMERGENCY_TENT,),
    "noodopvang": EMERGENCY_KINDS,
    "emergency": EMERGENCY_KINDS,
    "emergencyreception": EMERGENCY_KINDS,
    "crisis": (PlaceKind.CRISIS,),
}


@dataclass(frozen=True)
class Bound:
    """Columns of which the sum may be at least or at most so much, about a month or a decision."""

    columns: tuple[Variable, ...]
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Wish:
    """What is wished for: its words, the cells or the case it changes, and what must then hold.

    `pin` is the row of the sheet Pins that fixes it: location, decision, month, value.
    """

    told: Message
    edits: tuple[EditLine, ...] = ()
    changed: Callable[[Case], Case] = field(default=lambda case: case)
    bounds: Callable[[Case, Decisions], Iterator[Bound]] = field(default=lambda *_: iter(()))
    pin: tuple[str, str, dt.date, float] | None = None


def read_wish(case: Case, words: str) -> Wish:
    """Return the wish that words state about a case; `UnusableInputError` says what is not known.

    A month without a year is the first of that name that is planned.
    """
    told = " ".join(words.split())
    if told.count(",") >= len(("key", "column", "value")):
        return _of_cell(told)
    for pattern, read in _FORMS:
        found = pattern.match(told)
        if found is not None:
            return read(case, found)
    raise UnusableInputError(message("wish.unknown", wish=words))


def _of_cell(words: str) -> Wish:
    edit = edit_line_of(words)
    value = "" if edit.value is None else edit.value
    told = message("wish.cell", table=edit.table, key=edit.key, column=edit.column, value=value)
    return Wish(told, (edit,))


def _closed(case: Case, found: re.Match[str]) -> Wish:
    location = _location(case, found["place"])
    first = _from(case, found)
    if location.candidate:

        def unopened(_: Case, choose: Decisions) -> Iterator[Bound]:
            if location.id in choose.open:
                yield Bound((choose.open[location.id],), at_most=0.0)

        return Wish(
            message("wish.not_opened", location=_shown(location)),
            bounds=unopened,
            pin=_pin_of(case, location, "open", first, 0.0),
        )
    last = first - dt.timedelta(days=1)

    def closed(of: Case) -> Case:
        until = location.open_until
        if until is not None and until <= last:
            return with_location(of, location.id, extendable_until=None)
        return with_location(of, location.id, open_until=last, extendable_until=None)

    return Wish(
        message("wish.closed", location=_shown(location), month=month_words(first)),
        changed=closed,
        pin=(location.id, "close_early", first, 1.0),
    )


def _pin_of(
    case: Case, location: Location, decision: str, month: dt.date, value: float
) -> tuple[str, str, dt.date, float]:
    """Return the row of Pins for a decision that stands in any month of its term."""
    from_day = location.open_from or month
    return location.id, decision, max(month, from_day.replace(day=1), case.months[0]), value


def _opened(case: Case, found: re.Match[str]) -> Wish:
    location = _location(case, found["place"])
    if not location.candidate:
        raise UnusableInputError(message("wish.no_candidate", location=_shown(location)))

    def opened(_: Case, choose: Decisions) -> Iterator[Bound]:
        if location.id not in choose.open:
            raise UnusableInputError(message("wish.cannot_open", location=_shown(location)))
        yield Bound((choose.open[location.id],), at_least=1.0)

    told = message("wish.opened", location=_shown(location))
    pin = _pin_of(case, location, "open", case.months[-1], 1.0)
    return Wish(told, bounds=opened, pin=pin)


def _extended(case: Case, found: re.Match[str]) -> Wish:
    location = _location(case, found["place"])

    def extended(_: Case, choose: Decisions) -> Iterator[Bound]:
        if location.id not in choose.extend:
            raise UnusableInputError(message("wish.cannot_extend", location=_shown(location)))
        yield Bound((choose.extend[location.id],), at_least=1.0)

    return Wish(message("wish.extended", location=_shown(location)), bounds=extended)


def _with_dol(case: Case, found: re.Match[str]) -> Wish:
    location, places = _location(case, found["place"]), float(found["number"])
    first = _month(case, found["month"]) if found["month"] else case.months[-1]
    fields = {
        "location": _shown(location),
        "places": places,
        "beds": location.dol_beds,
        "month": month_words(first),
    }
    if places > location.dol_beds:
        raise UnusableInputError(message("wish.dol_too_many", **fields))
    months = [month for month in case.months if month >= first]

    def prepared(_: Case, choose: Decisions) -> Iterator[Bound]:
        there = [m for m in months if (location.id, m) in choose.dol_prepared]
        if not there:
            raise UnusableInputError(message("wish.not_usable", **fields))
        for month in there:
            yield Bound((choose.dol_prepared[location.id, month],), at_least=places)

    return Wish(
        message("wish.dol", **fields),
        bounds=prepared,
        pin=(location.id, "prepare_dol", first, places),
    )


def _few_at(case: Case, found: re.Match[str]) -> Wish:
    """Read at most so many people at a location."""
    return _few_at_place(case, found["place"], found)


def _few_at_place(case: Case, place: str, found: re.Match[str]) -> Wish:
    location, most, groups = _location(case, place), _number(found), _groups(case, found)
    first, only = _from(case, found), found["when"] == "in"

    def few(of: Case, choose: Decisions) -> Iterator[Bound]:
        for month in _months(case, first, only=only):
            columns = (
                tuple(
                    column for group in groups for column in choose.of_group(group, location, month)
                )
                if groups
                else tuple(choose.people_at(of, location, month))
            )
            if columns:
                yield Bound(columns, at_most=most)

    told = message(
        f"wish.few_at.{'in' if only else 'from'}",
        location=_shown(location),
        who=_who(groups),
        number=most,
        month=month_words(first),
    )
    return Wish(told, bounds=few)


def _who(groups: tuple[str, ...]) -> Text:
    """Return whom a wish is about, in words."""
    named = [called(group) for group in groups] or [Text("mensen", "people")]
    return Text(", ".join(each.nl for each in named), ", ".join(each.en for each in named))


def _few_in(case: Case, found: re.Match[str]) -> Wish:
    """Read nobody, or at most so many people, in some kinds of place or at a location."""
    kinds = _kinds(found["kind"])
    if kinds is None:
        return _few_at_place(case, found["kind"], found)
    most, first, only = _number(found), _from(case, found), found["when"] == "in"
    groups = _groups(case, found)

    def few(_: Case, choose: Decisions) -> Iterator[Bound]:
        for month in _months(case, first, only=only):
            columns = tuple(
                column
                for (group, _place, kind, each), column in choose.people.items()
                if each == month and kind in kinds and (not groups or group in groups)
            )
            if columns:
                yield Bound(columns, at_most=most)

    return Wish(
        message(
            f"wish.few_in.{'in' if only else 'from'}",
            number=most,
            who=_who(groups),
            kinds=Text(", ".join(k.label.nl for k in kinds), ", ".join(k.label.en for k in kinds)),
            month=month_words(first),
        ),
        bounds=few,
    )


def _number(found: re.Match[str]) -> float:
    given = found.groupdict().get("number")
    return float(given) if given else 0.0


def _groups(case: Case, found: re.Match[str]) -> tuple[str, ...]:
    """Return the groups that a wish is about; none where it is about everybody."""
    given = found.groupdict().get("group")
    if not given:
        return ()
    for name in case.groups:
        if plain(given) in {plain(name), plain(called(name).nl), plain(called(name).en)}:
            return (name,)
    raise UnusableInputError(message("wish.no_group", name=given, names=tuple(case.groups)))


def _kinds(name: str) -> tuple[PlaceKind, ...] | None:
    """Return the kinds of place that go by a name; `None` where none does."""
    if plain(name) in _KINDS:
        return _KINDS[plain(name)]
    for kind in PlaceKind:
        if plain(name) in {plain(kind.value), plain(kind.label.nl), plain(kind.label.en)}:
            return (kind,)
    return None


def _location(case: Case, name: str) -> Location:
    """Return the location that goes by a code or a name."""
    for each in case.locations.values():
        if plain(name) in {plain(each.id), plain(each.name)} - {""}:
            return each
    raise UnusableInputError(message("wish.no_location", name=name))


def _shown(location: Location) -> str:
    return f"{location.id} {location.name}".strip()


def _from(case: Case, found: re.Match[str]) -> dt.date:
    return _month(case, found["month"]) if found["month"] else case.months[0]


def _months(case: Case, first: dt.date, *, only: bool) -> Iterator[dt.date]:
    return (month for month in case.months if month == first or (month > first and not only))


def _month(case: Case, words: str) -> dt.date:
    """Return the planned month that words name; `UnusableInputError` where none is."""
    for month in case.months:
        if plain(words) in {plain(each) for each in _called(month)}:
            return month
    first, last = month_words(case.months[0]), month_words(case.months[-1])
    raise UnusableInputError(message("wish.no_month", month=words, first=first, last=last))


def month_named(case: Case, words: str) -> dt.date:
    """Return the planned month that words name; `UnusableInputError` where none is."""
    return _month(case, words)


def _called(month: dt.date) -> Iterator[str]:
    names = [
        *_LONG_MONTHS[month.month - 1],
        *(MONTH_NAMES[each][month.month - 1] for each in MONTH_NAMES),
    ]
    yield from (month.isoformat(), month.isoformat()[:7])
    for name in names:
        yield name
        yield f"{name} {month.year}"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Case, re.Match[str]], Wish]], ...] = tuple(
    (re.compile(f"^{form}$", re.IGNORECASE), read)
    for form, read in (
        (
            rf"(?P<place>.+?)\s+(?:is\s+)?{_CLOSED}{_WHEN}",
            _closed,
        ),
        (rf"(?P<place>.+?)\s+(?:is\s+)?(?:open|openen|geopend|opened){_WHEN}", _opened),
        (rf"(?P<place>.+?)\s+(?:is\s+)?(?:verlengd|verlengen|extended|extend){_WHEN}", _extended),
        (
            rf"(?P<place>.+?)\s+(?:met\s+|with\s+)?(?P<number>\d+)\s+dol[\s-]*(?:plaatsen|places|plekken)?{_WHEN}",
            _with_dol,
        ),
        (rf"(?:niemand|nobody|no one)\s+(?:in|at|bij)\s+(?P<kind>.+?){_WHEN}", _few_in),
        (rf"{_MOST}{_PEOPLE}\s+(?:in|at|bij)\s+(?P<kind>.+?){_WHEN}", _few_in),
        (rf"(?P<group>.+?)\s+(?:niet|not)\s+(?:in|at|bij)\s+(?P<kind>.+?){_WHEN}", _few_in),
        (rf"(?P<place>.+?)\s+(?:met\s+|with\s+)?{_MOST}{_PEOPLE}{_WHEN}", _few_at),
    )
)

"""Why a plan that goes on from an adopted one decides otherwise: found by solving, not by listing.

What changed of the input is put back a part at a time, as the adopted plan had it: the people who
are expected, the rows of locations, the parameters. Each time the new plan is made again, and where
a decision then comes out as adopted, that part is why it changed. A part for which no time is left
is told as not tried.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Message, Text, message
from planner.input.case import Case, Parsed, usable
from planner.input.kinds import Listed
from planner.input.parameters import Parameters
from planner.margin.stress import with_people
from planner.model.demand import demand
from planner.planning import PlanOptions, solved_plan
from planner.result.plan import Plan
from planner.result.since import Since, SinceChange, changes
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import SOMEBODY

# How long may be taken for it. A small plan is made in seconds, a national one in about a minute.
BUDGET_S = 120.0
# What came of putting a part back: the decisions that are then as adopted.
Changed = tuple[str, Decision]


class InputPart(Listed):
    """A part of the input that is put back."""

    PEOPLE = "people", "het aantal mensen dat verwacht wordt", "the number of people expected"
    LOCATIONS = "locations", "de gegevens van locaties", "the data of locations"
    PARAMETERS = "parameters", "de parameters", "the parameters"


@dataclass(frozen=True)
class SinceCauses:
    """By changed decision the parts that alone make it as adopted, and which parts were tried.

    `untried` are the parts that differ and with which no plan can be made, `left` those for which
    there was no time.
    """

    why: Mapping[Changed, tuple[InputPart, ...]]
    tried: tuple[InputPart, ...]
    untried: tuple[InputPart, ...]
    left: tuple[InputPart, ...] = ()

    def words(self, change: SinceChange) -> Message:
        """Return why a decision changed, as far as solving tells."""
        parts = self.why.get(change.key, ())
        if parts:
            return message("since.cause.part", parts=_labels(parts))
        if self.left:
            return message("since.cause.left", tried=_labels(self.tried), left=_labels(self.left))
        if not self.tried:
            return message("since.cause.nothing")
        return message("since.cause.together", parts=_labels(self.tried))

    def in_short(self, change: SinceChange) -> Message:
        """Return the same for a cell of a table."""
        parts = self.why.get(change.key, ())
        if parts:
            return message("since.cause.part.short", parts=_labels(parts))
        if self.left:
            return message("since.cause.left.short", left=_labels(self.left))
        if not self.tried:
            return message("since.cause.nothing.short")
        return message("since.cause.together.short", parts=_labels(self.tried))


def _labels(parts: Sequence[InputPart]) -> tuple[Text, ...]:
    return tuple(each.label for each in parts)


def since_causes(  # noqa: PLR0913 - what it is about, and who waits
    found: Since,
    changed: Sequence[SinceChange],
    scenario: str | None,
    *,
    options: PlanOptions,
    tell: Callable[[Message], None],
    budget_s: float = BUDGET_S,
    cancel: CancelToken | None = None,
) -> SinceCauses:
    """Return why each decision of a new plan differs; `CancelledError` when cancelled.

    `changed` are the decisions that do. Where none does, nothing is solved. After the first part
    another one is tried only if it fits in the budget, in seconds, as the longest before did.
    """
    case = usable(found.book, scenario)
    why: dict[Changed, list[InputPart]] = {each.key: [] for each in changed}
    tried: list[InputPart] = []
    untried: list[InputPart] = []
    left: list[InputPart] = []
    begun, longest = time.monotonic(), 0.0
    for part, other in _put_back(found, case) if changed else ():
        at = time.monotonic()
        if longest and at - begun + longest > budget_s:
            left.append(part)
            continue
        tell(message("since.cause.trying", part=part.label))
        made = _made(found, other, scenario, options, cancel)
        longest = max(longest, time.monotonic() - at)
        if made is None:
            untried.append(part)
            continue
        tried.append(part)
        still = {each.key for each in changes(found, made.tables["decisions"], other)}
        for key, parts in why.items():
            if key not in still:
                parts.append(part)
    told = {key: tuple(parts) for key, parts in why.items()}
    return SinceCauses(told, tuple(tried), tuple(untried), tuple(left))


def _made(
    found: Since,
    other: Case,
    scenario: str | None,
    options: PlanOptions,
    cancel: CancelToken | None,
) -> Plan | None:
    """Return the plan of a case with a part put back; None where none can be made."""
    try:
        made = solved_plan(
            found.book,
            scenario,
            parsed=Parsed(other, ()),
            options=replace(options, trials=0, model_dir=None),
            cancel=cancel,
        ).plan
    except UnusableInputError:
        return None
    if cancel is not None and cancel.cancelled:
        raise CancelledError
    return made if made.found else None


def _put_back(found: Since, case: Case) -> Iterator[tuple[InputPart, Case]]:
    """Yield each part that differs, and the new case with that part as the adopted plan had it."""
    before = found.adopted.case
    now, then = demand(case), demand(before)
    people = {key: then.get(key, amount) for key, amount in now.items()}
    if any(abs(people[key] - amount) >= SOMEBODY for key, amount in now.items()):
        yield InputPart.PEOPLE, with_people(case, people)
    decided = {each.location for each in found.pinned} | {each.location for each, _ in found.passed}
    apart = decided | set(found.lapsed)
    rows = {
        name: each if name in apart else before.locations.get(name, each)
        for name, each in case.locations.items()
    }
    if rows != dict(case.locations):
        yield InputPart.LOCATIONS, replace(case, locations=rows)
    parameters = before.parameters
    if _values(parameters) != _values(case.parameters):
        yield InputPart.PARAMETERS, replace(case, parameters=parameters)


def _values(parameters: Parameters) -> object:
    return (
        {name: each.value for name, each in parameters.by_name.items()},
        {
            name: [(each.value, each.valid_from, each.valid_until) for each in rows]
            for name, rows in parameters.dated.items()
        },
    )

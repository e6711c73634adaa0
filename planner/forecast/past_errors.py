"""How far old forecasts were off, by months ahead, and futures that are as far apart as that.

Of each old forecast and month the groups that were forecast and counted are taken together. The
error is the logarithm of counted over forecast, so that twice too many and half too few are as far
off; by months ahead it is the root of its mean square, whichever way it went.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from planner.core.errors import UnusableInputError
from planner.core.texts import Message, message
from planner.input.case import GroupMonth

# What the file of a track record says it is, and how many old forecasts one needs at least.
KIND, VERSION = "opvangplan-track-record", 1
FEWEST = 2

People = Mapping[GroupMonth, float]
Total = tuple[float, float]  # people forecast and counted


@dataclass(frozen=True)
class PastErrors:
    """The errors of so many old forecasts, by months ahead, as logarithms."""

    olds: int
    by_months: Mapping[int, float]

    @property
    def furthest(self) -> int:
        """How many months ahead is the furthest that is known."""
        return max(self.by_months)

    def ahead(self, months: int) -> float:
        """Return the error so many months ahead: none of what is counted, between others straight.

        Further than is known it is as at the furthest.
        """
        known = {0: 0.0, **self.by_months}
        at = sorted(known)
        return float(np.interp(months, at, [known[each] for each in at]))

    def told(self, key: str, months: int) -> Message:
        """Return a text about these errors, at the furthest of so many months that is known."""
        last = min(self.furthest, months - 1)
        fields = {"olds": self.olds, "ahead": last, "furthest": self.furthest}
        return message(key, **fields, percent=100 * self.share(last))

    def share(self, months: int) -> float:
        """Return the error so many months ahead as a part of the forecast."""
        return float(np.expm1(self.ahead(months)))


def past_errors(figures: Iterable[tuple[str, int, float, float]]) -> PastErrors:
    """Return the errors of figures: of which forecast, months ahead, people forecast and counted.

    What adds up to nobody on either side tells nothing and is left out.
    """
    totals: defaultdict[tuple[str, int], Total] = defaultdict(lambda: (0.0, 0.0))
    for old, ahead, forecast, counted in figures:
        before = totals[old, ahead]
        totals[old, ahead] = before[0] + forecast, before[1] + counted
    squares: defaultdict[int, list[float]] = defaultdict(list)
    for (_, ahead), (forecast, counted) in totals.items():
        if forecast > 0 and counted > 0:
            squares[ahead].append(float(np.log(counted / forecast)) ** 2)
    return PastErrors(
        len({old for old, _ in totals}),
        {ahead: float(np.sqrt(np.mean(each))) for ahead, each in sorted(squares.items())},
    )


def read_past_errors(path: Path) -> PastErrors:
    """Return the errors in a track record that was written as JSON.

    `UnusableInputError` where it is not there or none, is of another version, or tells nothing.
    """
    if not path.exists():
        raise UnusableInputError(message("past_errors.missing", file=str(path)))
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if (record["kind"], record["version"]) != (KIND, VERSION):
            raise UnusableInputError(message("past_errors.no_record", file=str(path)))
        found = past_errors(
            (str(e["old"]), int(e["horizon"]), float(e["forecast"]), float(e["counted"]))
            for e in record["figures"]
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UnusableInputError(message("past_errors.no_record", file=str(path))) from fault
    return usable_errors(found, str(path))


def usable_errors(found: PastErrors, called: str) -> PastErrors:
    """Return errors that tell something, of what is so called; else `UnusableInputError`.

    They are of two old forecasts at least, some month ahead, and finite.
    """
    finite = all(np.isfinite(each) for each in found.by_months.values())
    if found.olds < FEWEST or not found.by_months or not finite or min(found.by_months) < 1:
        raise UnusableInputError(message("past_errors.nothing", file=called))
    return found


def widened(
    drawn: Sequence[People],
    expected: People,
    months: Sequence[dt.date],
    past: PastErrors,
    seed: int,
) -> tuple[People, ...]:
    """Return futures as far apart as past errors, the same for the same seed; never less far.

    Everybody of a future is multiplied by one chance of its own, that grows with the months ahead
    by what the futures lack of the past errors in that month.
    """
    usual = _totals(expected, months)
    totals = np.array([_totals(each, months) for each in drawn])
    times = factors(totals, usual, past, seed)
    at = {month: number for number, month in enumerate(months)}
    return tuple(
        {(g, m): people * float(times[number, at[m]]) for (g, m), people in each.items()}
        for number, each in enumerate(drawn)
    )


def factors(totals: np.ndarray, usual: np.ndarray, past: PastErrors, seed: int) -> np.ndarray:
    """Return what everybody of each future is multiplied by, (futures, months); never less far.

    `totals` are the people of each future, (futures, months), and `usual` who is expected.
    """
    own = np.sqrt(np.mean([_apart(each, usual) ** 2 for each in totals], axis=0))
    wanted = np.array([past.ahead(number) for number in range(len(usual))])
    lacking = np.sqrt(np.maximum(wanted**2 - own**2, 0.0))
    chances = np.random.default_rng([seed, 2]).standard_normal(len(totals))
    found: np.ndarray = np.exp(chances[:, None] * lacking[None, :])
    return found


def _totals(people: People, months: Sequence[dt.date]) -> np.ndarray:
    found = dict.fromkeys(months, 0.0)
    for (_, month), each in people.items():
        found[month] += each
    return np.array(list(found.values()))


def _apart(totals: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Return how far totals are from what is usual, as logarithms; none where nobody is."""
    there = (totals > 0) & (usual > 0)
    return np.log(np.where(there, totals, 1.0) / np.where(there, usual, 1.0))

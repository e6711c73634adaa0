"""What a reserve of regular places costs over some months, and what emergency places it saves.

A place in reserve is paid for in every month. Where more are needed than there are, it
takes the place of one in emergency reception, which is paid for only in the months it is needed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from planner.input.months import MONTHS_IN_YEAR

Amounts = Mapping[dt.date, float]


@dataclass(frozen=True)
class Need:
    """The places needed beyond the regular ones by month, and what a place costs then.

    `regular` and `emergency` are euros per place per month, of the same months.
    """

    places: Amounts
    regular: Amounts
    emergency: Amounts

    def kept(self, places: float) -> float:
        """Return what a reserve of so many places costs over the months, in euros."""
        return places * fsum(self.regular.values())

    def avoided(self, places: float) -> float:
        """Return what the reserve saves on emergency places over the months, in euros."""
        return fsum(self.emergency[m] * min(n, places) for m, n in self.places.items())

    def saved(self, places: float) -> float:
        """Return what the reserve saves after its own cost; below zero it costs more."""
        return self.avoided(places) - self.kept(places)

    def months_needed(self, places: float) -> int:
        """Return in how many months the last of so many places is needed."""
        return sum(n >= places > 0 for n in self.places.values())

    @property
    def least(self) -> float:
        """What is needed in every month: a lack of regular places, and no buffer."""
        return min(self.places.values())

    @property
    def break_even(self) -> float:
        """The part of the months in which a place must be needed to be worth keeping.

        More than 1 where a regular place is dearer than one in emergency reception.
        """
        return fsum(self.regular.values()) / fsum(self.emergency.values())

    @property
    def best(self) -> float:
        """The size that saves most: what it saves bends only where a month's need ends."""
        return max((0.0, *sorted(set(self.places.values()))), key=self.saved)

    @property
    def pays_up_to(self) -> float:
        """The largest size that costs no more than the emergency places it saves.

        Zero where no reserve pays, without end where a place in reserve costs nothing.
        """
        bends = (0.0, *sorted({n for n in self.places.values() if n > 0}))
        found = 0.0
        for low, high in pairwise(bends):
            if self.saved(high) >= 0:
                found = high
            elif self.saved(low) > 0:
                return low + (high - low) * self.saved(low) / (self.saved(low) - self.saved(high))
        if not found:
            return 0.0
        a_place_more = fsum(self.regular.values())
        return found + self.saved(found) / a_place_more if a_place_more else float("inf")

    def yearly(self, amount: float) -> float:
        """Return an amount over the months as an amount a year."""
        return amount * MONTHS_IN_YEAR / len(self.places)

    def of_year(self, year: int) -> Need:
        """Return the need in the months of a calendar year."""
        parts = ({m: a for m, a in each.items() if m.year == year} for each in vars(self).values())
        return Need(*parts)


@dataclass(frozen=True)
class Reserve:
    """A reserve of so many places against the need of a scenario, in euros a year.

    `needed` is in how many months its last place is needed, `used` the part of its place-months in
    which somebody is there.
    """

    scenario: str
    places: float
    kept: float
    avoided: float
    needed: int
    used: float | None

    @property
    def extra(self) -> float:
        """What the reserve costs more than the emergency places it saves; below zero it saves."""
        return self.kept - self.avoided


def reserve(scenario: str, need: Need, places: float) -> Reserve:
    """Return what a reserve of so many places comes to."""
    there = fsum(min(n, places) for n in need.places.values())
    return Reserve(
        scenario,
        places,
        need.yearly(need.kept(places)),
        need.yearly(need.avoided(places)),
        need.months_needed(places),
        there / (places * len(need.places)) if places else None,
    )

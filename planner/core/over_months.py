"""An amount over several months: never one number with the unit of a month.

A person who has no place for twelve months is one person and twelve person-months. Whatever is
added up over months is said in the unit that this type gives it, after the worst month and the
last, which are in people or places, and the mean of the months in which there is anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from planner.core.texts import ROUNDING, Message, Text, catalogue, message, month_words

# From here on a reader sees no decimals; below it at most two.
WHOLE_FROM = 10
SHOWN_DIGITS = 2
SHARE = "share"
# What is there in whole ones alone: a reader is told of no half person in a month.
COUNTED = frozenset({"persons", "people", "places", "beds", "seats"})
# What the sum over months of a unit of one month is called.
OVER_MONTHS: Mapping[str, str] = {
    "persons": "person-months",
    "people": "person-months",
    "places": "place-months",
    "beds": "bed-months",
    "seats": "seat-months",
    "fte": "fte-months",
    SHARE: "share-months",
}
# Units that people read in percents.
SHARES = frozenset({SHARE, OVER_MONTHS[SHARE]})


@dataclass(frozen=True)
class OverMonths:
    """An amount by month, in `unit` in each of them: at least one month, in order.

    Two figures of the same month are added up only by `of`, which is for figures of one kind: a
    person who is short of a place under two rules is not two persons.
    """

    unit: str
    by_month: tuple[tuple[dt.date, float], ...]

    @classmethod
    def of(
        cls, unit: str, amounts: Iterable[tuple[dt.date, float]], until: dt.date | None = None
    ) -> OverMonths:
        """Return amounts of one kind by month; raises `ValueError` where there are none.

        `until` is the last month to tell of, in which there may be nothing.
        """
        found: dict[dt.date, float] = {}
        for month, amount in amounts:
            found[month] = found.get(month, 0.0) + float(amount)
        if not found:
            raise ValueError("an amount over months has at least one month")
        if until is not None:
            found.setdefault(until, 0.0)
        return cls(unit, tuple(sorted(found.items())))

    @property
    def worst(self) -> tuple[dt.date, float]:
        """The month with the largest amount, the first of equals, and that amount in `unit`."""
        return max(self.by_month, key=lambda each: each[1])

    @property
    def last(self) -> tuple[dt.date, float]:
        """The last month and its amount in `unit`."""
        return self.by_month[-1]

    @property
    def mean(self) -> tuple[int, float]:
        """In how many months there is anything, at least one, and the mean amount in those."""
        months = max(sum(abs(amount) >= ROUNDING for _, amount in self.by_month), 1)
        return months, self.total / months

    @property
    def total(self) -> float:
        """The sum over the months, in `total_unit`."""
        return fsum(amount for _, amount in self.by_month)

    @property
    def total_unit(self) -> str:
        """The unit of the sum: person-months, place-months and so on."""
        return unit_over_months(self.unit)

    @property
    def less(self) -> OverMonths:
        """The same with the other sign: of a difference, how much less it is."""
        return OverMonths(self.unit, tuple((month, -amount) for month, amount in self.by_month))

    @property
    def words(self) -> Message:
        """The worst month and the last, the mean, then the sum; for one month its amount alone."""
        (month, worst), (end, last) = self.worst, self.last
        if len(self.by_month) == 1:
            return message("over_months.one", amount=amount_words(worst, self.unit))
        fields = {
            "month": month_words(month),
            "worst": amount_words(worst, self.unit),
            "mean": self._mean_words,
            "total": amount_words(self.total, self.total_unit),
        }
        if len({counted(amount, self.unit) for _, amount in self.by_month}) == 1:
            return message("over_months.steady", **fields)
        if end == month:
            return message("over_months.growing", **fields)
        return message(
            "over_months.several",
            **fields,
            end=month_words(end),
            last=amount_words(last, self.unit),
        )

    @property
    def after_worst(self) -> Message:
        """What is told beside the worst month: the last month, the mean, then the sum."""
        end, last = self.last
        fields = {
            "last": amount_words(last, self.unit),
            "end": month_words(end),
            "mean": self._mean_words,
        }
        return message(
            "over_months.after_worst", **fields, total=amount_words(self.total, self.total_unit)
        )

    @property
    def _mean_words(self) -> Message:
        months, mean = self.mean
        return message("over_months.mean", mean=amount_words(mean, self.unit), count=months)


def unit_over_months(unit: str) -> str:
    """Return the unit of a sum over months of amounts in the unit of one month.

    A unit that is no rule's, as somebody may write in a file, has months added to it.
    """
    return OVER_MONTHS.get(unit, unit if unit.endswith("months") else f"{unit}-months")


def as_read(value: float) -> float:
    """Return an amount as people read it: whole from ten on, else with two decimals at most."""
    return float(round(value)) if abs(value) >= WHOLE_FROM else _few(value)


def counted(amount: float, unit: str) -> float:
    """Return an amount in a unit as people read it: people and places of a month whole."""
    return float(round(amount)) if unit in COUNTED else as_read(amount)


def _few(value: float) -> float:
    """Return a little amount with two decimals; what would look like nothing, as it is."""
    shown = round(value, SHOWN_DIGITS)
    return shown if shown or abs(value) < ROUNDING else value


def unit_words(unit: str, amount: float | None = None) -> Message | Text:
    """Return a unit in words: for one where the amount is shown as 1, and that is another word.

    One that the catalogue does not name stands as it is.
    """
    one, more = f"unit.one.{unit}", f"unit.{unit}"
    if amount is not None and counted(amount, unit) == 1 and one in catalogue():
        return message(one)
    return message(more) if more in catalogue() else Text(unit, unit)


def amount_words(amount: float, unit: str) -> Message:
    """Return an amount with its unit, as people read it; a share in percents.

    People and places of a month are whole; what is less than half of one is less than 1.
    """
    if unit == SHARE:
        return message("over_months.percent", percent=as_read(100 * amount))
    shown = counted(amount, unit)
    if unit in COUNTED and not shown and abs(amount) >= ROUNDING:
        return message("over_months.little", unit=unit_words(unit, 1.0))
    return message("over_months.amount", amount=shown, unit=unit_words(unit, amount))

"""Signs that a sheet lists single persons: it is refused, for the program plans with totals.

A sign is a heading such as Geboortedatum, a text that holds a personal datum, a column of numbers
that are citizen service numbers or V-numbers, or names beside what belongs to persons. Numbers of
organisations and whom to call at a municipality are no sign; that they were seen is told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, takewhile
from operator import itemgetter

from planner.core.texts import Text
from planner.input.book import RawSheet, RawValue, Uncalculated, column_letters
from planner.input.names import plain
from planner.input.personal_data.numbers import (
    Sort,
    beyond_chance,
    data_in,
    datum_in_label,
    emails_in,
    is_mobile,
    is_phone,
    is_private,
    is_street,
    is_year_of_birth,
    number_alone,
    passes_eleven_test,
    year_in,
)
from planner.input.personal_data.words import (
    is_personal_heading,
    is_remark_heading,
    is_short_for_birth,
    is_surely_a_person,
    looks_like_a_person,
    may_head,
    tells_amounts,
    tells_names,
    tells_organisations,
    tells_other_days,
    tells_other_numbers,
    tells_phones,
)

# How far down the heading of a table may stand, below titles and remarks.
HEADING_ROWS = 20

_LONGEST_HEADING = 80
_SERVICE_DIGITS, _V_DIGITS = 9, 10
_SMALLEST, _LARGEST = 10_000_000, 9_999_999_999

# Below these, numbers that pass the eleven test do so by chance.
_CHANCE = 0.01
_CHANCE_OF_AMOUNTS = 1e-4
_CHANCE_TO_TELL = 0.2
_FEWEST_V_NUMBERS = 3
_FEWEST_IN_A_LIST = 3
_MOST = 0.6
_OF_CASES = ("dossier", "zaak", "nummer", "number", "case", "nr", "kenmerk", "registr", "client")
_FIRST, _LAST = 1900, 2100
_HALF = 0.5
# Cells of a column among which its heading is looked for.
_HEADS = 60


@dataclass(frozen=True)
class Sign:
    """Something about single persons: the cell, empty where it is not at one, and what it is.

    `sure` tells whether the sheet is refused for it. The datum itself is not kept.
    """

    cell: str
    what: str | Text
    sure: bool = True


def person_signs(sheet: RawSheet, *, is_result: bool = False) -> Iterator[Sign]:
    """Yield each sign that a sheet lists single persons, and what only looks like one.

    A result sheet is long and lists no one, and its numbers are amounts; what was typed into it is
    seen all the same.
    """
    looked = _Looked(sheet)
    yield from looked.title()
    yield from looked.headings()
    yield from looked.texts()
    for column in looked.columns.values():
        yield from column.numbers(of_amounts=is_result)
    if not is_result:
        yield from looked.lists()


def is_refused(signs: Sequence[Sign]) -> bool:
    """Whether a sheet with these signs is not to be read."""
    return any(each.sure for each in signs)


class _ColumnCells:
    """The cells of a column that may tell of persons, and what stands above them."""

    def __init__(self, number: int, cells: Mapping[int, RawValue]) -> None:
        self._number = number
        self._cells = cells

    @cached_property
    def heading(self) -> str:
        """The texts above the first cell that is no word, put together."""
        first = list(islice(self._cells.values(), _HEADS))
        words = [str(each) for each in takewhile(_is_word, first)]
        named = [text for text in words if len(text) <= _LONGEST_HEADING]
        if len(words) < len(first):
            return " ".join(named[-2:])
        return named[0] if named else ""

    @cached_property
    def _alone(self) -> dict[int, str]:
        """The whole numbers of eight to ten digits by row, as their digits."""
        # A column has few different values, and most have no number among them.
        found = {
            value: digits
            for value in set(self._cells.values())
            if (digits := _whole_digits(value)) and not _is_day_as_number(digits)
        }
        if not found:
            return {}
        return {row: found[value] for row, value in self._cells.items() if value in found}

    def numbers(self, *, of_amounts: bool = False) -> Iterator[Sign]:
        """Yield the sign that service numbers or V-numbers stand here, each in its own cell.

        Among amounts one in eleven of nine digits passes the test, as a plan's own totals do.
        """
        nine = {row: each for row, each in self._alone.items() if len(each) == _SERVICE_DIGITS}
        short = {row: each for row, each in self._alone.items() if len(each) < _SERVICE_DIGITS}
        passing = [row for row, each in nine.items() if passes_eleven_test(each)]
        if tells_other_numbers(self.heading) or tells_phones(self.heading):
            if passing and not tells_phones(self.heading):
                yield self._sign(passing[0], Sort.SERVICE_NUMBER, sure=False)
            return
        amounts = of_amounts or tells_amounts(self.heading)
        least = _CHANCE_OF_AMOUNTS if amounts else _CHANCE
        if beyond_chance(len(passing), len(nine), least) or (
            len(passing) == len(nine) == 1 and not amounts
        ):
            yield self._sign(passing[0], Sort.SERVICE_NUMBER)
        elif not amounts and beyond_chance(len(passing), len(nine), _CHANCE_TO_TELL):
            yield self._sign(passing[0], Sort.SERVICE_NUMBER, sure=False)
        eight = [row for row, each in short.items() if passes_eleven_test(each)]
        if beyond_chance(len(eight), len(short), _CHANCE_OF_AMOUNTS):
            yield self._sign(eight[0], Sort.SERVICE_NUMBER)
        if not amounts:
            yield from self._v_numbers()

    def _v_numbers(self) -> Iterator[Sign]:
        ten = {row: each for row, each in self._alone.items() if len(each) == _V_DIGITS}
        ten = {row: each for row, each in ten.items() if not each.startswith("0")}
        written = [row for row in ten if isinstance(self._cells[row], str)]
        several = {int(each) for each in ten.values()}
        if len(several) > 1 and max(several) - min(several) < len(several):
            return  # counted on, as no such numbers are
        if written or len(several) >= _FEWEST_V_NUMBERS or (ten and self._is_of_cases):
            yield self._sign(min(ten), Sort.V_NUMBER)

    @property
    def _is_of_cases(self) -> bool:
        name = plain(self.heading)
        return any(each in name for each in _OF_CASES)

    @cached_property
    def body(self) -> dict[int, RawValue]:
        """The cells below the heading."""
        rows = list(self._cells)
        below = rows[1:] if _is_word(self._cells[rows[0]]) else rows
        return {row: self._cells[row] for row in below}

    def share(self, *, of_names: bool) -> float:
        """Return which part of the cells below the heading look like names of persons."""
        judge = looks_like_a_person if of_names else is_surely_a_person
        fits = sum(isinstance(each, str) and judge(each) for each in self.body.values())
        return fits / len(self.body) if self.body else 0.0

    @property
    def heading_is_value(self) -> bool:
        """Whether the column has no heading but begins with a name of a person."""
        return looks_like_a_person(self.heading)

    def births(self) -> list[int]:
        """Return the rows of days on which persons may be born."""
        if tells_other_days(self.heading):
            return []
        years = {row: year for row, each in self.body.items() if (year := _year_of(each))}
        old = [row for row, year in years.items() if is_year_of_birth(year)]
        return old if len(old) > _HALF * len(years) else []

    def reached(self) -> Iterator[tuple[Sort, int, bool]]:
        """Yield where persons may be reached: the sort, the first row, and whether surely theirs.

        Private mailboxes and mobile phones, several of them, are persons' also without a name.
        """
        texts = {
            row: each if isinstance(each, str) else _whole_digits(each)
            for row, each in self.body.items()
        }
        emails = {row: found for row, each in texts.items() if (found := emails_in(each))}
        if emails:
            private = sum(any(map(is_private, found)) for found in emails.values())
            yield Sort.EMAIL, min(emails), private >= max(2, _HALF * len(emails))
        phones = [row for row, each in texts.items() if is_phone(each) or is_mobile(each)]
        if len(phones) > _HALF * len(texts):
            mobile = sum(is_mobile(texts[row]) for row in phones)
            yield Sort.PHONE, phones[0], mobile >= _FEWEST_IN_A_LIST
        streets = [row for row, each in texts.items() if is_street(each)]
        if len(streets) > _HALF * len(texts):
            yield Sort.ADDRESS, streets[0], False

    def _sign(self, row: int, sort: Sort, *, sure: bool = True) -> Sign:
        return Sign(f"{column_letters(self._number)}{row}", sort.value, sure)


class _Looked:
    """A sheet while it is looked at."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        by_column: dict[int, dict[int, RawValue]] = defaultdict(dict)
        for (row, column), value in sheet.cells.items():
            by_column[column][row] = value
        self._by_column = {
            at: dict(sorted(cells.items(), key=itemgetter(0)))
            for at, cells in sorted(by_column.items())
        }
        self.columns = {at: _ColumnCells(at, cells) for at, cells in self._by_column.items()}

    def title(self) -> Iterator[Sign]:
        """Yield what the name of the sheet tells."""
        found = datum_in_label(self._sheet.name)
        if found is not None:
            yield Sign("", found.value)
        elif is_personal_heading(self._sheet.name):
            yield Sign("", self._sheet.name.strip())

    def headings(self) -> Iterator[Sign]:
        """Yield the headings of personal data, however far down; remarks are none."""
        for column, cells in self._by_column.items():
            under_remarks = False
            for row, value in cells.items():
                if not isinstance(value, str) or not may_head(value):
                    continue
                if is_remark_heading(value):
                    under_remarks = True
                elif not under_remarks and _is_heading(value, row, cells):
                    yield Sign(f"{column_letters(column)}{row}", value.strip())

    def texts(self) -> Iterator[Sign]:
        """Yield the first text of each sort that holds a datum: cells, formulas, comments."""
        known: set[Sort] = set()
        notes = self._sheet.notes
        seen: set[str] = set()
        for (row, column), text in self._all_texts():
            if text in seen:
                continue
            seen.add(text)
            found = datum_in_label(text) if text is notes.get((row, column)) else data_in(text)
            if found is not None and found not in known:
                known.add(found)
                yield Sign(f"{column_letters(column)}{row}", found.value)

    def _all_texts(self) -> Iterator[tuple[tuple[int, int], str]]:
        for at, value in self._sheet.cells.items():
            if isinstance(value, str | Uncalculated):
                yield at, str(value)
        yield from chain(self._sheet.notes.items(), self._sheet.formulas.items())

    def lists(self) -> Iterator[Sign]:
        """Yield that names stand beside days of birth, or beside where persons are reached."""
        people = self._named()
        alike = self._alike_named() if people is None else people
        for at, column in self.columns.items():
            if alike is not None and at != alike and (people is not None or not column.heading):
                rows = column.births()
                if rows:
                    yield Sign(f"{column_letters(at)}{rows[0]}", Sort.BIRTH.value)
        sure = not self._subject(people)
        for at, column in self.columns.items():
            for sort, row, listed in column.reached():
                named = people is not None
                if sort is Sort.ADDRESS and people is not None:
                    named = self.columns[people].share(of_names=False) >= _MOST
                if named or listed:
                    yield Sign(f"{column_letters(at)}{row}", sort.value, sure)

    def _named(self) -> int | None:
        """Return the column of names of persons, if there is one."""
        for at, column in self.columns.items():
            by_heading = tells_names(column.heading) and column.share(of_names=True) >= _MOST
            if column.body and (by_heading or column.share(of_names=False) >= _MOST):
                return at
        return None

    def _alike_named(self) -> int | None:
        """Return a column, without a heading, of what may be names of persons."""
        for at, column in self.columns.items():
            if column.heading_is_value and column.share(of_names=True) >= _MOST:
                return at
        return None

    def _subject(self, people: int | None) -> bool:
        """Whether the rows are about organisations: what they are stands left of any names."""
        return any(
            tells_organisations(each.heading)
            for at, each in self.columns.items()
            if people is None or at <= people
        )


def _is_heading(text: str, row: int, cells: Mapping[int, RawValue]) -> bool:
    """Whether a text that may be a heading of personal data is one where it stands."""
    if is_short_for_birth(text):
        return _year_of(cells.get(row + 1)) is not None
    if is_personal_heading(text):
        return True
    # Within a column of such words it is a value, and above figures it heads a count.
    return isinstance(cells.get(row + 1), str) and not isinstance(cells.get(row - 1), str)


def _is_word(value: RawValue) -> bool:
    """Whether a cell may be a heading: a text that is no number, day or address."""
    return (
        isinstance(value, str)
        and not number_alone(value)
        and not emails_in(value)
        and _year_of(value) is None
        and not is_phone(value)
    )


def _whole_digits(value: RawValue) -> str:
    """Return the digits of a whole number of eight to ten digits, however it is written."""
    if isinstance(value, str):
        return number_alone(value)
    if isinstance(value, Uncalculated):
        return number_alone(value.formula)
    if isinstance(value, int | float) and _SMALLEST <= value <= _LARGEST and value == int(value):
        return str(int(value))
    return ""


def _is_day_as_number(digits: str) -> bool:
    """Whether eight digits are a day written as one number, such as 20260701."""
    if len(digits) != len("20260701"):
        return False
    try:
        return _FIRST <= dt.datetime.strptime(digits, "%Y%m%d").year <= _LAST  # noqa: DTZ007 - a day
    except ValueError:
        return False


def _year_of(value: object) -> int | None:
    """Return the year of a day, also of one that is written as text."""
    if isinstance(value, dt.date):
        return value.year
    if isinstance(value, str) and len(value) <= len("00 september 0000"):
        return year_in(value)
    return None

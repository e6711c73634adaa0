"""Signs that a sheet lists single persons: it is refused, for the program plans with totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.tables.book import RawSheet, column_letters
from planner.tables.names import plain

# How far down a heading may stand, below titles and remarks.
HEADING_ROWS = 20

_HEADINGS = frozenset(
    plain(each)
    for each in (
        "BSN",
        "BSN-nummer",
        "Burgerservicenummer",
        "Citizen service number",
        "V-nummer",
        "V-nr",
        "V-number",
        "Vreemdelingennummer",
        "Vreemdelingnummer",
        "Alien number",
        "CRV-nummer",
        "Zorgnummer",
        "Paspoortnummer",
        "Passport number",
        "Geboortedatum",
        "Geb. datum",
        "Date of birth",
        "Birth date",
        "Birthday",
        "DOB",
        "Achternaam",
        "Voornaam",
        "Voornamen",
        "Voorletters",
        "Familienaam",
        "Geslachtsnaam",
        "Surname",
        "Last name",
        "Family name",
        "First name",
        "First names",
        "Given name",
        "Given names",
        "Naam bewoner",
        "Bewonersnaam",
        "Naam asielzoeker",
        "Resident name",
        "Name of resident",
    )
)

# A single number of nine digits passes the eleven test by chance; a column of them does not.
_FEWEST_NUMBERS = 5
_SHARE_PASSING = 0.8
_DIGITS = 9
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MODULUS = 11


def person_signs(sheet: RawSheet) -> Iterator[tuple[str, str]]:
    """Yield the cell and the text of each sign that a sheet lists single persons.

    A sign is a heading such as Geboortedatum in the first rows, or a column of numbers that pass
    the eleven test of citizen service numbers; of such a column the number itself is not told.
    """
    for (row, column), value in sorted(sheet.cells.items()):
        if row <= HEADING_ROWS and isinstance(value, str) and plain(value) in _HEADINGS:
            yield f"{column_letters(column)}{row}", value.strip()
    for column, row in _service_number_columns(sheet):
        yield f"{column_letters(column)}{row}", "BSN"


def _service_number_columns(sheet: RawSheet) -> Iterator[tuple[int, int]]:
    """Yield each column that holds citizen service numbers, with the row where they begin."""
    passing: dict[int, list[int]] = defaultdict(list)
    filled: dict[int, int] = defaultdict(int)
    for (row, column), value in sheet.cells.items():
        if row > 1:
            filled[column] += 1
            if _passes_eleven_test(value):
                passing[column].append(row)
    for column, rows in sorted(passing.items()):
        if len(rows) >= _FEWEST_NUMBERS and len(rows) >= _SHARE_PASSING * filled[column]:
            yield column, min(rows)


def _passes_eleven_test(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    digits = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    digits = digits.strip()
    if len(digits) != _DIGITS or not digits.isdecimal():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return total % _MODULUS == 0

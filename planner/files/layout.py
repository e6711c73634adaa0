"""How wide a column is: as wide as what stands in it, within reason."""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.texts import Language, show
from planner.input.book import RawSheet

NARROWEST = 8.0
WIDEST = 60.0
LINE_HEIGHT = 15.0

# Months stand as their names in the reader's language, whatever the spreadsheet speaks.
_MONTHS = {Language.NL: "[$-413]mmm yyyy", Language.EN: "[$-809]mmm yyyy"}
_DAYS = {Language.NL: "[$-413]d mmm yyyy", Language.EN: "[$-809]d mmm yyyy"}
DAY_WIDTH = 12.0  # of a day, in letters

# Rows below these look like the ones above them.
_ROWS_MEASURED = 400


def width_of(text: str) -> float:
    """Return the width of a text in characters, of its longest line."""
    return float(max((len(line) for line in text.splitlines()), default=0))


def width_on_two_lines(text: str) -> float:
    """Return the width in characters of a text that goes on in a second line, where it can."""
    words = text.split(" ")
    broken = (" ".join(words[:at]) + "\n" + " ".join(words[at:]) for at in range(1, len(words)))
    return min(map(width_of, broken), default=width_of(text))


def month_format(language: Language) -> str:
    """Return the number format of a month."""
    return _MONTHS[language]


def day_format(language: Language) -> str:
    """Return the number format of a day of a result."""
    return _DAYS[language]


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in so many letters beside one another."""
    return sum(1 + int(1.05 * len(line) // max(width, 1.0)) for line in text.splitlines() or [""])


def column_widths(raw: RawSheet, header_row: int | None) -> Mapping[int, float]:
    """Return the width of each column from the cells at and below its header."""
    top = header_row or 1
    widths: dict[int, float] = {}
    for (row, column), value in raw.cells.items():
        if top <= row <= top + _ROWS_MEASURED:
            widths[column] = max(widths.get(column, 0.0), width_of(show(value, Language.NL)) + 2)
    return {at: min(max(width, NARROWEST), WIDEST) for at, width in widths.items()}

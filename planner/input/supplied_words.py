"""What the starter data says of a figure's source, in both languages: `seeds/words.csv`.

In a workbook a source is the planner's own text; only what the program supplies has a Dutch and
an English wording. Any other text stands as it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from planner.core.law import dutch_citation
from planner.core.texts import Language, Text, show_number

_IN_DUTCH_TOO = " / aanname van de demo, vervangen"  # what the starter data adds to its English
# How that was written in Dutch before.
_TO_REPLACE, _REPLACED = "van de demo, te vervangen", "van de demo, vervangen"
# The small demo scales national figures down and says so before their source.
_SCALED = re.compile(
    r"(?:Synthetic: national|Verzonnen: landelijk) (\d[\d.,]*?),? "
    r"(?:scaled to the small demo|(?:verkleind tot|geschaald naar) de kleine demo)\. (.+)",
    re.DOTALL,
)
_MARKS = str.maketrans("", "", ".,")


def supplied_text(written: str) -> Text:
    """Return a supplied source in both languages; any other text as it is in both."""
    scaled = _SCALED.fullmatch(written)
    if scaled is None:
        return _known().get(written, Text(written, written))
    number, rest = int(scaled[1].translate(_MARKS)), supplied_text(scaled[2])
    dutch, english = (show_number(number, each) for each in (Language.NL, Language.EN))
    return Text(
        f"Verzonnen: landelijk {dutch}, geschaald naar de kleine demo. {rest.nl}",
        f"Synthetic: national {english}, scaled to the small demo. {rest.en}",
    )


def as_supplied(written: str) -> str:
    """Return a supplied source in the wording of the starter data; any other text as it is."""
    scaled = _SCALED.fullmatch(written)
    if scaled is None:
        return _as_supplied().get(written, written)
    number = scaled[1].translate(_MARKS)
    return f"Synthetic: national {number} scaled to the small demo. {as_supplied(scaled[2])}"


@cache
def _as_supplied() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in _rows():
        for wording in (row["en"], *_wordings(row)):
            found.setdefault(wording, row["en"])
    return found


@cache
def _known() -> Mapping[str, Text]:
    """Return the texts by either wording; where two share a Dutch one, the first keeps it."""
    found = {}
    for row in _rows():
        text = Text(dutch_citation(row["nl"]), row["en"].replace(_IN_DUTCH_TOO, ""))
        found[row["en"]] = text
        for wording in _wordings(row):
            found.setdefault(wording, text)
    return found


def _wordings(row: Mapping[str, str]) -> tuple[str, ...]:
    nl, cited = row["nl"], dutch_citation(row["nl"])
    before = (each.replace(_TO_REPLACE, _REPLACED) for each in (cited, nl))
    return row["en"].replace(_IN_DUTCH_TOO, ""), cited, nl, *before


def _rows() -> Iterator[Mapping[str, str]]:
    written = (files("seeds") / "words.csv").read_text(encoding="utf-8")
    return csv.DictReader(written.splitlines())

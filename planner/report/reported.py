"""What a report is made of: a plan read back from its workbook, and recomputed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.errors import UnusableInputError
from planner.insight.register import register
from planner.planning import usable
from planner.tables.book import RawSheet
from planner.tables.case import Case
from planner.tables.kinds import EMERGENCY_KINDS
from planner.texts import Language, Message, Text, message
from planner.verify import ClaimedPlan
from planner.verify import verify as breaches_in
from planner.workbook.reading import read_workbook
from planner.workbook.result_tables import WORDS
from planner.workbook.results import find_result, read_results

_NEEDED = (
    "levels", "placement", "runoff", "demand", "places", "dol", "shortfalls", "decisions",
    "provenance",
)  # fmt: skip
_KEYS = (
    "program", "solver", "way", "scenario", "fingerprint", "priorities", "tolerance", "seed",
    "whole", "gap", "ending", "made",
)  # fmt: skip


@dataclass(frozen=True)
class Reported:
    """A plan as its workbook holds it, its case, and what recomputing it found.

    `tables` are the result tables by key; `notes` are the lines above the summary; `provenance`
    is by key; `words` has every sentence of the workbook in both languages, under either. It is
    empty in a workbook of an earlier layout.
    """

    file: str
    case: Case
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[str, ...]
    provenance: Mapping[str, str]
    breaches: tuple[Message, ...]
    words: Mapping[str, Text]

    def said(self, sentence: str, language: Language) -> str:
        """Return a sentence of the workbook in a language, as it stands where it has no other."""
        both = self.words.get(sentence)
        return sentence if both is None else both.in_(language)

    def is_told_in(self, language: Language) -> bool:
        """Whether the sentences of the workbook can be had in a language."""
        return bool(self.words) or self.written_in is language

    @property
    def written_in(self) -> Language:
        """The language of the workbook's own sentences: that of the titles of its provenance."""
        subjects = set(self.tables["provenance"]["subject"].tolist())
        dutch = {message(f"provenance.{key}").both.nl for key in ("program", "made")}
        return Language.NL if subjects & dutch else Language.EN

    @property
    def months(self) -> tuple[dt.date, ...]:
        """The months that are planned."""
        return self.case.months

    @property
    def same_input(self) -> bool:
        """Whether the input in the workbook is the one that was planned."""
        return self.provenance.get("fingerprint") == self.case.fingerprint

    def monthly(self, table: str, column: str, kinds: Sequence[str] = ()) -> list[float]:
        """Return a column of a result table added up by month, every planned month included."""
        frame = self.tables.get(table)
        if frame is None or frame.empty:
            return [0.0] * len(self.months)
        if kinds:
            frame = frame[frame["kind"].isin(list(kinds))]
        sums = frame.groupby("month")[column].sum()
        return [float(sums.get(month, 0.0)) for month in self.months]

    @property
    def worded(self) -> Mapping[str, pd.DataFrame]:
        """The result tables, with the titles of rules in both languages where they are known."""
        titles = {each.rule.name: each.rule.title for each in register()}
        short = self.tables["shortfalls"]
        known = [titles.get(name, name) for name in short["rule"].tolist()]
        told = short.assign(rule_title=pd.Series(known, index=short.index, dtype=object))
        return {**self.tables, "shortfalls": told}

    @property
    def emergency(self) -> list[float]:
        """The people in emergency reception by month."""
        return self.monthly("placement", "people", [kind.value for kind in EMERGENCY_KINDS])

    def name(self, location: str) -> str:
        """Return a location's code with its name, where it has one."""
        known = self.case.locations.get(location)
        return f"{location} {known.name}" if known is not None and known.name else location


def reported(path: Path) -> Reported:
    """Read a plan from its workbook and recompute it without the solver.

    `UnusableInputError` where the workbook holds no plan, or an input that cannot be planned.
    """
    book = read_workbook(path)
    tables = read_results(book)
    if any(name not in tables for name in _NEEDED):
        raise UnusableInputError(message("verify.no_plan", file=path.name))
    provenance = _provenance(tables["provenance"])
    case = usable(book, provenance.get("scenario"))
    levels = dict(zip(tables["levels"]["name"], tables["levels"]["value"], strict=True))
    whole = provenance.get("whole") == "true"
    claimed = ClaimedPlan(case.scenario, levels, tables, whole=whole)
    breaches = tuple(each.what for each in breaches_in(case, claimed))
    words = _words(tables.get(WORDS.key))
    return Reported(path.name, case, tables, _notes(book.sheets), provenance, breaches, words)


def _words(frame: pd.DataFrame | None) -> dict[str, Text]:
    """Return the sentences of a workbook under each of their languages."""
    if frame is None:
        return {}
    both = [Text(str(nl), str(en)) for nl, en in zip(frame["nl"], frame["en"], strict=True)]
    return {each.en: each for each in both} | {each.nl: each for each in both}


def _provenance(frame: pd.DataFrame) -> dict[str, str]:
    """Return the provenance by its keys, in whichever language it was written."""
    by_title = {}
    for key in _KEYS:
        both = message(f"provenance.{key}").both
        by_title.update({both.nl: key, both.en: key})
    lines = zip(frame["subject"], frame["value"], strict=True)
    return {by_title[subject]: str(value) for subject, value in lines if subject in by_title}


def _notes(sheets: Sequence[RawSheet]) -> tuple[str, ...]:
    """Return the lines that stand above the summary's header, its title left out."""
    for sheet in sheets:
        found = find_result(sheet)
        if found is not None and found.table.key == "summary":
            cells = sheet.cells
            return tuple(
                str(value)
                for (row, column), value in sorted(cells.items())
                if 1 < row < found.header_row and column == 1
            )
    return ()

"""The lines of the explanation as the window holds them: those of the plan and those asked for.

A line asked for takes the place of the plan's own line about the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.core.display_names import called
from planner.core.texts import Text, catalogue, message
from planner.input.parameters import supplied
from planner.result.queries import OTHERS
from ui.results.figures import rows_of

if TYPE_CHECKING:
    import pandas as pd

    from planner.result.queries import Figure

LineRow = Mapping[str, object]
PLACES = ("location", "province", "region", "group")
PARTS = frozenset({"open", "extend"})  # what is decided about a part of a location, mostly all


class ExplanationSection(StrEnum):
    """The parts of the explanation that have figures of their own."""

    SHORTFALL = "shortfall"
    COMMON = "note"  # what several shortfalls have in common, of what is told beforehand
    LIMIT = "limit"
    CHOICE = "choice"
    REPAIR = "repair"


@dataclass
class Lines:
    """The lines of one plan's explanation, by section."""

    _lines: dict[ExplanationSection, list[LineRow]] = field(default_factory=dict)

    @staticmethod
    def of(table: pd.DataFrame | None) -> Lines:
        """Return the lines of a plan's explanation; none where it has none."""
        made = Lines({section: [] for section in ExplanationSection})
        for line in _records(table):
            made.within(ExplanationSection(str(line["section"]))).append(line)
        return made

    def within(self, section: ExplanationSection) -> list[LineRow]:
        """Return the lines of a section, in the order told."""
        return self._lines.get(section, [])

    def add(self, table: pd.DataFrame) -> LineRow | None:
        """Take lines that were asked for, and return the first of them."""
        added = _records(table)
        for line in added:
            mine = self.within(ExplanationSection(str(line["section"])))
            same = [at for at, each in enumerate(mine) if _same(each, line)]
            if same:
                mine[same[0]] = line
            else:
                mine.append(line)
        return added[0] if added else None

    def in_common(self, shortfall: LineRow) -> LineRow | None:
        """Return what a shortfall has in common with others: by its level, else by any; or none."""
        found = self.within(ExplanationSection.COMMON)
        same = (each for each in found if each["level"] == shortfall["level"])
        return next(same, found[0] if found else None)

    def about(self, figure: Figure) -> LineRow | None:
        """Return the line that tells why a figure is what it is, if there is one."""
        if figure.table == "shortfalls":
            return self._shortfall(figure)
        sort = sort_of_choice(figure)
        for line in self.within(ExplanationSection.CHOICE):
            if sort and (line["sort"], line["location"]) == (sort, figure.location):
                return line
        if figure.decision:  # a limit at the same place is another question
            return None
        for line in self.within(ExplanationSection.LIMIT):
            named = line["subject"] or line["location"]
            if named and named in {figure.location, figure.province, figure.region}:
                return line
        return None

    def _shortfall(self, figure: Figure) -> LineRow | None:
        """Return the shortfall of a rule at a place; any of the rule where no place is named."""
        named = any(getattr(figure, name) for name in PLACES)
        for line in self.within(ExplanationSection.SHORTFALL):
            title = line["rule_title"]
            rule = {line["rule"], title.nl if isinstance(title, Text) else title}
            if figure.rule in rule and (not named or _at(line, figure)):
                return line
        return None


def sort_of_choice(figure: Figure) -> str:
    """Return what the explanation calls the choice that a figure is of; empty where of none."""
    decision = figure.decision or ("prepare_dol" if figure.table == "dol" else "")
    return {"prepare_dol": "dol"}.get(decision, decision)


def where(line: LineRow, names: Mapping[object, str]) -> Text:
    """Return the places and the group that a line is about; `names` gives those of locations."""
    if line["cause"] and line["section"] == ExplanationSection.COMMON and not line["subject"]:
        return catalogue()["window.why.all_groups"]
    several = line["section"] != ExplanationSection.SHORTFALL and line["subject"] is None
    if line["sort"] == OTHERS or (several and not line["location"]):
        return catalogue()["window.why.others"]
    about = [line[name] for name in PLACES]
    if line["subject"] and line["subject"] not in about:
        about.insert(0, line["subject"])
    told = [_named(str(each), names) for each in about if each]
    if not told:
        return catalogue()["why.national"]
    return Text(" · ".join(each.nl for each in told), " · ".join(each.en for each in told))


def _named(each: str, names: Mapping[object, str]) -> Text:
    """Return what a place, a group or a parameter is called."""
    parameter = supplied().get(each)
    return called(names.get(each, each)) if parameter is None else parameter.title


def decided(line: LineRow) -> LineRow:
    """Return how much of a choice is decided, as `used`, and its `unit`.

    A location that is opened or extended is so or not, or for a part; of DOL places it is how many.
    """
    used = line["used"]
    if line["sort"] not in PARTS or line["subject"] is None or not isinstance(used, float):
        return line
    percent = round(100 * used)
    key = {0: "no", 100: "yes"}.get(percent, "part")
    return {**line, "used": message(f"window.why.taken.{key}", percent=percent).both, "unit": None}


def _at(line: LineRow, figure: Figure) -> bool:
    """Whether a shortfall is told of the place or group of a figure."""
    told = {name: line[name] for name in PLACES if line[name]}
    return bool(told) and all(getattr(figure, name) == value for name, value in told.items())


def _same(one: LineRow, other: LineRow) -> bool:
    """Whether two lines of a section tell of the same thing."""
    if one["section"] == ExplanationSection.SHORTFALL:
        return all(one[name] == other[name] for name in ("rule", *PLACES))
    if one["section"] == ExplanationSection.REPAIR:
        return one["sentence"] == other["sentence"]
    known = one["subject"] is not None
    return known and all(one[name] == other[name] for name in ("sort", "subject"))


def _records(table: pd.DataFrame | None) -> list[LineRow]:
    if table is None or table.empty or "section" not in table.columns:
        return []
    names = [str(name) for name in table.columns]
    rows = (dict(zip(names, row, strict=True)) for row in rows_of(table, names))
    return [line for line in rows if _has_figures(line)]


def _has_figures(line: LineRow) -> bool:
    """Whether a line is of a section; of what is told beforehand only what has a cause is."""
    section = line["section"]
    return section in set(ExplanationSection) and (
        section != ExplanationSection.COMMON or bool(line["cause"])
    )

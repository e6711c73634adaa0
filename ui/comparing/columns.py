"""The columns of tables that have one or two for every plan, and rows to show below them.

Plans are called as their users call them: a long name is cut short in a title and stands whole in
its tip, with a number before it so that two names that begin alike stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from planner.compare.views import DIFFERS
from planner.core.texts import Text, message
from planner.input.column import ColumnType
from planner.sheets.compare_tables import ROW_KEY, comparison_table
from planner.sheets.result_table import result_column
from planner.sheets.units import digits_of
from ui.results import figures
from ui.results.model import ResultModel, ShownColumn, decimals, declared
from ui.widgets import as_it_stands

if TYPE_CHECKING:
    import pandas as pd

    from planner.compare.views import ShownComparison, ShownRegret
    from planner.input.column import Column
    from ui.words import Words

LONGEST = 24  # characters of a name in a title
# Where a place is named too, the source would push the differences out of sight; it stands by rule
# on the pages on articles and on rules.
WHERE = ("shortfalls_province", "shortfalls_location", "rules_places")
SOURCE_APART = ("source",)
INPUTS, DECISIONS = "inputs", "decisions"
WHOLE = ("places", "occupancy")  # people and places, by location and month
LEAST = 0.5  # of a person, place or euro; less is nothing that anybody could see
BY_SIZE = (*WHOLE, DECISIONS, "shortfalls_rule", "shortfalls_province", "shortfalls_location")
BY_UNIT = -1  # decimals of rows that have units of their own: as many as tell each figure
RULES = ("rules", "rules_places")  # whether they bind, and where


def short(name: str, longest: int = LONGEST) -> str:
    """Return a name cut short."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def tag(names: Sequence[str], at: int) -> str:
    """Return a plan's name cut short, with its number; the base has none."""
    return short(names[at]) if at == 0 else f"{at}: {short(names[at])}"


def figure_columns(names: Sequence[str], words: Words, digits: int | None) -> list[ShownColumn]:
    """Return the columns of plans: the differences first, then the base and each plan.

    Without decimals, values stand as they do in the input; `BY_UNIT` is for rows of several units.
    """
    said = words.value if digits is None else plain(words) if digits == BY_UNIT else None
    own = None if digits == BY_UNIT else digits
    shown = []
    for at in range(1, len(names)):
        title = message("window.comparison.column.difference", plan=tag(names, at)).both
        shown.append(
            ShownColumn(f"difference_{at}", words=signed(words, digits), declared=titled(title))
        )
    base = message("window.comparison.column.base", plan=short(names[0])).both
    shown.append(ShownColumn("plan_0", own, said, declared=titled(base)))
    for at in range(1, len(names)):
        title = Text(tag(names, at), tag(names, at))
        shown.append(ShownColumn(f"plan_{at}", own, said, declared=titled(title)))
    return shown


def as_declared(table: str, key: str) -> ShownColumn:
    """Return a column titled as a result sheet has it, of rows that are of no one plan."""
    return replace(declared(table, key)[0], table="")


def theme_columns(
    key: str, names: Sequence[str], words: Words, digits: int | None
) -> list[ShownColumn]:
    """Return the columns of a theme: what a row is about, then those of the plans."""
    apart = SOURCE_APART if key in WHERE else (ROW_KEY,)
    about = [
        ShownColumn(each.key, None, declared=each)
        for each in comparison_table(key, names).columns
        if not each.key.startswith(("plan_", "difference_")) and each.key not in apart
    ]
    return [*about, *figure_columns(names, words, digits)]


def theme_digits(key: str, rows: Iterable[Sequence[object]]) -> int | None:
    """Return how many decimals show the figures of a theme alike; inputs stand as they are.

    Rows that have units of their own, and decisions, are not alike: each figure takes what tells
    it. People and places are whole.
    """
    if key in WHOLE:
        return 0
    if key == DECISIONS or any(each.key == "unit" for each in comparison_table(key, ("",)).columns):
        return BY_UNIT
    return None if key == INPUTS else decimals(value for row in rows for value in row)


def title_of(key: str) -> tuple[Text, Text]:
    """Return the title of a theme and what it means."""
    declared = comparison_table(key, ("",))
    return declared.title, declared.meaning


def signed(words: Words, digits: int | None) -> Callable[[object], str]:
    """Return what words a difference: a number with its sign, or a text as it is."""

    def say(value: object) -> str:
        if isinstance(value, int | float):
            shown = digits_of(value) if digits == BY_UNIT else digits
            number = words.number(value, shown)
            return f"+{number}" if value > 0 and number != words.number(0.0, shown) else number
        return words.value(value)

    return say


def plain(words: Words) -> Callable[[object], str]:
    """Return what words a figure: with as many decimals as tell it by itself."""

    def say(value: object) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return words.number(value, digits_of(value))
        return words.value(value)

    return say


def theme_rows(
    key: str, frame: pd.DataFrame, columns: Sequence[ShownColumn], *, differing: bool
) -> list[tuple[object, ...]]:
    """Return the rows of a theme, or only those in which any plan differs from the base.

    Of people and places, less than half of one is no difference. Where rows have no order of their
    own, those that differ most come first.
    """
    some = frame[frame[DIFFERS]] if differing else frame
    sizes = _sizes(some)
    if differing and key in WHOLE:
        some = some[sizes >= LEAST]
        sizes = _sizes(some)
    if key in BY_SIZE:
        some = some.loc[sizes.sort_values(ascending=False, kind="stable").index]
    return figures.rows_of(some, [each.key for each in columns])


def _sizes(frame: pd.DataFrame) -> pd.Series:
    """Return by how much each row differs most, in any plan; 0 where that is no number."""
    import pandas as pd  # noqa: PLC0415 - as below

    named = [name for name in frame.columns if name.startswith("difference_")]
    numbers = frame[named].apply(pd.to_numeric, errors="coerce")
    return pd.Series(numbers.abs().max(axis=1).fillna(0.0), index=frame.index)


def with_binding(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return a theme of rules with, for each plan, whether a rule began or ceased to bind.

    Where it binds in other months, those are what differs.
    """
    import pandas as pd  # noqa: PLC0415 - loaded when first needed, after the first paint

    for at in range(1, count):
        told = map(_turned, frame["plan_0"], frame[f"plan_{at}"])
        frame = frame.assign(**{f"difference_{at}": pd.Series(list(told), frame.index, object)})
    return frame


def _turned(was: object, now: object) -> Text | None:
    """Return how a rule binds otherwise than in the base; nothing where it does not."""
    if was == now or was is None or now is None:
        return None
    never = (False, message("compare.binds_not").both)
    if was in never or now in never:
        return message(f"window.comparison.rule.{'began' if was in never else 'ceased'}").both
    return message("window.comparison.rule.months").both


class PlansModel(ResultModel):
    """A table with columns for plans; a tip tells the whole name of each."""

    def __init__(self, words: Words) -> None:
        """Show nothing yet."""
        super().__init__([], words)
        self._tips: Mapping[str, str] = {}
        self._copying = False

    def show_plans(
        self,
        columns: Sequence[ShownColumn],
        rows: Sequence[tuple[object, ...]],
        names: Sequence[str],
    ) -> None:
        """Show rows below other columns; `names` are those of the plans, the base first."""
        self.show([])
        self.beginResetModel()
        self._columns = tuple(columns)
        self._tips = {
            **{f"plan_{at}": name for at, name in enumerate(names)},
            **{f"difference_{at}": name for at, name in enumerate(names)},
        }
        self.endResetModel()
        self.show(rows)

    def as_text(self) -> str:
        self._copying = True  # a sheet has room for whole names
        try:
            return super().as_text()
        finally:
            self._copying = False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        shown = super().headerData(section, orientation, role)
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return shown
        whole = self._tips.get(self._columns[section].key)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if whole is None else as_it_stands(str(whole))
        if self._copying and whole is not None and role == Qt.ItemDataRole.DisplayRole:
            return str(shown).replace(short(whole), whole)
        return shown


def names_of(shown: ShownComparison | ShownRegret | None, words: Words) -> tuple[str, ...]:
    """Return what the compared plans are called, the base first; none without a comparison."""
    return () if shown is None else tuple(plan_called(each, words) for each in shown.names)


def plan_called(name: str, words: Words) -> str:
    """Return what a compared plan is called; one of two of a name keeps its number."""
    plain_name, mark, number = name.rpartition(" (")
    if mark and number[:-1].isdigit():
        return f"{words.called(plain_name)} ({number}"
    return words.called(name)


def titled(title: Text) -> Column:
    """Return a column of anything below a title."""
    return result_column("", title.nl, title.en, ColumnType.TEXT)

"""Questions about a plan and their answers, as plain values that cross between processes.

A question names what it is about as a result table does: a rule, a place, a month. An answer
carries words in both languages, figures, and cells with where they stand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.over_months import as_read
from planner.core.texts import ROUNDING, Message, Text

if TYPE_CHECKING:
    import pandas as pd

    from planner.result.plan import Plan

# The sort of a shortfall that is of many places in one line.
OTHERS = "others"
# The figure of a rule's own row, as against a row of a result table.
OF_RULE = "rule"
# The figure of a sum over the rows of a result table, such as all people in emergency reception.
SUM = "sum"


@dataclass(frozen=True)
class Figure:
    """What a row of a result is about; parts that do not apply are empty.

    `table` is the key of the result table, or `SUM` for a sum over the rows of one. `rule` is the
    name of a rule or its Dutch title. `sort` and `subject` name a limit or decision of the
    explanation; of a sum, a measure, a check or a line of the summary `sort` says which.
    """

    table: str
    rule: str = ""
    location: str = ""
    group: str = ""
    kind: str = ""
    month: dt.date | None = None
    province: str = ""
    region: str = ""
    level: str = ""
    decision: str = ""
    sort: str = ""
    subject: str = ""


@dataclass(frozen=True)
class AskCauses:
    """What made the plan fall short of a rule at a place."""

    figure: Figure


@dataclass(frozen=True)
class AskRepairs:
    """Which single changes would remove a shortfall."""

    figure: Figure


@dataclass(frozen=True)
class AskLimit:
    """What a unit more of a limit is worth, found by solving again."""

    sort: str
    subject: str = ""


@dataclass(frozen=True)
class AskChoice:
    """What the opposite of a decision (`open`, `extend`, `dol`) costs, found by solving again."""

    decision: str
    location: str


@dataclass(frozen=True)
class AskCells:
    """Which rules a figure rests on, how far they are used, and the cells they come from."""

    figure: Figure


@dataclass(frozen=True)
class AskDependents:
    """Which rules and rows rest on a cell of the input: its table, row number and column."""

    table: str
    row: int
    column: str


Question = AskCauses | AskRepairs | AskLimit | AskChoice | AskCells | AskDependents


@dataclass(frozen=True)
class CellShown:
    """A cell of the input: its place as users write it, what it is called, and its value.

    `row` is `None` where the workbook has no such cell and the value is the program's own.
    """

    place: str
    title: Text
    value: object
    table: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True)
class RowShown:
    """A row of a rule: what it is about, and how much of how much is used in which unit.

    `room` below 0 is a shortfall. `figure` asks for its cells. `counted` says that it is there in
    whole ones alone, as people and places are.
    """

    about: Text
    sense: str
    used: float
    size: float
    room: float
    unit: Text
    figure: Figure
    counted: bool = False

    @property
    def read(self) -> tuple[float, float, float]:
        """How much is used, of how much, and what is over or short, as people read it.

        Of what is counted nothing is told in parts, unless what is over or short were lost by it.
        """
        used, size = float(round(self.used)), float(round(self.size))
        if self.counted and (used != size or abs(self.room) < ROUNDING):
            return used, size, abs(size - used)
        return as_read(self.used), as_read(self.size), as_read(abs(self.room))


@dataclass(frozen=True)
class RuleShown:
    """A rule with some of its rows and the cells they came from; `count` is how many rows."""

    title: Text
    sentence: Text
    source: Text
    rows: tuple[RowShown, ...]
    count: int
    cells: tuple[CellShown, ...] = ()
    more_cells: int = 0


@dataclass(frozen=True)
class PartShown:
    """A part of a figure that is added up: what it is about, and how much, in the figure's unit.

    `figure` asks what the part is made of; `None` where it goes no further. `count` is of how
    many parts that are not shown one by one it is the sum, 0 for a part by itself.
    """

    about: Text
    amount: float
    figure: Figure | None
    count: int = 0


@dataclass(frozen=True)
class Sum:
    """A figure that is added up: its title, what it comes to, and its parts, the largest first."""

    title: Text
    total: float
    unit: Text
    parts: tuple[PartShown, ...] = ()


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure: the rules, the tightest first, and cells that no rule reads.

    `added` is what a figure is added up from, where it is a sum.
    """

    figure: Figure
    rules: tuple[RuleShown, ...]
    cells: tuple[CellShown, ...] = ()
    more_cells: int = 0
    told: Message | None = None
    added: Sum | None = None


@dataclass(frozen=True)
class Dependents:
    """What rests on a cell: the rules, each with how many rows and the first of them."""

    cell: CellShown
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True)
class Reasons:
    """Lines of the explanation, in the columns of its table; `told` where there are none."""

    lines: pd.DataFrame
    told: Message | None = None


Answer = Behind | Dependents | Reasons


def plan_name(plan: Plan) -> str:
    """Return what tells a plan from every other one: its input and when it was made."""
    return f"{plan.fingerprint} {plan.provenance.get('made', '')}"

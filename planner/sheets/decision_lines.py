"""What a plan decides, a line for each location and decision, as the first page tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.sheets.result_tables import Decision

# The column that says who took a decision, and why.
TAKEN = "taken"
_SAME = 1e-6
# So many of each sort of decision are told before others.
_OF_EACH = 3


@dataclass(frozen=True)
class DecisionLine:
    """What is decided about a location: by when, from a month, so many places, euros in the plan.

    `before` is the last day on which it can be decided, which older plans do not tell.
    """

    location: str
    where: str
    decision: Decision
    before: dt.date | None
    month: dt.date
    places: float
    cost: float | None


def not_taken(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the result table of decisions that are not taken yet."""
    if TAKEN not in decisions.columns:  # as an older plan has it
        return decisions
    return decisions[decisions[TAKEN].isna()]


def decision_lines(frames: Mapping[str, pd.DataFrame]) -> Iterator[DecisionLine]:
    """Yield each decision that is not taken; the instalments of a part for DOL are one.

    `frames` are the result tables; the decisions may have names in `location_name`,
    `municipality` and `province`.
    """
    frame = frames["decisions"]
    frame = not_taken(frame[frame["value"].abs() > _SAME])
    beds = frames["places"].groupby("location")["beds"].max()
    for (location, decision), rows in frame.groupby(["location", "decision"], sort=False):
        first = rows.iloc[0]
        code = str(location)
        name = _text(first.get("location_name"))
        of = [_text(first.get("municipality")), _text(first.get("province"))]
        what = Decision(str(decision))  # type: ignore[call-arg] # looked up by value
        cost = rows["cost"].sum(min_count=1) if "cost" in rows.columns else float("nan")
        yield DecisionLine(
            f"{code} {name}".strip(),
            ", ".join(filter(None, of)),
            what,
            _first_day(rows),
            rows["month"].min(),
            float(rows["value"].sum() if what is Decision.PREPARE_DOL else beds.get(code, 0.0)),
            None if pd.isna(cost) else float(cost),
        )


def largest(found: Sequence[DecisionLine], count: int) -> list[DecisionLine]:
    """Return the decisions about most places, so many at most: first what is due first.

    Of each sort the largest are among them: what is fitted out for DOL is small beside a centre.
    """
    by_size = sorted(found, key=lambda each: -each.places)
    of_each = [
        each
        for sort in Decision
        for each in [each for each in by_size if each.decision is sort][:_OF_EACH]
    ]
    most = list(dict.fromkeys([*of_each, *by_size]))[:count]
    order = list(Decision)
    return sorted(
        most, key=lambda each: (each.before or each.month, order.index(each.decision), each.month)
    )


def _first_day(rows: pd.DataFrame) -> dt.date | None:
    days = rows["before"].dropna().tolist() if "before" in rows.columns else []
    return min(days, default=None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

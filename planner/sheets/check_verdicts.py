"""What the checks beside a plan come to together: which do not hold, and which are not known.

Said before any total, in the workbook, on paper, in the terminal and in the window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.core.over_months import as_read
from planner.core.texts import Message, Text, catalogue, message, month_words


@dataclass(frozen=True)
class CheckVerdict:
    """What a check comes to over all its rows: whether it holds, and its worst row if it fails.

    `holds` is `False` where it fails in any month, `None` where it fails in none and is not known
    in some.
    """

    check: str
    holds: bool | None
    failing: int
    rows: int
    worst: Mapping[str, Any] | None

    @property
    def title(self) -> Text:
        """What the check is about."""
        return catalogue()[f"beside.{self.check}.title"]


def verdicts(checks: pd.DataFrame) -> tuple[CheckVerdict, ...]:
    """Return the verdict of each check, in the order of the table.

    `checks` is the result table of that name. Its other rows, of rules without rows, have none.
    """
    return tuple(_verdicts(checks))


def _verdicts(checks: pd.DataFrame) -> Iterator[CheckVerdict]:
    for name, rows in checks.groupby("check", sort=False):
        if f"beside.{name}.title" not in catalogue():
            continue
        lines: list[dict[str, Any]] = [
            {str(key): value for key, value in each.items()} for each in rows.to_dict("records")
        ]
        failing = [each for each in lines if _verdict(each["holds"]) is False]
        unknown = [each for each in lines if _verdict(each["holds"]) is None]
        holds = False if failing else None if unknown else True
        worst = max(failing, key=lambda each: each["value"] - each["limit"], default=None)
        yield CheckVerdict(str(name), holds, len(failing), len(lines), worst)


def _verdict(cell: object) -> bool | None:
    """Return a cell of the column `holds`; a workbook's empty cell is not known."""
    return None if cell is None or pd.isna(cell) else bool(cell)  # type: ignore[call-overload] # a cell


def check_sentences(tables: Mapping[str, pd.DataFrame]) -> tuple[Message, ...]:
    """Return a sentence for each check that does not hold, and one for those not known.

    `tables` are the result tables by name; without checks there is nothing to say.
    """
    if "checks" not in tables:
        return ()
    found = verdicts(tables["checks"])
    failing = tuple(_failing(each) for each in found if each.holds is False)
    unknown = tuple(each.title for each in found if each.holds is None)
    if not failing and not unknown:
        return (message("checked.all_hold", count=len(found)),)
    judged = sum(each.holds is not None for each in found)
    first = failing or (message("checked.none_fails", count=judged, of=len(found)),)
    return (*first, message("checked.unknown", checks=unknown)) if unknown else first


def failing_checks(tables: Mapping[str, pd.DataFrame]) -> tuple[Message, ...]:
    """Return a sentence for each check that does not hold."""
    if "checks" not in tables:
        return ()
    return tuple(_failing(each) for each in verdicts(tables["checks"]) if each.holds is False)


def unknown_checks(tables: Mapping[str, pd.DataFrame]) -> tuple[Message, ...]:
    """Return the sentence on the checks that cannot be judged; none where all can."""
    failing = len(failing_checks(tables))
    told = check_sentences(tables)
    return tuple(each for each in told[failing:] if each.key == "checked.unknown")


def checks_in_short(tables: Mapping[str, pd.DataFrame]) -> Message:
    """Return those sentences as one."""
    told = [each.both for each in check_sentences(tables)]
    parts = Text(" ".join(each.nl for each in told), " ".join(each.en for each in told))
    return message("checked.together", parts=parts)


def _failing(verdict: CheckVerdict) -> Message:
    worst = verdict.worst or {}
    fields: dict[str, object] = {
        "check": verdict.title,
        "value": as_read(float(worst["value"])),
        "limit": as_read(float(worst["limit"])),
        "unit": catalogue().get(f"unit.{worst['unit']}", str(worst["unit"])),
    }
    month = worst["month"]
    if not isinstance(month, dt.date):
        return message("checked.fails_once", **fields)
    own = f"checked.fails.{verdict.check}"
    if own not in catalogue():
        own = "checked.fails_once" if verdict.rows == 1 else "checked.fails"
    return message(own, month=month_words(month), months=verdict.failing, of=verdict.rows, **fields)

"""Requests about a plan if the forecast is wrong: what it bears, and what else could be decided.

They are values, as the other tasks are; `future_handlers.py` carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.core.texts import Language
from planner.jobs.file_requests import Request

if TYPE_CHECKING:
    from pathlib import Path

    from planner.compare.beside_values import PlanBeside
    from planner.core.texts import Message, Text
    from planner.input.edits import Edit
    from planner.result.plan import Plan
    from planner.sheets.result_sheets import ResultSheet


class FuturesQuestion(StrEnum):
    """What can be asked, in the order in which a planner comes to it."""

    MARGIN = "margin"  # how much more a plan bears
    ROBUST = "robust"  # one plan for several scenarios
    ALTERNATIVES = "alternatives"  # other plans nearly as good
    ENSEMBLE = "ensemble"  # a plan's decisions in sampled futures
    TRACK_RECORD = "track_record"  # how far old forecasts were off
    SINCE = "since"  # what is decided otherwise than in an adopted plan


@dataclass(frozen=True)
class AskFutures(Request["FuturesAnswer"]):
    """Ask one of these, of a plan of the book or of the book as it stands.

    `scenarios` are those planned together; `members` how many futures are sampled, `widened` as far
    apart as old forecasts were off; `olds` and `counts` the workbooks of old forecasts and of what
    was counted later; `adopted` the workbook of an adopted plan, and `language` that in which what
    it decided is fixed.
    """

    question: FuturesQuestion
    scenario: str | None = None
    plan: Plan | None = None
    whole: bool = True
    scenarios: tuple[str, ...] = ()
    members: int = 0
    widened: bool = False
    olds: tuple[Path, ...] = ()
    counts: Path | None = None
    adopted: Path | None = None
    language: Language = Language.NL


@dataclass(frozen=True)
class FuturesAnswer:
    """What came of a question: sentences to read first, tables, and what would fix it in a book.

    `plans` are plans side by side, each with its title, the best one first; where there are any.
    """

    question: FuturesQuestion
    sentences: tuple[Message, ...]
    sheets: tuple[ResultSheet, ...]
    edits: tuple[Edit, ...] = ()
    plans: tuple[tuple[Text, PlanBeside], ...] = ()


@dataclass(frozen=True)
class WriteFutures(Request["Path"]):
    """Write the tables of an answer to a workbook."""

    path: Path
    sheets: tuple[ResultSheet, ...]
    language: Language

"""What can be asked about the scenarios of a book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.jobs.file_requests import Request

if TYPE_CHECKING:
    from planner.core.texts import Language
    from planner.input.scenarios.from_edits import Taken
    from planner.input.scenarios.scenario_edits import ScenarioRow
    from planner.input.scenarios.shown import ShownScenarios
    from planner.input.scenarios.tried import TriedChange


@dataclass(frozen=True)
class ListScenarios(Request["ShownScenarios"]):
    """Tell every scenario of the book, with what it changes beside the input."""


@dataclass(frozen=True)
class TryChange(Request["TriedChange"]):
    """Tell which cells a row of the sheet Scenarios would change, or what is wrong with it."""

    line: ScenarioRow


@dataclass(frozen=True)
class TakeIntoScenario(Request["Taken"]):
    """Tell what differs from the version `since`, which the job gives beside, as a scenario."""

    since: int
    language: Language

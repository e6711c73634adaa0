"""What the window does with scenarios: each act one step to undo; what they change, looked up.

The edits themselves are made by the engine; here they are given a name and handed to the session.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.input.scenarios import scenario_edits as making
from planner.jobs.requests import Failed
from planner.jobs.scenario_requests import ListScenarios
from ui.jobs import Job, Jobs
from ui.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.core.texts import Message, Text
    from planner.input.book import RawValue, TableSheet
    from planner.input.edit_lines import EditLine
    from planner.input.edits import Edit
    from planner.input.scenarios.scenario_edits import ScenarioRow
    from planner.input.scenarios.shown import ShownScenarios
    from ui.words import Words

    # A parameter, the value that is wanted, and the one that the input has.
    Wanted = tuple[str, RawValue | None, RawValue | None]

MIDDLE = "middle"


class ScenarioWork(QObject):
    """The scenarios of the open book, and what can be done with them."""

    shown_changed = Signal()  # what the scenarios change was looked up again
    told = Signal(str, object)  # good, remark or error, and the message

    def __init__(self, session: Session, jobs: Jobs, words: Words) -> None:
        """Work on the session's book."""
        super().__init__()
        self.session: Session = session
        self._jobs = jobs
        self._words = words
        self.shown: ShownScenarios | None = None
        self._looking = False
        session.changed.connect(self._take)

    @property
    def names(self) -> tuple[str, ...]:
        """Every scenario of the book."""
        return self.session.checked.scenarios

    @property
    def current(self) -> str:
        """The scenario that is planned; empty without a book."""
        names = self.names
        if self.session.scenario or not names:
            return self.session.scenario
        return MIDDLE if MIDDLE in names else names[0]

    @property
    def forecasts(self) -> tuple[str, ...]:
        """The forecasts there are, as last looked up."""
        return () if self.shown is None else self.shown.forecasts

    @property
    def rule_titles(self) -> Mapping[str, Text]:
        """The titles of rules by their names, as last looked up."""
        return {} if self.shown is None else self.shown.rule_titles

    @property
    def can_edit(self) -> bool:
        """Whether anything may be changed now."""
        return self.session.is_open and not self.session.viewing

    def lines(self, name: str) -> tuple[ScenarioRow, ...]:
        """Return the changes of a scenario."""
        return making.of_scenario(self.session.sheet(making.SHEET), name)

    def whole(self, name: str) -> tuple[ScenarioRow, ...]:
        """Return the changes of a scenario with the forecast that goes by its name."""
        sheet = self.session.sheet(making.SHEET)
        return making.with_forecast(sheet, name, self.forecasts, self._words.language)

    def look(self) -> None:
        """Look up what the scenarios change, unless that is being done."""
        if not self.session.is_open or self._looking:
            return
        state = self.session.state
        self._looking = True

        def take(shown: ShownScenarios) -> None:
            self._looking = False
            if not self.session.is_open:
                return
            if self.session.state != state:
                self.look()
                return
            self.shown = shown
            self.shown_changed.emit()

        def fail(failed: Failed) -> None:
            self._looking = False
            self.told.emit("error", failed.told)

        def stop() -> None:
            self._looking = False

        self._jobs.run(Job(ListScenarios(), take, fail, state, stop))

    def name_fault(self, name: str) -> Message | None:
        """Return why a new scenario cannot be called so."""
        sheet = self.session.sheet(making.SHEET)
        return making.name_fault(name, (*self.names, *making.changing(sheet)))

    def new(self, name: str, forecast: str) -> bool:
        """Make a scenario that uses a forecast and changes nothing else."""
        line = making.forecast_of(making.tidy_name(name), forecast, self._words.language)
        return self.edit("undo.scenario_new", making.set_in(self._sheet(), [line]))

    def copy(self, name: str, new: str) -> bool:
        """Make a scenario with the same changes."""
        edits = making.copied(self._sheet(), name, new, self.forecasts, self._words.language)
        return self.edit("undo.scenario_copy", edits)

    def rename(self, name: str, new: str) -> bool:
        """Give a scenario another name; it is planned under that one if it was."""
        follows = self.session.scenario == name
        done = self.edit("undo.scenario_rename", making.renamed(self._sheet(), name, new))
        if done and follows:
            self.session.choose_scenario(making.tidy_name(new))
        return done

    def delete(self, name: str) -> bool:
        """Take a scenario's changes away, and so the scenario unless it has a forecast."""
        return self.edit("undo.scenario_delete", making.deleted(self._sheet(), name))

    def combine(self, first: str, second: str, new: str) -> bool:
        """Make a scenario of two; where both change a cell, the first one's value holds."""
        edits = making.combined(self._sheet(), self.whole(first), self.whole(second), new)
        return self.edit("undo.scenario_combine", edits)

    def switch(self, rows: Sequence[int], *, active: bool) -> bool:
        """Let changes count, or not."""
        name = "undo.scenario_on" if active else "undo.scenario_off"
        return self.edit(name, making.switched(rows, active=active))

    def drop(self, rows: Sequence[int]) -> bool:
        """Take single changes out of their scenario."""
        return self.edit("undo.scenario_drop", making.dropped(rows))

    def set_values(self, name: str, values: Sequence[Wanted], *, new: bool) -> bool:
        """Give parameters a value in a scenario; one that is as in the input needs no change.

        A new scenario begins as a copy of the one that is planned, and is planned from now on.
        """
        target = making.tidy_name(name)
        language = self._words.language
        wanted = [
            (making.change_of(target, "parameters", key, "value", value, language), base)
            for key, value, base in values
        ]
        if new:
            copies = [replace(each, scenario=target, row=0) for each in self.whole(self.current)]
            lines = making.joined([line for line, _ in wanted], copies)
            return self._made_new(target, lines)
        setting = [line for line, base in wanted if line.value != base]
        back = [line for line, base in wanted if line.value == base]
        edits = (
            *making.taken_out(self._sheet(), back),
            *making.set_in(self._sheet(), setting),
        )
        return self.edit("undo.scenario_set", edits)

    def keep(self, name: str, asked: Sequence[EditLine]) -> bool:
        """Make a scenario of edits that were asked about, beside those of the planned one."""
        target, language = making.tidy_name(name), self._words.language
        lines = [
            making.change_of(target, each.table, each.key, each.column, each.value, language)
            for each in asked
        ]
        copies = [replace(each, scenario=target, row=0) for each in self.whole(self.current)]
        edits = making.set_in(self._sheet(), making.joined(lines, copies))
        return self.edit("undo.scenario_set", edits)

    def _made_new(self, name: str, lines: Sequence[ScenarioRow]) -> bool:
        done = self.edit("undo.scenario_set", making.set_in(self._sheet(), lines))
        if done:
            self.session.choose_scenario(name)
        return done

    def _sheet(self) -> TableSheet | None:
        return self.session.sheet(making.SHEET)

    def edit(self, name: str, edits: Sequence[Edit]) -> bool:
        """Do edits as one step to undo; false where there are none or nothing may be changed."""
        return bool(edits) and self.session.edit(name, edits)

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self.shown = None

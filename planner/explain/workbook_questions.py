"""`WorkbookQuestions`: every question about a plan as it stands in a workbook.

The plan is solved again once, when the first question asks for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.task_control import TaskControl
from planner.core.texts import Message, message
from planner.explain.plan_explainer import PlanExplainer, rule_named
from planner.explain.remedies.by_kind import Remedy, remedies
from planner.explain.remedies.ending import EndedShortfall, asked_for, ended
from planner.explain.shortfalls import Shortfall, shortfall_at, shortfalls
from planner.explain.solved import Solved
from planner.explain.solved_plan import SolvedPlan
from planner.explain.trials import Trials
from planner.explain.wishes.nearest import NearestPlan, nearest_plan
from planner.explain.wishes.priorities import Given, order_edits, order_prices
from planner.explain.wishes.wish import Wish, month_named, read_wish
from planner.explain.wishes.without_emergency import WithoutEmergency, without_emergency
from planner.explain.workbook_plan import solved_workbook
from planner.model.algebra import Key
from planner.result.named_figure import NamedFigure, named_figure
from planner.result.plan_of_book import PlanOfBook
from planner.result.queries import (
    Answer,
    AskCauses,
    AskCells,
    AskChoice,
    AskLimit,
    Behind,
    Dependents,
    Figure,
    Question,
    Reasons,
)
from planner.result.sentences import level_titles
from planner.solver.walk import Tell

# The decisions of a result table by what the explanation calls them.
_CHOICES = {"open": "open", "extend": "extend", "prepare_dol": "dol"}
# On a plan of this many columns so many trials are done for the remedies of one shortfall.
LARGE = 40_000
TRIALS_OF_LARGE = 40


@dataclass(frozen=True)
class Why:
    """Why a figure is what it is: what lies behind it, the reasons solved, and what would help.

    `reasons` are lines of the explanation; `told` says why there are none, where that is so.
    `shortfall` is what the remedies are about.
    """

    named: NamedFigure
    behind: Behind | Dependents
    reasons: pd.DataFrame | None = None
    told: Message | None = None
    shortfall: Shortfall | None = None
    remedies: tuple[Remedy, ...] = ()


@dataclass
class WorkbookQuestions:
    """Answers questions about a loaded plan; `CancelledError` where nobody waits any more."""

    loaded: PlanOfBook
    cancel: CancelToken | None = None
    tell: Tell | None = None
    _control: TaskControl = field(init=False)

    def __post_init__(self) -> None:
        """Wait as long as whoever asks."""
        self._control = TaskControl(self.cancel, self.tell)

    @cached_property
    def solved_plan(self) -> SolvedPlan:
        """The plan as the problem it was solved as."""
        return solved_workbook(self.loaded, self.cancel, self.tell)

    @cached_property
    def solved(self) -> Solved:
        """The plan's problem, ready to be explained."""
        if self.solved_plan.solution is None:
            raise UnusableInputError(message("why.no_plan"))
        return Solved.of(self.solved_plan.problem, self.solved_plan.solution)

    def why(self, name: str) -> Why:
        """Return why a figure is what it is, by what it is called.

        `UnusableInputError` where the plan has no such figure, or a cell holds nothing or text.
        """
        named = named_figure(self.loaded, name)
        behind = self._ask(named.question)
        if not isinstance(behind, Behind | Dependents):
            raise TypeError(f"no answer about cells: {behind!r}")
        if isinstance(named.question, AskCells):
            return self._explained(named, named.question.figure, behind)
        if isinstance(behind, Dependents) and not behind.rules:
            raise UnusableInputError(message("why.nothing_rests", title=named.title))
        return Why(named, behind)

    def _explained(self, named: NamedFigure, figure: Figure, behind: Behind | Dependents) -> Why:
        """Return a figure with its reasons and, where something falls short, what would help."""
        short = self._short(figure)
        if short is not None:
            reasons = self._reasons(AskCauses(_figure_of(short)))
            if figure.table == "levels":
                return Why(named, behind, reasons.lines, reasons.told)
            large = len(self.solved_plan.problem.columns) > LARGE
            trials = Trials(self.solved, TRIALS_OF_LARGE if large else None, self._control)
            found = tuple(remedies(self.solved, self.solved_plan.book, short, trials))
            return Why(named, behind, reasons.lines, reasons.told, short, found)
        asked = self._other_question(figure)
        if asked is None:
            return Why(named, behind)
        reasons = self._reasons(asked)
        return Why(named, behind, reasons.lines, reasons.told)

    def _short(self, figure: Figure) -> Shortfall | None:
        """Return the shortfall that a figure tells of; of a level its largest."""
        if figure.table == "levels":
            at = self.solved.level_place(figure.level)
            return next((each for each in shortfalls(self.solved) if each.level == at), None)
        if figure.table not in {"shortfalls", "explanation"} or not figure.rule or figure.sort:
            return None
        rule = rule_named(self.solved, figure.rule)
        about = Key(
            group=figure.group,
            location=figure.location,
            province=figure.province,
            region=figure.region,
        )
        return shortfall_at(self.solved, rule, about)

    def _other_question(self, figure: Figure) -> Question | None:
        """Return what else there is to ask of a figure: a decision turned round, a unit more."""
        if figure.table == "decisions" and figure.decision in _CHOICES:
            return AskChoice(_CHOICES[figure.decision], figure.location)
        if figure.table == "dol" and figure.location:
            return AskChoice("dol", figure.location)
        if figure.table == "explanation" and figure.sort in {"open", "extend", "dol"}:
            return AskChoice(figure.sort, figure.location)
        if figure.table == "explanation" and figure.sort and figure.subject:
            return AskLimit(figure.sort, figure.subject)
        return None

    def _reasons(self, question: Question) -> Reasons:
        try:
            found = self._ask(question)
        except KeyError:
            return Reasons(pd.DataFrame())
        if not isinstance(found, Reasons):
            raise TypeError(f"no reasons: {found!r}")
        return found

    def _ask(self, question: Question) -> Answer:
        explainer = self._explainer
        return explainer.answer(question, self._control)

    @cached_property
    def _explainer(self) -> PlanExplainer:
        found = PlanExplainer.about(self.solved_plan)
        if found is None:
            raise UnusableInputError(message("why.no_plan"))
        return found

    def ended(self, rule: str = "", time_limit_s: float | None = None) -> Iterator[EndedShortfall]:
        """Yield what it costs to end each shortfall, of one rule or of all, the worst first.

        Nothing more is tried after the time limit, which counts from now on: what was not reached
        says so.
        `UnusableInputError` where nothing falls short of the rule.
        """
        until = None if time_limit_s is None else time.monotonic() + time_limit_s
        asked = asked_for(self.solved, rule)
        if rule and not asked:
            raise UnusableInputError(message("ended.no_rule", rule=rule))
        large = len(self.solved_plan.problem.columns) > LARGE
        most = TRIALS_OF_LARGE if large else None
        return ended(
            self.solved,
            self.solved_plan.book,
            asked,
            Trials(self.solved, most, self._control),
            until,
        )

    def nearest_plan(self, words: str, time_limit_s: float | None = None) -> NearestPlan:
        """Return the nearest plan that grants a wish; `UnusableInputError` where none does."""
        wish = read_wish(self.loaded.case, words)
        return self._granted(wish, time_limit_s)

    def _granted(self, wish: Wish, time_limit_s: float | None) -> NearestPlan:
        return nearest_plan(
            self.solved_plan, wish, time_limit_s=time_limit_s, cancel=self.cancel, tell=self.tell
        )

    def order_prices(self) -> tuple[Given, ...]:
        """Return what a hundredth given up at each level brings the levels after it."""
        return tuple(order_prices(self.solved_plan, self._control))

    def in_order(self, names: Sequence[str], time_limit_s: float | None = None) -> NearestPlan:
        """Return the plan with some priorities first; `UnusableInputError` for an unknown one."""
        edits = order_edits(self.solved_plan, names)
        if not edits:
            raise UnusableInputError(message("why.same_order"))
        titles = level_titles()
        shown = tuple(titles.get(each, each) for each in names)
        return self._granted(Wish(message("wish.order", levels=shown), edits), time_limit_s)

    def without_emergency(self, month: str) -> WithoutEmergency:
        """Return what must be true so that nobody is in emergency reception from a month on."""
        named = month_named(self.loaded.case, month)
        return without_emergency(self.solved_plan, named, cancel=self.cancel, tell=self.tell)


def _figure_of(short: Shortfall) -> Figure:
    key = short.key
    return Figure(
        "shortfalls",
        rule=short.rule.name,
        location=key.location,
        group=key.group if not key.location else "",
        province=key.province,
        region=key.region,
    )

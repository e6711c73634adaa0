"""`robust`: decisions that are common to several scenarios, and what they come to beside others.

Beside them stand the decisions of the base scenario alone, kept in every scenario, and each
scenario's own best plan, which nobody has who does not know the future. What the first loses is
the value of planning for all scenarios; what the second saves, that of knowing which one comes.
Where the decisions of one are as good in every scenario as knowing would be, they are taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from math import fsum

import numpy as np

from planner.core.display_names import called
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken, Ending, Progress, Stop
from planner.core.over_months import SHARES
from planner.core.texts import Message, Text, message, month_words
from planner.ensemble.prepared import Kept, Prepared, fixed_at, values_of
from planner.input.case import Case
from planner.model.objective import levels_in_order
from planner.model.rules.rule import Level
from planner.planning import SEED, THREADS, PlanOptions, plan_without_reasons
from planner.result.plan import Plan
from planner.robust.joint import WORST, Joint, joined
from planner.sheets.without_place import SOMEBODY
from planner.solver.arithmetic import activity, level_value
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LevelResult, LinearModel, Outcome, Solution
from planner.solver.sections import begun_as_fitted_out
from planner.solver.whole import PROVEN_GAP

# Figures are compared within this part of their size, as everywhere.
WITHIN = 1e-6

# Whole decisions for all scenarios are near the best early, and take without end to prove: what the
# plan of one scenario is proven to is out of reach here. In seconds of work; with many columns
# three scenarios alone and in each other take four plans' time, and all is to take six at most.
_TOGETHER_S, _TOGETHER_MANY_S = 60.0, 90.0
_FEW_COLUMNS = 100_000
# Of locations and groups in which scenarios differ so many are named.
_TOLD = 5

Tell = Callable[[Message], None]
# Plans by scenario and what was decided; None where a scenario does not allow that.
_Tried = tuple[tuple[Plan | None, ...], Kept]
_Possible = tuple[list[Plan], Kept]


class Found(Enum):
    """How decisions for all scenarios were found."""

    TOGETHER = "together"
    # Those of one scenario: as good as knowing would be, or near it; or for lack of time.
    AS_FORESIGHT = "as_foresight"
    NEAR_FORESIGHT = "near_foresight"
    OF_ONE = "of_one"


@dataclass(frozen=True)
class WeightedScenario:
    """A case by its name, and how much it counts: the weights add up to 1."""

    name: str
    case: Case
    weight: float


@dataclass(frozen=True)
class Robust:
    """A plan for all scenarios: by scenario, in the order given, its placement and what else.

    `middle` are the plans with the decisions of the base scenario alone, None where a scenario does
    not allow them; `foresight` each scenario's own best. `kept` and `kept_middle` are what was
    decided, and `how` that was found. With `worst` the largest of a level goes before what it
    comes to on average.
    """

    scenarios: tuple[WeightedScenario, ...]
    base: str
    plans: tuple[Plan, ...]
    middle: tuple[Plan | None, ...]
    foresight: tuple[Plan, ...]
    kept: Kept
    kept_middle: Kept
    until: dt.date | None
    worst: bool
    whole: bool
    how: Found = Found.TOGETHER

    @property
    def weights(self) -> tuple[float, ...]:
        """How much each scenario counts."""
        return tuple(each.weight for each in self.scenarios)

    @property
    def of_base(self) -> Plan:
        """The plan as it is where the base scenario comes true."""
        return self.plans[[each.name for each in self.scenarios].index(self.base)]

    def expected(self, plans: Sequence[Plan | None]) -> Mapping[str, float] | None:
        """Return what each level comes to over the scenarios; None where one has no plan."""
        found = [each for each in plans if each is not None]
        if len(found) < len(plans):
            return None
        return _expected(found, self.weights)

    def measure(self, plans: Sequence[Plan | None], name: str) -> float | None:
        """Return what a measure comes to over the scenarios; None where one has no plan."""
        found = [each.measures[name].value for each in plans if each is not None]
        return float(np.dot(self.weights, found)) if len(found) == len(plans) else None


def robust(  # noqa: PLR0913 - what may be asked of it
    scenarios: Sequence[WeightedScenario],
    base: str,
    *,
    until: dt.date | None = None,
    worst: bool = False,
    options: PlanOptions | None = None,
    together_s: float | None = None,
    tell: Tell | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Robust:
    """Return the decisions that are best for scenarios together, and what they are worth.

    `base` names one of them. Decisions until a month are common; without one, all are. They are
    looked for in `together_s` seconds of work, in as many as the size takes unless told; where none
    are found by then, those of one scenario stand that are possible in all.
    `UnusableInputError` where the scenarios differ in what must be the same, or there is no plan
    for all of them; `CancelledError` when cancelled; `ProgramFaultError` where a placement does not
    hold when it is recounted without the solver.
    """
    options = options or PlanOptions(whole=True)
    refuse_unlike(scenarios, until)
    work = _Work(options, tell or (lambda _: None), progress, cancel)
    prepared = [Prepared.of(each.case, whole=options.whole) for each in scenarios]
    names, weights = [each.name for each in scenarios], [each.weight for each in scenarios]
    own = []
    for each, of in zip(names, prepared, strict=True):
        solved = work.solved(of.model, message("robust.stage.own", scenario=called(each)))
        if solved is None:
            raise UnusableInputError(message("robust.no_plan", scenario=called(each)))
        own.append(solved)
    foresight = [work.plan(*each) for each in zip(prepared, own, strict=True)]
    at = names.index(base)
    every = _InEvery(work, names, prepared, foresight, own, until)
    alone = every.decisions_of(at)
    plans, kept, how = foresight, alone[1], Found.TOGETHER
    if len(scenarios) > 1:
        few = sum(len(each.model.lower) for each in prepared) <= _FEW_COLUMNS
        within = 0.0 if few else PROVEN_GAP
        at_hand, near = every.at_hand(at, alone, within) if options.whole else ([], None)
        if near is not None:
            (plans, kept), how = near, Found.AS_FORESIGHT if few else Found.NEAR_FORESIGHT
        else:
            joint = joined(prepared, weights, until=until, worst=worst)
            seconds = _together_s(joint, options) if together_s is None else together_s
            found = every.together(joint, at, seconds)
            how = Found.OF_ONE if found is None else how
            plans, kept = _best(found, at_hand, weights, worst=worst)
    if options.whole:
        foresight = [_best_of(each, plan) for each, plan in zip(foresight, plans, strict=True)]
    return Robust(
        tuple(scenarios),
        base,
        tuple(plans),
        alone[0],
        tuple(foresight),
        kept,
        alone[1],
        until,
        worst,
        options.whole,
        how,
    )


def _together_s(joint: Joint, options: PlanOptions) -> float | None:
    """Return how long decisions for all scenarios are looked for; None where that is asked for."""
    if options.time_limit_s is not None or not options.whole:
        return None
    return _TOGETHER_S if len(joint.model.lower) <= _FEW_COLUMNS else _TOGETHER_MANY_S


def refuse_unlike(scenarios: Sequence[WeightedScenario], until: dt.date | None) -> None:
    """Refuse scenarios that nothing can be decided for in common; `UnusableInputError`."""
    first = scenarios[0]
    if apart := [told for each in scenarios[1:] for told in _apart(first, each)]:
        raise UnusableInputError(message("robust.unlike", apart=tuple(apart)))
    months = first.case.months
    if until is not None and not months[0] <= until <= months[-1]:
        raise UnusableInputError(
            message("robust.until", first=f"{months[0]:%Y-%m}", last=f"{months[-1]:%Y-%m}")
        )


def _apart(first: WeightedScenario, other: WeightedScenario) -> Iterator[Message]:
    """Yield in what a scenario differs from the first one that must be the same, and how."""
    names = {"one": called(first.name), "other": called(other.name)}
    one, case = first.case, other.case
    if one.months != case.months:
        ends = {
            "begin": month_words(case.months[0]),
            "end": month_words(case.months[-1]),
            "first": month_words(one.months[0]),
            "last": month_words(one.months[-1]),
        }
        yield message("robust.unlike.months", **names, **ends)
    for what, mine, theirs in (
        ("locations", set(one.locations), set(case.locations)),
        ("groups", set(one.groups), set(case.groups)),
    ):
        if differing := sorted(mine ^ theirs):
            told = tuple(called(each) for each in differing[:_TOLD])
            more = len(differing) - len(told)
            key = f"robust.unlike.{what}.more" if more else f"robust.unlike.{what}"
            yield message(key, **names, apart=told, **({"more": more} if more else {}))
    if _priorities(one) != _priorities(case):
        yield message("robust.unlike.priorities", **names)


def _priorities(case: Case) -> tuple[str, ...]:
    return tuple(each.level.value for each in levels_in_order(case))


class _NoTimeError(UnusableInputError):
    """No plan was found in the time that there is."""


class _Work:
    """Solves one model after another, and makes verified plans of what comes out."""

    def __init__(
        self,
        options: PlanOptions,
        tell: Tell,
        progress: Callable[[Progress], None] | None,
        cancel: CancelToken | None,
    ) -> None:
        self._options = options
        self._tell = tell
        self._progress = progress
        self._cancel = cancel
        self._outcomes: dict[int, Outcome] = {}

    def solved(
        self, model: LinearModel, told: Message, together_s: float | None = None
    ) -> Solution | None:
        """Return the solution of a model, None where there is none; `CancelledError`.

        `_NoTimeError` where none was found in time: that asked for, or else so much work.
        """
        self._tell(told)
        outcome = solve_levels(
            model,
            time_limit_s=self._options.time_limit_s,
            work_limit_s=self._options.work_limit_s if together_s is None else together_s,
            cancel=self._cancel,
            progress=None if self._progress is None else _named(self._progress),
            seed=SEED,
            threads=THREADS,
            model_dir=None if told.key != "robust.stage.together" else self._options.model_dir,
        )
        if outcome.stop is Stop.CANCELLED:
            raise CancelledError
        if outcome.solution is None:
            if outcome.stop is Stop.TIME_LIMIT:
                raise _NoTimeError(message("robust.no_time", what=told))
            return None
        self._outcomes[id(outcome.solution)] = outcome
        return outcome.solution

    def plan(self, prepared: Prepared, solution: Solution, of: Solution | None = None) -> Plan:
        """Return a solution as a plan that was recounted; `of` is the solution it is a part of."""
        values = begun_as_fitted_out(prepared.model, solution.values)
        costs = {each.name: each for each in prepared.model.levels}
        levels = tuple(
            replace(each, value=level_value(costs[each.name], values)) for each in solution.levels
        )
        tidy = replace(solution, values=values, levels=levels)
        outcome = replace(self._outcomes[id(of or solution)], solution=tidy)
        return plan_without_reasons(prepared.problem, outcome, self._options)

    def keeping(self, prepared: Prepared, kept: Kept, scenario: str, decider: str) -> Plan | None:
        """Return the best plan that keeps a scenario's decisions; None where there is none."""
        told = message("robust.stage.kept", of=called(decider), scenario=called(scenario))
        solution = self.solved(fixed_at(prepared, kept), told)
        return None if solution is None else self.plan(prepared, solution)


class _InEvery:
    """Decisions that are kept in every scenario: those of one, or those found for all."""

    def __init__(  # noqa: PLR0913, PLR0917 - the scenarios as they are known
        self,
        work: _Work,
        names: Sequence[str],
        prepared: Sequence[Prepared],
        foresight: Sequence[Plan],
        own: Sequence[Solution],
        until: dt.date | None,
    ) -> None:
        self._work = work
        self._names = names
        self._prepared = prepared
        self._foresight = foresight
        self._own = own
        self._until = until

    def decisions_of(self, number: int) -> _Tried:
        """Return what the decisions of a scenario come to in each, None where it has no plan."""
        kept = values_of(self._prepared[number], self._own[number].values, self._until)
        plans = tuple(
            self._foresight[at]
            if at == number
            else self._work.keeping(of, kept, name, self._names[number])
            for at, (name, of) in enumerate(zip(self._names, self._prepared, strict=True))
        )
        return plans, kept

    def at_hand(
        self, base: int, alone: _Tried, within: float
    ) -> tuple[list[_Possible], _Possible | None]:
        """Return decisions of one scenario that are possible in every one.

        The base's first, then those of others, that for more people before that for fewer, until
        some are in each scenario `within` so much of the best there; these stand second.
        """
        found: list[_Possible] = []
        others = [at for at in range(len(self._names)) if at != base]
        others.sort(key=lambda at: -fsum(self._prepared[at].problem.present.people.values()))
        for tried in chain([alone], map(self.decisions_of, others)):
            plans = [each for each in tried[0] if each is not None]
            if len(plans) == len(self._names):
                found.append((plans, tried[1]))
                pairs = zip(plans, self._foresight, strict=True)
                if all(_is_near(plan, best, within) for plan, best in pairs):
                    return found, found[-1]
        return found, None

    def together(self, joint: Joint, base: int, seconds: float | None) -> _Possible | None:
        """Return the best decisions for all; None where none are found in time.

        `UnusableInputError` where there are none.
        """
        told = message("robust.stage.together", count=len(self._names))
        try:
            found = self._work.solved(joint.model, told, seconds)
        except _NoTimeError:
            return None
        if found is None:
            raise UnusableInputError(message("robust.none"))
        plans = list(_plans(self._work, joint, self._prepared, found))
        values = found.values[joint.places[base]]
        return plans, values_of(self._prepared[base], values, self._until)


def _named(progress: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Return what tells of a level by the name that people know, whatever it is made of here."""

    def told(at: Progress) -> None:
        level = None if at.level is None else at.level.removesuffix(WORST)
        progress(replace(at, level=level))

    return told


def _plans(
    work: _Work, joint: Joint, prepared: Sequence[Prepared], together: Solution
) -> Iterator[Plan]:
    """Yield what decisions for all scenarios come to in each."""
    for of, places in zip(prepared, joint.places, strict=True):
        values, model = together.values[places], of.model
        unpriced = np.zeros(len(model.lower)), np.zeros(len(model.row_lower))
        levels = tuple(
            LevelResult(each.name, level_value(each, values), *unpriced) for each in model.levels
        )
        yield work.plan(of, Solution(values, activity(model, values), levels), together)


def _expected(plans: Sequence[Plan], weights: Sequence[float]) -> dict[str, float]:
    return {
        level.name: float(np.dot(weights, [each.levels[at].value for each in plans]))
        for at, level in enumerate(plans[0].levels)
    }


def _best(
    found: _Possible | None,
    others: Sequence[_Possible],
    weights: Sequence[float],
    *,
    worst: bool,
) -> _Possible:
    """Return the plans for all scenarios, or those for one where these are better in all.

    Whole decisions are proven to within a part only, so what is at hand may be better.
    `_NoTimeError` where there are none.
    """
    best = found
    for each in others:
        if best is None or _better(each[0], best[0], weights, worst=worst):
            best = each
    if best is None:
        what = message("robust.stage.together", count=len(weights))
        raise _NoTimeError(message("robust.no_time", what=what))
    return best


def _is_near(plan: Plan, best: Plan, within: float) -> bool:
    """Whether a plan lies no further above the best one than a part of it, at any level.

    Half a person, place or euro is nothing. What decisions change only tells plans apart.
    """
    for each, other in zip(plan.levels, best.levels, strict=True):
        nothing = 0.0 if each.unit in SHARES else SOMEBODY
        near = max(within * abs(other.value), nothing)
        if each.name != Level.CHANGE.value and each.value - other.value > near:
            return False
    return True


def _best_of(one: Plan, other: Plan) -> Plan:
    return other if _better([other], [one], [1.0], worst=False) else one


def _better(
    one: Sequence[Plan],
    other: Sequence[Plan],
    weights: Sequence[float],
    *,
    worst: bool,
) -> bool:
    """Whether plans are better than others at the first level where they differ."""
    for at in range(len(one[0].levels)):
        ours, theirs = ([each.levels[at].value for each in plans] for plans in (one, other))
        pairs = [(float(np.dot(weights, ours)), float(np.dot(weights, theirs)))]
        if worst:
            pairs.insert(0, (max(ours), max(theirs)))
        for mine, its in pairs:
            if abs(mine - its) > WITHIN * max(1.0, abs(mine), abs(its)):
                return mine < its
    return False


def first_difference(
    before: Mapping[str, float], after: Mapping[str, float]
) -> tuple[str, float] | None:
    """Return the first level at which two differ, and how much more the first comes to."""
    for name, value in before.items():
        other = after[name]
        if abs(value - other) > WITHIN * max(1.0, abs(value), abs(other)):
            return name, value - other
    return None


def ended_best(plans: Sequence[Plan]) -> bool:
    """Whether plans were proven to be the best."""
    return all(each.ending is Ending.OPTIMAL for each in plans)


def weight_words(each: WeightedScenario) -> Text:
    """Return a scenario and its weight in words."""
    return message(
        "robust.weight", scenario=called(each.name), percent=round(100 * each.weight, 1)
    ).both

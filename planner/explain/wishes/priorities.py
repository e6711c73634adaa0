"""The price of the order of priorities: what giving way at a level brings those after it.

A level never gives way by itself. Here one is allowed a little more than it came to, and each later
level is solved again with those between kept. Whole decisions stay as they were taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.core.errors import UnusableInputError
from planner.core.task_control import TaskControl
from planner.core.texts import ROUNDING, message
from planner.explain.solved import NOTHING
from planner.explain.solved_plan import SolvedPlan
from planner.input.edit_lines import EditLine
from planner.input.names import plain
from planner.model.objective import REORDERABLE
from planner.result.sentences import level_titles
from planner.solver.highs import Terms
from planner.solver.linear_model_of import linear_model
from planner.solver.rounding import kept_whole
from planner.solver.tradeoff import Tradeoffs

# What a level gives up, as a part of what it came to.
PART = 0.01


@dataclass(frozen=True)
class Given:
    """What a level gives up and what each later level then gains, in the units of each.

    `gains` holds the levels that gain anything, by name, in the order solved; `unknown` those of
    which the solver found no answer.
    """

    level: str
    given: float
    gains: tuple[tuple[str, float], ...]
    unknown: tuple[str, ...] = ()


def order_prices(
    solved_plan: SolvedPlan, control: TaskControl | None = None, part: float = PART
) -> Iterator[Given]:
    """Yield for each level that came to more than nothing what a part of it brings those after."""
    if solved_plan.solution is None:
        return
    control = control or TaskControl()
    model = kept_whole(linear_model(solved_plan.problem), solved_plan.solution.values)
    trade = Tradeoffs(model, solved_plan.solution, Terms(cancel=control.cancel))
    names = [each.name for each in solved_plan.solution.levels]
    for at, level in enumerate(solved_plan.solution.levels[:-1]):
        if level.value <= NOTHING:
            continue
        control.begin_trial()
        given = part * level.value
        gains, unknown = [], []
        for later, gain in trade.gains(at, given):
            control.check()
            if gain is None:
                unknown.append(names[later])
            elif gain > max(ROUNDING, NOTHING * abs(solved_plan.solution.levels[later].value)):
                gains.append((names[later], gain))
        yield Given(level.name, given, tuple(gains), tuple(unknown))


def order_edits(solved_plan: SolvedPlan, names: Sequence[str]) -> tuple[EditLine, ...]:
    """Return the cells that put levels in an order: those named first, the others after them.

    `UnusableInputError` where a name is no level that can be moved.
    """
    parameters = {level.value: parameter for level, parameter in REORDERABLE.items()}
    asked = [_parameter_of(name, parameters) for name in names]
    standing = [each.content.level for each in solved_plan.problem.levels]
    others = [REORDERABLE[level] for level in standing if level in REORDERABLE]
    order = list(dict.fromkeys([*asked, *others]))
    now = solved_plan.problem.case.parameters
    places = sorted(now.number(parameter) for parameter in order)
    if len(set(places)) < len(places):
        places = [float(at) for at in range(1, len(order) + 1)]
    return tuple(
        EditLine("parameters", parameter, "value", at)
        for parameter, at in zip(order, places, strict=True)
        if now.number(parameter) != at
    )


def _parameter_of(name: str, parameters: dict[str, str]) -> str:
    titles = level_titles()
    for level, parameter in parameters.items():
        if plain(name) in {plain(level), plain(titles[level].nl), plain(titles[level].en)}:
            return parameter
    raise UnusableInputError(message("why.no_priority", name=name, names=tuple(parameters)))

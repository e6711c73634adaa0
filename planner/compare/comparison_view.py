"""A comparison kept where the plans are, and shaped to be shown elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planner.compare import verbs
from planner.compare.beside import beside
from planner.compare.contributions import LEVEL, ExplainedFigure
from planner.compare.regret import difference
from planner.compare.sheets import waterfalls
from planner.compare.verbs import (
    ComparedTheme,
    Comparison,
    Contributions,
    PlanningStage,
    PlanOfBook,
    RegretMatrix,
)
from planner.compare.views import (
    DIFFERS,
    CostSteps,
    ShownComparison,
    ShownContributions,
    ShownFigure,
    ShownLocations,
    ShownPart,
    ShownRegret,
    StageProgress,
)
from planner.core.display_names import OF_A_FILE
from planner.core.errors import OpvangplanError
from planner.core.texts import Message, message
from planner.input.kinds import Listed
from planner.model.measures import MEASURES
from planner.model.objective import LEVELS

if TYPE_CHECKING:
    from planner.compare.progress import Tell
    from planner.compare.views import PlanSource
    from planner.core.outcome import CancelToken, Progress
    from planner.input.book import Book
    from planner.input.location import Location


@dataclass
class KeptComparison:
    """A comparison with everything found about it since."""

    number: int
    sources: tuple[PlanSource, ...]
    comparison: Comparison
    matrix: RegretMatrix | None = None
    contributed: dict[int, Contributions] = field(default_factory=dict)

    @property
    def plans(self) -> tuple[PlanOfBook, ...]:
        """The plans, the base first."""
        return self.comparison.plans


def compared(
    number: int, sources: tuple[PlanSource, ...], book: Callable[[int], Book]
) -> KeptComparison:
    """Put plans side by side; `book` gives a version of the open book.

    `UnusableInputError` where a file holds no plan, or there are too few or too many plans.
    """
    verbs.enough(len(sources))
    books = {each.version: book(each.version) for each in sources if each.plan is not None}
    plans = [_read(each, books) for each in sources]
    return KeptComparison(number, sources, verbs.compare(_named_apart(plans)))


def _read(source: PlanSource, books: Mapping[int, Book]) -> PlanOfBook:
    if source.plan is not None:
        return PlanOfBook(source.name, books[source.version], source.plan)
    path = source.path or Path()
    read = verbs.load_plan(path)
    own = read.name == path.stem
    return replace(read, name=read.name if own else f"{path.stem}{OF_A_FILE}{read.name}")


def _named_apart(plans: list[PlanOfBook]) -> list[PlanOfBook]:
    """Return the plans, each under a name that no earlier one has."""
    taken: set[str] = set()
    apart = []
    for each in plans:
        name, number = each.name, 1
        while name in taken:
            number += 1
            name = f"{each.name} ({number})"
        taken.add(name)
        apart.append(replace(each, name=name))
    return apart


def shown(kept: KeptComparison) -> ShownComparison:
    """Return a comparison to be shown."""
    comparison = kept.comparison
    told = verbs.sentences(comparison)
    return ShownComparison(
        kept.number,
        comparison.names,
        beside(comparison),
        tuple(zip(told["name"].tolist(), told["sentence"].tolist(), strict=True)),
        {key: _frame(theme) for key, theme in comparison.themes.items()},
        tuple(CostSteps(each.start[1], each.steps, each.end[1]) for each in waterfalls(comparison)),
        (None, *(_unexplained(kept, at) for at in range(1, len(kept.sources)))),
        tuple(bool(len(each.book.frame("previous_plan"))) for each in kept.plans),
        frozenset() if comparison.one_span else frozenset(verbs.TOTALS),
    )


def _frame(theme: ComparedTheme) -> pd.DataFrame:
    """Return every row of a theme, in words where it has them, and whether it differs."""
    frame = theme.frame
    differs = pd.Series(data=False, index=frame.index)
    differs[theme.differing.index] = True
    frame = frame.assign(**{DIFFERS: differs})
    if theme.key != "inputs":
        return frame
    columns = [verbs.plan_column(number) for number in range(theme.count)]
    return frame.assign(**{name: _labelled(frame[name]) for name in columns})


def _labelled(cells: pd.Series) -> pd.Series:
    values = [each.label if isinstance(each, Listed) else each for each in cells]
    return pd.Series(values, index=cells.index, dtype=object)


def _unexplained(kept: KeptComparison, at: int) -> Message | None:
    """Return why a plan's difference from the base cannot be led to edits of its scenario."""
    base, other = kept.sources[0], kept.sources[at]
    if base.plan is None or other.plan is None or base.version != other.version:
        return message("compare.unexplained.inputs")
    if kept.plans[0].scenario == kept.plans[at].scenario:
        return message("compare.unexplained.scenario")
    return None


def told_by(progress: Callable[[Progress], None]) -> Tell:
    """Return what passes on how far a piece of work is."""
    begun = time.monotonic()

    def tell(stage: PlanningStage) -> None:
        elapsed = time.monotonic() - begun
        progress(StageProgress("plans", None, None, elapsed, stage.done, stage.total, stage.told))

    return tell


def contributions(
    kept: KeptComparison, at: int, tell: Tell, cancel: CancelToken
) -> ShownContributions:
    """Return what each edit contributes to the difference of a plan from the base."""
    why_not = _unexplained(kept, at)
    if why_not is not None:
        raise OpvangplanError(why_not)
    base, other = kept.plans[0], kept.plans[at]
    found = verbs.contributions(base.book, base.scenario, other.scenario, tell, cancel)
    kept.contributed[at] = found
    return ShownContributions(at, tuple(_figures(found)), found.solves)


def _figures(found: Contributions) -> Iterator[ShownFigure]:
    """Yield the figures that any edit changes, each with its parts."""
    levels = {each.level.value: each.title for each in LEVELS}
    measures = {each.name: each.title for each in MEASURES}
    for each in found.figures:
        if difference(each.scenario, each.base) or _any_part(each):
            yield ShownFigure(
                (levels if each.kind == LEVEL else measures)[each.name],
                message(f"unit.{each.unit}").both,
                each.whole,
                tuple(
                    ShownPart(title, part.alone, part.switched_off)
                    for title, part in zip(found.titles(), each.parts, strict=True)
                ),
                each.together,
            )


def _any_part(each: ExplainedFigure) -> bool:
    parts = (value for part in each.parts for value in (part.alone, part.switched_off))
    return any(value is not None and difference(each.base + value, each.base) for value in parts)


def regret(kept: KeptComparison, tell: Tell, cancel: CancelToken) -> ShownRegret:
    """Return what is regretted of each plan's decisions in the input of every other."""
    matrix = verbs.regret_of_plans(kept.plans, tell, cancel)
    kept.matrix = matrix
    frame = matrix.frame()
    titles = {each.level.value: each.title for each in LEVELS}
    first = [titles.get(name) for name in frame["first_level"]]
    titled = frame.assign(first_level=pd.Series(first, dtype=object))
    return ShownRegret(matrix.names, titled, matrix.notes())


def changes(kept: KeptComparison, at: int, *, previous: bool) -> pd.DataFrame:
    """Return what a plan does otherwise than the base, or than the earlier plan in its input."""
    plan = kept.plans[at]
    if previous:
        listed = verbs.change_list(verbs.previous_places(plan), plan)
    else:
        base = kept.plans[0]
        listed = verbs.change_list(verbs.places_of(base), plan, base)
    names = {**kept.plans[0].of_locations("name"), **plan.of_locations("name")}
    return listed.assign(location_name=listed["location"].map(names).fillna(""))


def locations(kept: KeptComparison) -> ShownLocations:
    """Return the locations of every plan; those of the base go before the others'."""
    found: dict[str, Location] = {}
    for plan in kept.plans:
        found = {**plan.sites, **found}
    return ShownLocations(found)

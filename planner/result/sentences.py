"""What a plan says, in sentences and short tables: summary, explanation, moments to report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pandas as pd

from planner.core.display_names import called
from planner.core.law import RECEPTION
from planner.core.texts import Text, catalogue, message, month_words
from planner.input.kinds import Ground
from planner.model.measures import COST_UNPLACED, MEASURES
from planner.model.objective import LEVELS
from planner.model.rules import RULES
from planner.result.applicants import by_location, by_month
from planner.result.checks import CHECKS
from planner.result.normal_capacity import normal_capacity
from planner.result.plan import Plan
from planner.result.queries import SUM, Figure
from planner.result.register import cited
from planner.result.sums import SUMS
from planner.sheets.check_verdicts import checks_in_short
from planner.sheets.dol_beds import dol_beds
from planner.sheets.without_place import SOMEBODY, placing_sentence


def summary(plan: Plan) -> pd.DataFrame:
    """Return what the plan says in short: subject, value, unit."""
    lines = [(each.subject, each.value, each.unit) for each in _summary_lines(plan)]
    return pd.DataFrame(lines, columns=["subject", "value", "unit"])


def summary_figure(plan: Plan, subject: str) -> Figure | None:
    """Return which figure a line of the summary tells, by its subject in Dutch; `None` if none."""
    for each in _summary_lines(plan):
        if each.subject.nl == subject:
            return each.figure
    return None


def summary_subject(plan: Plan, words: str) -> Text | None:
    """Return the subject of the summary's figure that goes by these words in either language."""
    for each in _summary_lines(plan):
        if each.figure is not None and words in {each.subject.nl, each.subject.en}:
            return each.subject
    return None


@dataclass(frozen=True)
class _Line:
    """A line of the summary, and the figure that it tells where it tells one."""

    subject: Text
    value: object
    unit: object = ""
    figure: Figure | None = None


def _summary_lines(plan: Plan) -> Iterator[_Line]:
    yield _Line(worded("summary.housed"), placing_sentence(plan.tables).both)
    yield _Line(worded("summary.checks"), checks_in_short(plan.tables).both)
    yield _Line(worded("summary.scenario"), called(plan.scenario))
    yield _Line(worded("summary.ending"), worded(f"ending.{plan.ending.value}"))
    yield _Line(worded("summary.verdict"), worded("summary.verified"))
    yield from _peaks(plan)
    titles = {content.level.value: content.title for content in LEVELS}
    for level in plan.levels:
        figure = Figure("levels", level=level.name)
        yield _Line(titles[level.name], level.value, unit_text(level.unit), figure)
        if level.name == "cost":
            yield from _cost_unplaced(plan)


def _cost_unplaced(plan: Plan) -> Iterator[_Line]:
    """Yield what people without a place would cost, beside the total, if there are any."""
    quantity = plan.measures.get(COST_UNPLACED.name)
    if quantity is not None and quantity.value >= SOMEBODY:
        figure = Figure("measures", sort=COST_UNPLACED.name)
        yield _Line(COST_UNPLACED.title, quantity.value, unit_text(quantity.unit), figure)


def _peaks(plan: Plan) -> Iterator[_Line]:
    """Yield the largest shortage, the largest DOL use and the emergency need, with the month."""
    runoff, dol = plan.tables["runoff"], plan.tables["dol"]
    shortages = zip(runoff["month"], runoff["shortage"], strict=True)
    month, shortage = max(shortages, key=itemgetter(1), default=(None, 0.0))
    if shortage > 0:
        yield _peak("shortage_peak", "shortage", month, float(shortage), "beds")
    if not dol.empty:
        monthly = dol.groupby("month")[["prepared", "people"]].sum()
        for column in ("prepared", "people"):
            peak, most = max(monthly[column].items(), key=itemgetter(1))
            unit = "places" if column == "prepared" else "persons"
            yield _peak(f"dol_{column}_peak", f"dol_{column}", peak, float(most), unit)
    emergency = people_in_emergency(plan)
    if not emergency.empty:
        for at, key in ((0, "emergency_first"), (-1, "emergency_last")):
            count = float(emergency.iloc[at])
            yield _peak(key, "emergency", emergency.index[at], count, "persons")


def _peak(key: str, summed: str, month: Any, value: float, unit: str) -> _Line:  # noqa: ANN401 - a cell of a frame
    """Return the line of a figure of one month."""
    subject = worded(f"summary.{key}", month=month_words(month))
    return _Line(subject, value, unit_text(unit), Figure(SUM, sort=summed, month=month))


def people_in_emergency(plan: Plan) -> pd.Series:
    """Return the people in emergency reception per month, every planned month included."""
    people = SUMS["emergency"].rows(plan.tables).groupby("month")["people"].sum()
    months = sorted(set(plan.tables["runoff"]["month"]))
    return people.reindex(months, fill_value=0.0)


def reporting(plan: Plan) -> pd.DataFrame:
    """Return when emergency reception begins and ends, and the capacity normally available then.

    What is told under Art. 20(10) and 32(2) is that the contingency plan is activated, and the end.
    The people are applicants, whom alone the article is about; the others stand beside them.
    """
    normal, everybody = normal_capacity(plan.tables), people_in_emergency(plan)
    rows = [
        (month, moment, people, locations, float(everybody[month]) - people,
         normal[month].needed, normal[month].available, source)
        for month, moment, people, locations, source in _moments(plan)
    ]  # fmt: skip
    columns = ["month", "moment", "people", "locations", "others"]
    return pd.DataFrame(rows, columns=[*columns, "needed_beds", "normal_beds", "source"])


def _moments(plan: Plan) -> Iterator[tuple[Any, ...]]:
    people = by_month(plan, Ground.APPLICANT)
    locations = Counter(
        month
        for months in by_location(plan).values()
        for month, count in months.items()
        if count >= SOMEBODY
    )
    source = RECEPTION.at("art. 20(10) en 32(2)", "Arts. 20(10) and 32(2)").label
    before = False
    for number, (month, count) in enumerate(people.items()):
        now = count >= SOMEBODY
        if now != before or (number == 0 and now):
            key = "reporting.ends" if not now else "reporting.begins"
            key = "reporting.continues" if number == 0 and now else key
            yield month, worded(key), count, locations[month], source
        before = now
    if before:
        last = max(people)
        yield last, worded("reporting.lasts"), people[last], locations[last], source


def worded_checks(plan: Plan) -> pd.DataFrame:
    """Return the checks with their sources in both languages, those that do not hold first."""
    frame = plan.tables["checks"].copy()
    labels = {check.name: check.source.label for check in CHECKS}
    labels |= {rule.name: rule.source.label for rule in RULES}
    sources = [
        labels.get(name, source)
        for name, source in zip(frame["check"], frame["source"], strict=True)
    ]
    frame = frame.assign(source=pd.Series(sources, index=frame.index, dtype=object))
    order = [2 if holds is None else int(holds) for holds in frame["holds"].tolist()]
    # Each row keeps its label, by which the figure that was planned is put beside it.
    return frame.iloc[sorted(range(len(frame)), key=order.__getitem__)]


def provenance(plan: Plan) -> pd.DataFrame:
    """Return how the plan came about: subject, value as programs read it, and in words."""
    lines = [
        (worded(f"provenance.{key}"), value, provenance_words(key, value) or Text(value, value))
        for key, value in plan.provenance.items()
    ]
    return pd.DataFrame(lines, columns=["subject", "value", "words"])


def provenance_words(key: str, value: str) -> Text | None:  # noqa: PLR0911 - one per sort of value
    """Return a value of the provenance in words, where it is not a word or number by itself."""
    match key:
        case "ending":
            return worded(f"ending.{value}")
        case "whole":
            return worded(f"provenance.whole.{value}")
        case "priorities":
            return _in_order(value.split(" > "))
        case "made":
            made = dt.datetime.fromisoformat(value)
            return worded("provenance.made.words", day=made.date(), time=f"{made:%H:%M}")
        case "scenario":
            return called(value)
        case "gap":
            told = value.replace("%", " %")
            return Text(told.replace(".", ","), told)
        case "way" | "tolerance" | "verdict" | "status":
            return catalogue().get(f"provenance.{key}.{value}")
        case _:
            return None


def _in_order(levels: list[str]) -> Text:
    """Return levels by their titles, one after the other."""
    titles = level_titles()
    known = [titles.get(name, Text(name, name)) for name in levels]
    return Text(" > ".join(each.nl for each in known), " > ".join(each.en for each in known))


def measures(plan: Plan) -> pd.DataFrame:
    """Return the key figures with their titles and units."""
    titles = {measure.name: measure.title for measure in MEASURES}
    return pd.DataFrame(
        [
            (name, titles[name], quantity.value, unit_text(quantity.unit))
            for name, quantity in plan.measures.items()
        ],
        columns=["name", "title", "value", "unit"],
    )


def levels(plan: Plan) -> pd.DataFrame:
    """Return what each level came to, in the order solved."""
    return pd.DataFrame(
        [(each.name, unit_text(each.unit), each.value) for each in plan.levels],
        columns=["name", "unit", "value"],
    )


def worded_shortfalls(plan: Plan) -> pd.DataFrame:
    """Return the shortfalls with the rule's title and source in both languages."""
    frame = plan.tables["shortfalls"].copy()
    by_name = {rule.name: rule for rule in RULES}
    frame.insert(1, "rule_title", [by_name[name].title for name in frame["rule"]])
    sources = [
        cited(source) or by_name[name].source.label
        for name, source in zip(frame["rule"], frame["source"], strict=True)
    ]
    unit_of = {name: unit_text(rule.unit) for name, rule in by_name.items()}
    units = [unit_of[name] for name in frame["rule"]]
    texts = {"source": sources, "unit": units}
    return frame.assign(**{name: pd.Series(each, dtype=object) for name, each in texts.items()})


def worded_dol(plan: Plan) -> pd.DataFrame:
    """Return the DOL parts with what happens to every bed fitted out: Dublin, regular, empty."""
    frame = plan.tables["dol"].copy()
    beds = dol_beds(plan.tables)
    keys = list(zip(frame["location"], frame["month"], strict=True))
    return frame.assign(
        regular=[beds[key].regular for key in keys], empty=[beds[key].empty for key in keys]
    )


def unit_text(unit: str) -> Text:
    """Return a unit in both languages; the engine's own name for it is the English one."""
    return worded(f"unit.{unit}")


def worded(key: str, /, **fields: object) -> Text:
    """Return a sentence of the catalogue in both languages."""
    return message(key, **fields).both


def level_titles() -> Mapping[str, Text]:
    """Return the title of each level by its name."""
    return {content.level.value: content.title for content in LEVELS}


def measure_titles() -> Mapping[str, Text]:
    """Return the title of each measure by its name."""
    return {measure.name: measure.title for measure in MEASURES}

"""The pages on where plans differ and what that costs: maps, waterfalls, and the change list."""

from __future__ import annotations

import pandas as pd

from planner.compare.changes import change_list, places_of
from planner.compare.sheets import waterfalls
from planner.compare.theme import plan_column
from planner.input.kinds import PlaceKind
from planner.input.location import Location
from planner.report.charts import Waterfall
from planner.report.comparison import drawings
from planner.report.comparison.printed import LONGEST, Printed
from planner.report.comparison.tables import frame_table, more_rows, own_months
from planner.report.fonts import drawable
from planner.report.paper import Paper, PrintedColumn

_MAP_HEIGHT, _MAP_HEAD, _SAID = 188.0, 16.0, 50.0  # points; the last of what stands above
_BAR, _AXIS, _NAMES = 16.0, 30.0, 0.3  # points a bar, points below them, part for their names
MOST_CHANGES = 10  # of one plan, the largest; the workbook has them all


def where(paper: Paper, printed: Printed) -> None:
    """Draw for each plan where people live otherwise than in the base, on average a month."""
    # The first maps stand below what is said of them, not on the next page.
    paper.heading(printed.say("compare.paper.map"), 2, below=_MAP_HEIGHT + _MAP_HEAD + _SAID)
    moved = {at: _moved(printed, at) for at in range(1, len(printed.names))}
    drawn = [at for at, more in moved.items() if any(more.values())]
    if not drawn:
        paper.paragraph(printed.say("compare.paper.map.equal"))
        return
    paper.paragraph(printed.say("compare.paper.map.text"))
    sites: dict[str, Location] = {}
    for plan in printed.comparison.plans:
        sites = {**plan.sites, **sites}
    lost = 0
    for start in range(0, len(drawn), 2):
        whole = paper.drawing(_MAP_HEIGHT + _MAP_HEAD)
        x, y, width, height = whole.get_position().bounds
        high = height * _MAP_HEIGHT / (_MAP_HEIGHT + _MAP_HEAD)
        for place, at in enumerate(drawn[start : start + 2]):
            axes = whole.figure.add_axes((x + place * width / 2, y, width / 2, high))
            axes.set_title(drawable(printed.tag(at, 2 * LONGEST)), fontsize=8.0)
            lost += drawings.map_of_differences(axes, sites, moved[at], printed.language)
        whole.remove()
    if lost:
        paper.paragraph(printed.say("compare.paper.map.lost", count=lost), small=True)
    paper.paragraph(printed.say("compare.paper.map.credit"), small=True)


def _moved(printed: Printed, at: int) -> dict[str, float]:
    """Return how many more people live at each location than in the base, on average a month."""
    frame = printed.theme("occupancy").frame
    pair = [plan_column(0), plan_column(at)]
    # What one of them does not know is no difference to draw: another horizon, another location.
    months = set(printed.comparison.plans[0].months) & set(printed.comparison.plans[at].months)
    common = frame[frame["month"].isin(months)]
    sums = common.groupby("location", sort=False)[pair].sum()
    less = ((sums[pair[1]] - sums[pair[0]]) / max(len(months), 1)).round(6)
    return {str(name): float(value) for name, value in less.items() if abs(value) >= 1}


def costs(paper: Paper, printed: Printed) -> None:
    """Draw how the base's cost becomes each other plan's, part by part."""
    paper.heading(printed.say("compare.paper.cost"), 2)
    own_months(paper, printed)
    for at, chart in enumerate(waterfalls(printed.comparison), start=1):
        less = chart.end[1] - chart.start[1]
        fall = Waterfall(
            (printed.tag(0), 0.0),
            [(title.in_(printed.language), step) for title, step in chart.steps],
            (printed.tag(at), less),
        )
        height = fall.bars * _BAR + _AXIS
        paper.heading(
            printed.say("compare.paper.cost.of", at=at, name=printed.names[at]), 3, below=height
        )
        if not chart.steps:
            paper.paragraph(printed.say("compare.paper.cost.equal"))
            continue
        was, becomes = (round(each) for each in (chart.start[1], chart.end[1]))
        paper.paragraph(
            printed.say(
                "compare.paper.cost.text", was=was, becomes=becomes, more=printed.signed(less)
            )
        )
        axes = paper.drawing(height)
        x, y, width, high = axes.get_position().bounds
        low = high * _AXIS / height
        axes.set_position((x + _NAMES * width, y + low, (1 - _NAMES) * width, high - low))
        drawings.steps(axes, fall, printed.language)
        axes.set_xlabel(printed.say("compare.paper.cost.axis"), fontsize=7.0)


def changes(paper: Paper, printed: Printed) -> None:
    """Print what each plan does otherwise than the base: was, becomes, because."""
    paper.heading(printed.say("compare.paper.changes"), 1)
    paper.paragraph(printed.say("compare.paper.changes.text"))
    base = printed.comparison.plans[0]
    for at, plan in enumerate(printed.comparison.plans[1:], start=1):
        paper.heading(f"{at}: {printed.names[at]}", 3)
        listed = change_list(places_of(base), plan, base)
        if listed.empty:
            paper.paragraph(printed.say("compare.paper.changes.none"))
            continue
        months = [
            (last.year - first.year) * 12 + last.month - first.month + 1
            for first, last in zip(listed["first"], listed["last"], strict=True)
        ]
        sizes = (listed["becomes"] - listed["was"]).abs() * pd.Series(months, listed.index)
        shown = listed.loc[sizes.astype(float).nlargest(MOST_CHANGES).index]
        _change_table(
            paper, printed, shown, {**base.of_locations("name"), **plan.of_locations("name")}
        )
        more_rows(paper, printed, len(listed) - len(shown))


def _change_table(
    paper: Paper, printed: Printed, listed: pd.DataFrame, names: dict[str, str]
) -> None:
    kinds = {kind.value: kind.label.in_(printed.language) for kind in PlaceKind}
    ends = zip(listed["first"], listed["last"], strict=True)
    spans = [printed.span(first, last) for first, last in ends]
    located = [f"{each} {names.get(each, '')}".strip() for each in listed["location"]]
    frame = listed.assign(span=spans, located=located)
    head = printed.say
    frame_table(
        paper,
        frame,
        (
            (PrintedColumn(head("compare.paper.location"), 2.4), "located", str),
            (
                PrintedColumn(head("compare.paper.kind"), 1.6),
                "kind",
                lambda each: kinds.get(each, each),
            ),
            (PrintedColumn(head("compare.paper.months"), 2.4), "span", str),
            (PrintedColumn(head("compare.paper.was"), 1.0, right=True), "was", printed.number),
            (
                PrintedColumn(head("compare.paper.becomes"), 1.5, right=True),
                "becomes",
                printed.number,
            ),
            (
                PrintedColumn(head("compare.paper.because"), 4.6),
                "because",
                lambda each: each.in_(printed.language),
            ),
        ),
    )

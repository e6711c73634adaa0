"""The pages of a comparison, in reading order: which plans, what differs, and where."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from matplotlib.axes import Axes

from planner.compare.beside_values import UNITS, FigureVerdict
from planner.compare.comparison import EMERGENCY, UNPLACED
from planner.compare.first_page import WHEN, FirstPageLine, first_page
from planner.compare.theme import plan_column
from planner.compare.words import NAME, SENTENCE, sentences
from planner.core.display_names import called
from planner.core.texts import show_number
from planner.model.rules.rule import Level
from planner.report.comparison import drawings
from planner.report.comparison.printed import Printed
from planner.report.comparison.tables import more_rows, own_months, themes
from planner.report.paper import Paper, PrintedColumn
from planner.sheets.result_tables import Decision

# What is drawn by month, each with its theme and unit.
SERIES = (
    ("people", UNPLACED, "persons"),
    ("people", EMERGENCY, "persons"),
    ("runoff", "runoff.shortage", "beds"),
    ("runoff", "runoff.needed_beds", "beds"),
    ("runoff", "runoff.portfolio_beds", "beds"),
    ("dol", "dol.people", "persons"),
    ("dol", "dol.prepared", "places"),
    ("dol", "dol.idle", "places"),
    ("people", "people.regular", "persons"),
)
_DECISIONS = {each.value: each for each in Decision}
# What is drawn on the first page.
BESIDE = (
    ("people", UNPLACED, "persons"), ("people", EMERGENCY, "persons"),
    ("dol", "dol.prepared", "places"),
)  # fmt: skip
# Of which months the first page tells what lacks, and so many decisions; fewer where they do not
# fit on it.
_LATER = ("worst", "end", "all")
ROOM: tuple[tuple[Sequence[str], int], ...] = (
    (WHEN, 8), (_LATER, 8), (_LATER, 5), (("worst", "all"), 5), (("worst",), 3), (("worst",), 0),
)  # fmt: skip
_WHAT = 0.36  # the part of the width for what a figure is
_PLACE, _DECISION = 0.34, 0.16  # parts of the width, in the table of decisions
_LEAST = 5e-3  # of a location, or a place of DOL, that is decided otherwise
_TWO = 2  # plans leave room for figure and difference on one line
_CHART, _LEGEND = 102.0, 15.0  # points high
_SIDE, _GAP = 0.085, 0.075  # parts of the width: for figures along an axis, between two charts


def first(paper: Paper, printed: Printed, room: int = 0) -> None:
    """Print which plans are compared, who is without a place, and three charts, on one page.

    `room` says which of `ROOM` it has.
    """
    paper.heading(printed.say("compare.paper.title"), 1)
    paper.paragraph(printed.say("compare.paper.lead", base=printed.names[0]))
    rows = [
        (
            printed.say("compare.paper.base") if at == 0 else str(at),
            printed.names[at],
            "" if plan.scenario == plan.name else called(plan.scenario).in_(printed.language),
            printed.span(plan.months[0], plan.months[-1]),
            plan.provenance.get("fingerprint", ""),
        )
        for at, plan in enumerate(printed.comparison.plans)
    ]
    heads = [("number", 0.8), ("plan", 4.4), ("scenario", 2.0), ("months", 2.3), ("made", 2.1)]
    told = [at for at, _ in enumerate(heads) if any(row[at] for row in rows)]
    columns = [
        PrintedColumn(printed.say(f"compare.paper.{heads[at][0]}"), heads[at][1]) for at in told
    ]
    paper.table(columns, [[row[at] for at in told] for row in rows])
    moments, most = ROOM[room]
    side_by_side(paper, printed, moments)
    if most:
        decisions(paper, printed, most)
    _charts(paper, printed)


def side_by_side(paper: Paper, printed: Printed, moments: Sequence[str] = WHEN) -> None:
    """Print what differs first in each plan, then what lacks in some months, and the cost last."""
    page = first_page(printed.comparison)
    paper.heading(printed.say("compare.paper.beside"), 2)
    paper.points([each.text(printed.language) for each in page.firsts])
    own_months(paper, printed)
    part = (1.0 - _WHAT) / len(printed.names)
    columns = [
        PrintedColumn(printed.say("compare.paper.figure"), _WHAT),
        *(PrintedColumn(each, part, right=True) for each in printed.heads()),
    ]
    lines = [each for each in page.lines if each.when in moments or each.key == Level.COST.value]
    paper.table(columns, [_beside_cells(printed, line) for line in lines])
    if any(FigureVerdict.NO_GAIN in line.verdicts for line in lines):
        paper.paragraph(printed.say("compare.paper.no_gain"), small=True)


def decisions(paper: Paper, printed: Printed, most: int) -> None:
    """Print the decisions that differ, of all months together; at most so many, the largest."""
    theme = printed.theme("decisions")
    plans = [plan_column(at) for at in range(len(printed.names))]
    names = dict(zip(theme.frame["location"], theme.frame["location_name"], strict=True))
    sums = theme.frame.groupby(["location", "decision"], sort=False)[plans].sum()
    apart = sums.sub(sums[plans[0]], axis=0).abs().max(axis=1)
    differing = sums[apart >= _LEAST]
    paper.heading(printed.say("compare.paper.decided"), 2)
    if differing.empty:
        paper.paragraph(printed.say("compare.paper.equal"))
        return
    # An opening or extension is of a whole location, whatever its size beside places of DOL.
    order = sorted(
        differing.index.tolist(),
        key=lambda at: (at[1] == Decision.PREPARE_DOL.value, -float(apart[at])),
    )
    part = (1.0 - _PLACE - _DECISION) / len(printed.names)
    columns = [
        PrintedColumn(printed.say("compare.paper.location"), _PLACE),
        PrintedColumn(printed.say("compare.paper.decision"), _DECISION),
        *(PrintedColumn(each, part, right=True) for each in printed.heads()),
    ]
    rows = []
    for location, decision in order[:most]:
        figures = [float(sums[plan][location, decision]) for plan in plans]
        label = _DECISIONS[str(decision)].label.in_(printed.language)
        place = f"{location} {names[location]}".strip()
        rows.append((place, label, *(_decided(printed, decision, each) for each in figures)))
    paper.table(columns, rows)
    more_rows(paper, printed, len(differing) - len(rows))


def _decided(printed: Printed, decision: str, value: float) -> str:
    """Return places of DOL as a number, and of an opening or extension whether it is decided."""
    if decision == Decision.PREPARE_DOL.value:
        return _whole(printed, round(value))
    if abs(value) < _LEAST:
        return printed.say("compare.paper.not_decided")
    return (
        printed.say("compare.paper.whole")
        if value > 1 - _LEAST
        else f"{show_number(100 * value, printed.language, 0)} %"
    )


def _charts(paper: Paper, printed: Printed) -> None:
    """Draw who has no place, who is in emergency reception and DOL, beside one another."""
    shown = [
        each for each in BESIDE if printed.theme(each[0]).frame["series"].isin([each[1]]).any()
    ]
    if not shown:
        return
    legend = paper.drawing(_LEGEND * math.ceil(len(printed.names) / 3))
    drawings.legend(legend, [printed.tag(at) for at in range(len(printed.names))])
    titles = [f"{printed.series(name)} ({printed.unit(unit)})" for _, name, unit in shown]
    alt = printed.say("compare.paper.charts_alt", charts="; ".join(titles))
    whole = paper.drawing(_CHART, alt=alt)
    whole.axis("off")
    for at, (key, name, _) in enumerate(shown):
        axes = whole.inset_axes((0.06 + at / 3, 0.13, 1 / 3 - 0.075, 0.68))
        months, values = _by_month(printed, key, name)
        drawings.lines(axes, months, values, printed.language, months_named=4)
        axes.set_title(titles[at], fontsize=7.0, loc="left")


def _whole(printed: Printed, figure: float) -> str:
    return show_number(figure, printed.language, None if figure != round(figure) else 0)


def _beside_cells(printed: Printed, line: FirstPageLine) -> tuple[str, ...]:
    """Return a figure of every plan, with the difference and its verdict below it."""
    what, unit = (each.in_(printed.language) for each in (line.what, line.unit))
    # What is counted is told already, but in what it is added up over months is not.
    counted = unit in {printed.unit(each) for each in UNITS.values()}
    cells = [what if counted else f"{what} ({unit})", _whole(printed, line.figures[0])]
    between = " " if len(line.figures) == _TWO else "\n"
    for figure, more, verdict in zip(line.figures[1:], line.more, line.verdicts, strict=True):
        if not more:
            cells.append(_whole(printed, figure) if more is None else "=")
            continue
        worth = printed.say(f"compare.paper.verdict.{verdict.value}")
        cells.append(f"{_whole(printed, figure)}{between}{printed.signed(more)} {worth}")
    return tuple(cells)


def words(paper: Paper, printed: Printed) -> None:
    """Print what differs in sentences, plan by plan."""
    told = sentences(printed.comparison)
    for at, name in enumerate(printed.names[1:], start=1):
        paper.heading(f"{at}: {name}", 3)
        own = told.loc[told[NAME] == printed.comparison.names[at], SENTENCE]
        paper.points([each.text(printed.language) for each in own])


def main_figures(paper: Paper, printed: Printed) -> None:
    """Print the levels and key figures that differ."""
    paper.paragraph(printed.say("compare.paper.reading"), small=True)
    themes(paper, printed, "levels", "measures")


def by_month(paper: Paper, printed: Printed) -> None:
    """Draw what differs by month: the differences from the base left, the figures right."""
    paper.heading(printed.say("compare.paper.by_month"), 2)
    differing = {
        key: set(printed.theme(key).differing["series"]) for key in ("runoff", "dol", "people")
    }
    drawn = [each for each in SERIES if each[1] in differing[each[0]]]
    equal = [printed.series(name) for key, name, _ in SERIES if name not in differing[key]]
    if drawn:
        paper.paragraph(printed.say("compare.paper.by_month.text"))
        legend_lines = math.ceil(len(printed.names) / 3)
        axes = paper.drawing(_LEGEND * legend_lines)
        drawings.legend(axes, [printed.tag(at) for at in range(len(printed.names))])
    for key, name, unit in drawn:
        paper.heading(f"{printed.series(name)} ({printed.unit(unit)})", 3, below=_CHART + 26)
        _pair(paper.drawing(_CHART), printed, key, name)
    if equal:
        paper.paragraph(
            printed.say("compare.paper.by_month.equal", series=tuple(equal)), small=True
        )


def _by_month(
    printed: Printed, key: str, name: str
) -> tuple[list[dt.date], dict[int, list[float]]]:
    """Return the months of a series, and its figures by plan."""
    frame = printed.theme(key).frame
    own = frame[frame["series"] == name].set_index("month").sort_index()
    values = {at: own[plan_column(at)].tolist() for at in range(len(printed.names))}
    return own.index.tolist(), values


def _pair(left: Axes, printed: Printed, key: str, name: str) -> None:
    """Draw a series twice: as differences and as figures."""
    x, y, width, height = left.get_position().bounds
    half = (1 - _SIDE - _GAP) / 2 * width
    low, high = y + 0.13 * height, 0.72 * height
    left.set_position((x + _SIDE * width, low, half, high))
    right = left.figure.add_axes((x + _SIDE * width + half + _GAP * width, low, half, high))
    months, values = _by_month(printed, key, name)
    base = values[0]
    less = {
        at: [one - two for one, two in zip(each, base, strict=True)]
        for at, each in values.items()
        if at
    }
    drawings.lines(left, months, less, printed.language, differences=True)
    drawings.lines(right, months, values, printed.language)
    left.set_title(printed.say("compare.paper.less"), fontsize=7.0, loc="left")
    right.set_title(printed.say("compare.paper.figures"), fontsize=7.0, loc="left")

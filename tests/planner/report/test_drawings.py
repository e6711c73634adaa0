"""What is drawn by month stands whole within its room, labels of a whole country too."""

from __future__ import annotations

import datetime as dt

import pytest
from matplotlib.legend import Legend
from matplotlib.text import Text

from planner.core.texts import Language
from planner.report import land
from planner.report.drawings import MAP_SHAPE, by_month, leave_room, map_of
from planner.report.paper import HEIGHT, WIDTH, Paper
from tests.rules.cases import location


@pytest.mark.parametrize("width", [440.0, 460.0])
def test_the_figures_beside_a_chart_are_not_cut_off(width: float) -> None:
    paper = Paper("", "{page} {pages}")
    paper.page()
    axes = paper.drawing(190.0, width)
    room = axes.get_position().bounds
    leave_room(axes)
    months = [dt.date(2026 + at // 12, at % 12 + 1, 1) for at in range(24)]
    needed, there = [80_000.0 - at for at in range(24)], [79_000.0 - 2000 * at for at in range(24)]
    lines = {"benodigde bedden": needed, "bedden zonder besluiten": there}
    by_month(axes, months, lines, Language.NL, "bedden")

    figure = axes.figure
    figure.canvas.draw()
    inches = figure.dpi_scale_trans.inverted()
    labels = [each for each in axes.get_yticklabels() if each.get_text() == "80.000"]
    assert labels
    for each in (*labels, *axes.get_xticklabels()):
        box = each.get_window_extent().transformed(inches)
        assert box.x0 * 72 >= room[0] * WIDTH
        assert box.y0 * 72 >= room[1] * HEIGHT - 1
    # Names stand where lines end, beside the axes, and the unit above: within the room too.
    names = [each for each in axes.get_children() if isinstance(each, Legend)]
    assert list(lines)[::-1] == [each.get_texts()[0].get_text() for each in names]
    for name, values in zip(names, (there, needed), strict=True):
        box = name.get_window_extent().transformed(inches)
        assert box.x1 * 72 <= (room[0] + room[2]) * WIDTH
        height = axes.transData.transform((0, values[-1]))[1] / figure.dpi
        assert box.y0 < height < box.y1
    unit = axes.get_title(loc="left")
    assert "bedden" == unit
    (said,) = (each for each in axes.get_children() if isinstance(each, Text) and each.get_text())
    box = said.get_window_extent().transformed(inches)
    assert box.y1 * 72 <= (room[1] + room[3]) * HEIGHT


def test_a_name_on_the_map_stands_beside_its_dot_and_within_the_map() -> None:
    """Of two locations the one in the west is named at its right, the other at its left."""
    degrees = {"W1": (4.9, 52.3), "E1": (7.0, 52.3)}
    sites = {
        name: location(name, longitude=longitude, latitude=latitude)
        for name, (longitude, latitude) in degrees.items()
    }
    paper = Paper("", "{page} {pages}")
    paper.page()
    axes = paper.drawing(400.0, 400.0 * MAP_SHAPE)
    assert 0 == map_of(axes, sites, {"W1": 1234.0, "E1": 1200.0}, Language.NL)
    axes.figure.canvas.draw()
    for name, text in zip(("W1", "E1"), axes.texts, strict=True):
        dot = axes.transData.transform(land.place(*degrees[name]))[0]
        box = text.get_window_extent()
        radius = 9.0 * axes.figure.dpi / 72  # the largest has an area of 260 square points
        assert dot + radius <= box.x0 if name == "W1" else box.x1 <= dot - radius

"""What is drawn by month stands whole within its room, labels of a whole country too."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.core.texts import Language
from planner.report.drawings import by_month, leave_room
from planner.report.paper import HEIGHT, WIDTH, Paper


@pytest.mark.parametrize("width", [440.0, 460.0])
def test_the_figures_beside_a_chart_are_not_cut_off(width: float) -> None:
    paper = Paper("", "{page} {pages}")
    paper.page()
    axes = paper.drawing(190.0, width)
    room = axes.get_position().bounds
    leave_room(axes)
    months = [dt.date(2026 + at // 12, at % 12 + 1, 1) for at in range(24)]
    by_month(axes, months, {"bedden": [80_000.0 - at for at in range(24)]}, Language.NL)

    figure = axes.figure
    figure.canvas.draw()
    inches = figure.dpi_scale_trans.inverted()
    labels = [each for each in axes.get_yticklabels() if each.get_text() == "80.000"]
    assert labels
    for each in (*labels, *axes.get_xticklabels()):
        box = each.get_window_extent().transformed(inches)
        assert box.x0 * 72 >= room[0] * WIDTH
        assert box.y0 * 72 >= room[1] * HEIGHT - 1

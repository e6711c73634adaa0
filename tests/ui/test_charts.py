from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from planner.texts import Language
from ui.charts.panel import Chart, ChartPanel, Drawn, Series

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.theme import Theme
    from ui.words import Words

CHART = Chart(
    "runoff.title",
    "unit.beds",
    tuple(dt.date(2026, month, 1) for month in range(7, 13)),
    (
        Series("column.portfolio_beds", (9.0, 8.0, 7.0, 6.0, 5.0, 4.0), Drawn.BAR),
        Series("column.needed_beds", (8.0,) * 6),
        Series("dol.low", (2.0,) * 6, Drawn.LIMIT),
    ),
)
BEGINNINGS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.fixture
def panel(qtbot: QtBot, words: Words, theme: Theme) -> ChartPanel:
    made = ChartPanel(CHART, words, theme)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


@pytest.mark.parametrize("ending", list(BEGINNINGS))
def test_a_chart_is_saved_as(panel: ChartPanel, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"chart.{ending}"
    panel.save(path)
    assert path.read_bytes().startswith(BEGINNINGS[ending])


def test_a_chart_is_copied_as_a_picture(panel: ChartPanel) -> None:
    assert panel.picture().width() > 600


def test_the_arrow_keys_read_out_the_months(qtbot: QtBot, panel: ChartPanel, words: Words) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    assert "aug 2026: Bedden in contract 8" in panel.accessibleDescription()
    qtbot.keyClick(panel, Qt.Key.Key_Left)
    assert panel.accessibleDescription().startswith("jul 2026")
    words.choose(Language.EN)
    assert panel.accessibleDescription().startswith("Jul 2026: Beds in contract 9")


def test_series_differ_without_colour(panel: ChartPanel) -> None:
    assert panel._figure is not None
    (axes,) = panel._figure.axes
    looks = {(line.get_linestyle(), line.get_marker()) for line in axes.lines}
    assert len(axes.lines) == len(looks)

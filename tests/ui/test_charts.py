from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from PySide6.QtCore import QPoint, Qt

from planner.core.errors import TargetInUseError
from planner.core.texts import Language
from planner.report.ends import apart
from tests.ui.onscreen import DRAWN_MS, figure_of, words_in
from ui.charts.bars import Ends, Passages, Tornado
from ui.charts.canvas import Canvas, drawing
from ui.charts.curves import Curve, Curves
from ui.charts.names import UNKNOWN
from ui.charts.panel import Band, Chart, ChartPanel, Hue, Series, SeriesStyle
from ui.comparing.waterfall import CostFall
from ui.results.group_hues import group_hues, hue_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from ui.charts.parts import ChartLook, Picture
    from ui.theme import Theme
    from ui.words import Words

STEP = SeriesStyle.STEP
CHART = Chart(
    "runoff.title",
    "unit.beds",
    tuple(dt.date(2026, month, 1) for month in range(7, 13)),
    (
        Series("column.portfolio_beds", (9.0, 8.0, 7.0, 6.0, 5.0, 4.0), SeriesStyle.BAR),
        Series("column.needed_beds", (8.0,) * 6),
        Series("dol.low", (2.0,) * 6, SeriesStyle.LIMIT),
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
    assert "aug 2026: Bedden zonder besluiten 8" in panel.accessibleDescription()
    qtbot.keyClick(panel, Qt.Key.Key_Left)
    assert panel.accessibleDescription().startswith("jul 2026")
    words.choose(Language.EN)
    assert panel.accessibleDescription().startswith("Jul 2026: Beds without decisions 9")


def test_series_differ_without_colour(panel: ChartPanel) -> None:
    (axes,) = figure_of(panel).axes
    looks = {(line.get_linestyle(), line.get_marker()) for line in axes.lines}
    assert len(axes.lines) == len(looks)


def test_a_chart_says_what_it_shows_before_a_key_is_pressed(panel: ChartPanel) -> None:
    said = panel.accessibleDescription()
    assert "jul 2026: Bedden zonder besluiten 9" in said
    assert "dec 2026: Bedden zonder besluiten 4" in said


def test_twelve_stacked_series_differ_without_colour(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    months = CHART.months
    series = tuple(Series("", (1.0,) * 6, SeriesStyle.AREA, f"groep {at}") for at in range(12))
    made = ChartPanel(Chart("runoff.title", "unit.beds", months, series), words, theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    (axes,) = figure_of(made).axes
    # Six colours, full the first time round and lighter the second; nothing hatched unasked.
    areas: list[Any] = list(axes.collections)
    fills = {to_hex(area.get_facecolor()[0], keep_alpha=True) for area in areas}
    assert 12 == len(fills)
    assert not any(area.get_hatch() for area in areas)
    theme.hatch(hatched=True)
    (axes,) = figure_of(made).axes
    hatches = [area.get_hatch() for area in axes.collections]
    assert 12 == len(hatches) == len(set(hatches))


def test_lines_of_a_month_begin_and_end_where_its_areas_do(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    months = (dt.date(2026, 7, 1), dt.date(2026, 8, 1))
    series = (
        Series("column.in_use", (1.0, 2.0), SeriesStyle.AREA),
        Series("column.prepared", (3.0, 4.0), SeriesStyle.STEP),
        Series("dol.low", (2.0, 2.0), SeriesStyle.LIMIT),
    )
    made = ChartPanel(Chart("capacity.title", "unit.places", months, series), words, theme)
    qtbot.addWidget(made)
    made.show()
    (axes,) = figure_of(made).axes
    # Two months about 0 and 1, each as wide as the other: half before, half after.
    lines: list[Any] = list(axes.lines)
    for line in lines:
        assert [-0.5, 0, 1, 1.5] == list(line.get_xdata())
    assert [3.0, 3.0, 4.0, 4.0] == list(lines[0].get_ydata())


def test_a_sign_that_no_font_has_is_told(qtbot: QtBot, words: Words, theme: Theme) -> None:
    series = (Series("", (1.0,) * 6, SeriesStyle.LINE, "plan \U0001fabf"),)
    made = ChartPanel(Chart("runoff.title", "unit.beds", CHART.months, series), words, theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    (axes,) = figure_of(made).axes
    (label,) = axes.get_legend_handles_labels()[1]
    lacking = UNKNOWN in label
    assert lacking == ("kan tekenen" in words_in(made))
    assert lacking or "\U0001fabf" in label


def test_a_chart_that_cannot_be_saved_says_so_and_leaves_the_file(
    panel: ChartPanel, tmp_path: Path
) -> None:
    there = tmp_path / "none" / "chart.png"
    with pytest.raises(TargetInUseError):
        panel.save(there)
    kept = tmp_path / "chart.png"
    kept.write_bytes(b"before")
    panel.save(kept)
    assert kept.read_bytes().startswith(BEGINNINGS["png"])
    assert [kept] == list(tmp_path.glob("*.png"))


class Unlucky(Chart):
    """A chart that goes wrong: at once, or when the screen asks for it."""

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        del figure, look
        if at < 0:
            raise ArithmeticError
        axes.set_title(r"$\frac{$", parse_math=True)


def test_a_chart_that_cannot_be_drawn_says_so_and_the_next_one_is_drawn(
    qtbot: QtBot, panel: ChartPanel, words: Words, caplog: pytest.LogCaptureFixture
) -> None:
    unlucky = Unlucky(CHART.title, CHART.unit, CHART.months, CHART.series)
    failed = words.say("chart.failed")
    panel.show_chart(unlucky)
    qtbot.waitUntil(lambda: failed == panel.accessibleDescription())
    assert failed in words_in(panel)
    panel.show_chart(CHART)
    qtbot.waitUntil(lambda: failed != panel.accessibleDescription())
    panel.show_chart(unlucky)
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: failed == panel.accessibleDescription())
    assert {"a chart could not be drawn"} == {each.message for each in caplog.records}
    panel.show_chart(CHART)
    assert figure_of(panel).axes[0].lines


def test_a_chart_of_nothing_says_what_to_do_and_has_no_axes(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    made = ChartPanel(Chart("look_back.title", "unit.people"), words, theme)
    qtbot.addWidget(made)
    made.say_when_empty("look_back.empty")
    made.show()
    (axes,) = figure_of(made).axes
    assert not axes.axison
    assert [words.say("look_back.empty")] == [each.get_text() for each in figure_of(made).texts]
    assert words.say("look_back.empty") == made.accessibleDescription()


def test_the_pointer_reads_a_month_and_a_click_chooses_it(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    months = tuple(dt.date(2026, month, 1) for month in (7, 8, 9, 10))
    series = (Series("", (10.0, 20.0, 30.0, 40.0), SeriesStyle.AREA, "Noodopvang", Hue.EMERGENCY),)
    made = ChartPanel(Chart("capacity.title", "unit.places", months, series), words, theme)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    (axes,) = figure_of(made).axes
    figure_of(made).canvas.draw()
    box = axes.get_window_extent()
    at = QPoint(round(box.x0 + 0.6 * box.width), made.height() // 3)
    assert 2 == made.place_at(at)
    assert made.place_at(QPoint(1, 1)) is None
    with qtbot.waitSignal(made.moved) as moved:
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=at)
    assert [2] == moved.args
    assert "sep 2026: Noodopvang 30" in words_in(made)


def test_what_a_colour_means_is_the_same_in_both_looks_and_hatching_is_a_choice(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    months = (dt.date(2026, 7, 1), dt.date(2026, 8, 1))
    hues = (Hue.REGULAR, Hue.EMERGENCY, Hue.DOL, Hue.SHORT)
    series = tuple(Series("", (1.0, 2.0), SeriesStyle.AREA, hue.value, hue) for hue in hues)
    made = ChartPanel(Chart("capacity.title", "unit.places", months, series), words, theme)
    qtbot.addWidget(made)
    made.show()

    def drawn() -> list[tuple[str, str]]:
        (axes,) = figure_of(made).axes
        areas: list[Any] = list(axes.collections)
        return [(to_hex(area.get_facecolor()[0]), area.get_hatch() or "") for area in areas]

    colours = theme.colours
    expected = [colours.regular[0], colours.emergency[0], colours.dol[0], colours.short[0]]
    assert expected == [ink for ink, _ in drawn()]
    assert {""} == {pattern for _, pattern in drawn()}
    theme.hatch(hatched=True)
    assert 4 == len({pattern for _, pattern in drawn()})


@pytest.mark.parametrize(
    "chart",
    [
        CostFall("runoff.title", "unit.euro", ("van", 9.0), (("a", 4.0),), ("tot", 13.0)),
        Tornado("runoff.title", "unit.beds", 5.0, (Ends("a", 1.0, 8.0),)),
        Passages("runoff.title", "unit.beds", CHART.months, (("a", (1.0,) * 6),)),
    ],
    ids=lambda chart: type(chart).__name__,
)
def test_bars_are_hatched_only_where_that_was_chosen(
    qtbot: QtBot, words: Words, theme: Theme, chart: Picture
) -> None:
    """On paper they have an edge and may be hatched; a screen shows their colour alone."""
    made = ChartPanel(chart, words, theme)
    qtbot.addWidget(made)
    made.show()

    def drawn() -> list[tuple[float, str]]:
        (axes,) = figure_of(made).axes
        return [(each.get_linewidth(), each.get_hatch() or "") for each in axes.patches]

    assert {(0.0, "")} == set(drawn())
    theme.hatch(hatched=True)
    assert {1.0} == {line for line, _ in drawn()}
    assert isinstance(chart, Passages) or len({pattern for _, pattern in drawn()}) == 2


def test_two_ends_at_one_side_of_the_base_are_not_written_over_one_another(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    """Both 82 and 81 lie left of 83; the second bar has an end at either side."""
    bars = (Ends("a", 82.0, 81.0), Ends("b", 80.0, 90.0))
    made = ChartPanel(Tornado("runoff.title", "unit.beds", 83.0, bars), words, theme)
    qtbot.addWidget(made)
    made.show()
    (axes,) = figure_of(made).axes
    assert ["81", "80", "90"] == [each.get_text() for each in axes.texts]


def test_a_group_has_the_colour_of_the_ground_on_which_it_has_its_place(small_book: Book) -> None:
    """Blues for applicants, greens for national law, purples for a transfer, and no other."""
    groups = small_book.tables["groups"]
    hues = group_hues(groups)
    assert {Hue.REGULAR, Hue.NATIONAL, Hue.DOL} == set(hues.values())
    assert [Hue.REGULAR, Hue.DOL, Hue.NATIONAL] == [
        hue_of(hues, each) for each in ("dublin_before", "dublin_single", "permit_holders")
    ]
    assert Hue.REGULAR is hue_of(hues, "who is on no sheet")
    assert {} == group_hues(None)
    slip = groups.frame.assign(ground="onleesbaar")
    assert {Hue.REGULAR} == set(group_hues(groups.with_frame(slip)).values())


def test_a_line_over_areas_has_an_edge_that_sets_it_off(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    area, line = (Series("", (2.0,) * 6, drawn, drawn.name) for drawn in (SeriesStyle.AREA, STEP))
    for series, edged in (((area, line), True), ((line,), False)):
        chart = Chart("runoff.title", "unit.beds", CHART.months, series)
        made = ChartPanel(chart, words, theme)
        qtbot.addWidget(made)
        made.show()
        (axes,) = figure_of(made).axes
        (drawn,) = axes.lines
        assert edged == bool(drawn.get_path_effects())
        assert "bedden" == axes.get_title(loc="left")


def test_a_figure_that_is_as_it_was_drawn_is_not_drawn_again(qtbot: QtBot) -> None:
    figure = Figure()
    canvas = Canvas(figure, lambda fault: pytest.fail(str(fault)))
    drawn: list[object] = []
    canvas.drawn.connect(lambda: drawn.append(None))
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitUntil(lambda: bool(drawn))
    canvas.draw_soon()
    qtbot.wait(DRAWN_MS)
    assert 1 == len(drawn)
    figure.text(0.5, 0.5, "anders")
    canvas.draw_soon()
    qtbot.waitUntil(lambda: len(drawn) == 2)


def test_a_chart_drawn_by_parts_is_as_matplotlib_draws_it_at_once(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    made = ChartPanel(CHART, words, theme)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    empty = replace(CHART, months=(), series=())
    low, high = (1.0,) * 6, (9.0,) * 6
    stacked = tuple(replace(each, drawn=SeriesStyle.AREA) for each in CHART.series)
    for chart in (
        CHART,
        empty,
        replace(CHART, series=stacked),
        replace(CHART, band=Band("dol.low", low, high)),
        CostFall(
            "runoff.title", "unit.euro", ("van", 9.0), (("a", 4.0), ("b", -6.0)), ("tot", 7.0)
        ),
        Tornado("runoff.title", "unit.beds", 5.0, (Ends("a", 1.0, 8.0),)),
        Passages("runoff.title", "unit.beds", CHART.months, (("a", (1.0,) * 6),)),
        Curves("runoff.title", "dol.low", "unit.beds", (1.0, 2.0), (Curve("a", (3.0, 4.0)),)),
    ):
        made.show_chart(chart)
        figure = figure_of(made)
        agg = FigureCanvasAgg(figure)
        renderer = agg.get_renderer()
        steps = sum(1 for _ in drawing(figure, renderer))
        assert steps > (10 if chart.steps else 0)
        by_parts = np.array(renderer.buffer_rgba())
        agg.draw()
        assert np.array_equal(by_parts, np.array(agg.buffer_rgba()))
        assert len(np.unique(by_parts.reshape(-1, 4), axis=0)) > 3


@pytest.mark.parametrize("width", [430, 900])
def test_names_and_amounts_of_a_waterfall_have_room(
    qtbot: QtBot, words: Words, theme: Theme, width: int
) -> None:
    parts = ("kosten van plaatsen", "beoordeling van bijzondere opvangbehoeften")
    moves = tuple((each, 10_422_810.0) for each in (*parts, *parts[::-1]))
    fall = CostFall("runoff.title", "unit.euro", ("laag", 1e8), moves, ("midden", 1e8 + 4.2e7))
    made = ChartPanel(fall, words, theme)
    qtbot.addWidget(made)
    made.redraw()
    made.resize(width, made.minimumHeight())
    made.show()
    figure = figure_of(made)
    FigureCanvasAgg(figure).draw()
    (axes,) = figure.axes
    names = [each.get_window_extent() for each in axes.get_yticklabels()]
    assert not any(one.overlaps(other) for one, other in pairwise(names))
    whole = figure.bbox
    for amount in axes.texts:
        room = amount.get_window_extent()
        assert whole.x0 <= room.x0 <= room.x1 <= whole.x1


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([0.5], [0.5]),
        ([0.3, 0.6], [0.3, 0.6]),
        ([0.5, 0.5], [0.45, 0.55]),  # around what both want
        ([0.5, 0.52, 0.54], [0.42, 0.52, 0.62]),
        ([0.0, 0.0], [0.05, 0.15]),  # not below the chart
        ([0.9, 1.0, 1.0], [0.75, 0.85, 0.95]),
    ],
)
def test_names_at_the_ends_of_lines_stand_apart(wanted: list[float], placed: list[float]) -> None:
    assert placed == pytest.approx(apart(wanted, 0.1))


def test_names_stand_at_the_right_where_their_lines_end(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    series = tuple(
        Series("", (value,) * 6, SeriesStyle.STEP, name) for name, value in (("a", 90.0), ("b", 20))
    )
    made = ChartPanel(Chart("runoff.title", "unit.beds", CHART.months, series), words, theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    figure = figure_of(made)
    FigureCanvasAgg(figure).draw()
    (axes,) = figure.axes
    names = [each for each in axes.get_children() if isinstance(each, Legend)]
    middle = {
        each.get_texts()[0].get_text(): axes.transData.inverted().transform(
            each.get_window_extent().get_points().mean(axis=0)
        )[1]
        for each in names
    }
    assert {"a": 90, "b": 20} == pytest.approx(middle, abs=2)

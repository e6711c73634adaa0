"""The map: where things lie, what a dot says, walking it by keyboard, and taking it along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget

from planner.core.texts import Language, Text
from planner.input.kinds import PlaceKind
from tests.ui.onscreen import button, context_of, only, table_of, words_in
from ui.map.clusters import CROWD, clusters
from ui.map.drawing import SHAPES, MapPicture, Shows, Viewpoint, draw_shortfall, draw_symbol, whole
from ui.map.land import outlines, place, province_key
from ui.map.panel import MapPanel
from ui.map.rows import province_rows
from ui.results.by_location import ByLocation, Falling, LocationState, PlanFigures
from ui.results.figures import EMERGENCY
from ui.results.spot_words import described
from ui.theme import LIGHT, ColourScheme
from ui.views.map import MapView

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.session import Made, Session
    from ui.theme import Theme
    from ui.words import Words

# Provincial capitals by their town halls; degrees of latitude and longitude.
CAPITALS = {
    "Groningen": (53.2194, 6.5665),
    "Friesland": (53.2012, 5.7999),
    "Drenthe": (52.9925, 6.5649),
    "Overijssel": (52.5168, 6.0830),
    "Flevoland": (52.5185, 5.4714),
    "Gelderland": (51.9851, 5.8987),
    "Utrecht": (52.0907, 5.1214),
    "Noord-Holland": (52.3874, 4.6462),
    "Zuid-Holland": (52.0705, 4.3007),
    "Zeeland": (51.4988, 3.6110),
    "Noord-Brabant": (51.6978, 5.3037),
    "Limburg": (50.8514, 5.6910),
}
KILOMETRES_PER_PIXEL = 0.43
BEGINNINGS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.fixture
def opened() -> list[str]:
    """The locations whose page was asked for."""
    return []


@pytest.fixture
def targets() -> list[Path]:
    """Where the user wants the map saved: the last of these."""
    return []


@pytest.fixture
def view(  # noqa: PLR0913, PLR0917 - what it stands on
    qtbot: QtBot,
    planned_session: Session,
    words: Words,
    theme: Theme,
    opened: list[str],
    targets: list[Path],
) -> MapView:
    made = MapView(
        context_of(planned_session, words, theme, targets),
        PlanFigures(planned_session),
        opened.append,
    )
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    return made


def placed(panel: MapPanel) -> tuple[tuple[LocationState, QPointF], ...]:
    """Return the dots and where on the map they are."""
    return panel._placed  # noqa: SLF001 - dots are drawn, and are no widgets


def code_at(view: MapView, at: int) -> str:
    """Return the location in a row of the table."""
    return view._code_at(at)  # noqa: SLF001 - the row says its name, and names may be equal


@pytest.fixture
def spot(small_made: Made) -> LocationState:
    found = ByLocation(small_made)
    return found.spot("L03", found.months[-1])


@pytest.mark.parametrize("name", CAPITALS)
def test_a_capital_lies_in_its_province(name: str) -> None:
    latitude, longitude = CAPITALS[name]
    at = place(longitude, latitude)
    assert [name] == [each.name for each in outlines() if each.path.contains(at)]


@pytest.mark.parametrize(
    ("degrees", "edge", "of"),
    [
        (7.2275, lambda box: box.right(), "Groningen"),
        (7.0726, lambda box: box.right(), "Overijssel"),
        (7.0927, lambda box: box.right(), "Drenthe"),
        (3.3580, lambda box: box.left(), "Zeeland"),
        (53.5553, lambda box: box.top(), "Groningen"),
        (50.7504, lambda box: box.bottom(), "Limburg"),
    ],
)
def test_the_ends_of_the_land_lie_within_a_kilometre(
    degrees: float, edge: Callable[[QRectF], float], of: str
) -> None:
    (outline,) = (each for each in outlines() if each.name == of)
    drawn = edge(outline.path.boundingRect())
    at = place(5.0, degrees).y() if degrees > 10 else place(degrees, 52.0).x()
    assert abs(drawn - at) * KILOMETRES_PER_PIXEL < 1.0


def test_a_province_is_known_by_its_own_name_too() -> None:
    assert province_key("Friesland") == province_key(" Fryslân ")
    assert len({province_key(each.name) for each in outlines()}) == 12


def test_a_figure_stands_within_its_province() -> None:
    assert [] == [each.name for each in outlines() if not each.path.contains(each.middle)]


def test_every_kind_of_place_has_a_shape_of_its_own() -> None:
    assert set(PlaceKind) == set(SHAPES)
    shapes = [tuple((c.x(), c.y()) for c in corners) for corners, _ in SHAPES.values()]
    assert len(shapes) == len(set(shapes))


def _dark(kind: PlaceKind | None, full: float) -> int:
    """Return how many pixels of a drawn dot are not the ground, seen without colour."""
    picture = QImage(60, 60, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    if kind is None:
        draw_shortfall(painter, QPointF(30, 30), 15.0, LIGHT)
    else:
        draw_symbol(painter, kind, QPointF(30, 30), 15.0, full, LIGHT)
    painter.end()
    return sum(picture.pixelColor(x, y).lightness() < 170 for x in range(60) for y in range(60))


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_filling_and_shortfall_are_seen_without_colour(kind: PlaceKind) -> None:
    empty, half, full = (_dark(kind, share) for share in (0.0, 0.5, 1.0))
    assert empty < half < full
    assert _dark(None, 0.0) > 0


def test_a_dot_says_what_was_chosen(spot: LocationState) -> None:
    assert spot.beds == Shows.OCCUPANCY.size(spot)
    assert spot.people / spot.beds == pytest.approx(Shows.OCCUPANCY.full(spot))
    assert spot.dol_prepared == Shows.DOL.size(spot) > 0
    assert spot.dol_in_use / spot.dol_prepared == pytest.approx(Shows.DOL.full(spot))
    assert 0.0 == Shows.EMERGENCY.size(spot)
    assert max(each.amount for each in spot.short) == Shows.SHORTFALL.size(spot)


def test_a_closed_location_has_no_occupancy(spot: LocationState, words: Words) -> None:
    closed = replace(spot, beds=0.0, people=0.0, dol_prepared=0.0, emergency=0.0, short=())
    assert closed.occupancy is None
    assert 0.0 == Shows.OCCUPANCY.full(closed)
    assert described(words, closed).endswith("geen bedden in contract.")


def test_a_larger_place_is_a_larger_dot(spot: LocationState) -> None:
    picture = MapPicture(largest=1000.0)
    radii = [picture.radius(replace(spot, beds=beds), Viewpoint()) for beds in (0, 10, 500, 1000)]
    assert sorted(radii) == radii
    assert len(set(radii)) == 4


def test_locations_with_one_coordinate_are_set_apart(small_made: Made) -> None:
    found = ByLocation(small_made)
    spots = [
        replace(spot, location=replace(spot.location, longitude=5.0, latitude=52.0))
        for spot in found.spots(found.months[0])
    ]
    placed = {spot.location.id: at for spot, at in MapPicture(tuple(spots)).placed()}
    first = place(5.0, 52.0)
    assert first == placed["L01"]
    assert all((at - first).manhattanLength() < 40 for at in placed.values())
    apart = [
        (one - other).manhattanLength()
        for code, one in placed.items()
        for another, other in placed.items()
        if code < another
    ]
    assert min(apart) > 3
    later = {spot.location.id: at for spot, at in MapPicture(tuple(spots), Shows.DOL).placed()}
    assert placed == later


def test_locations_near_one_another_are_one_circle_until_one_comes_nearer(
    small_made: Made,
) -> None:
    spots = ByLocation(small_made).spots(dt.date(2026, 7, 1))
    many = tuple(spots) * (CROWD // len(spots) + 1)
    picture = MapPicture(many)
    far, near = whole(QRectF(0, 0, 300, 350)), whole(QRectF(0, 0, 9000, 10500))
    placed = tuple(picture.placed())
    together, apart = (clusters(look.all_on_screen(placed), picture.size) for look in (far, near))
    assert len(together) < len(apart)
    for found in (together, apart):
        assert len(placed) == sum(len(each.spots) for each in found)
        assert sum(spot.beds for spot, _ in placed) == sum(each.beds for each in found)
    few = MapPicture(tuple(spots))
    assert all(each.single for each in clusters(far.all_on_screen(few.placed()), few.size))


def test_only_the_largest_shortfalls_are_shown_by_size(view: MapView) -> None:
    view.shows.setCurrentIndex(list(Shows).index(Shows.SHORTFALL))
    picture = view.panel._picture  # noqa: SLF001 - dots are drawn, and are no widgets
    sizes = {spot.location.id: picture.size(spot) for spot in picture.spots}
    shown = sorted((size for size in sizes.values() if size > 0), reverse=True)
    every = sorted((Shows.SHORTFALL.size(spot) for spot in picture.spots), reverse=True)
    assert 0 < len(shown) <= 12
    assert every[: len(shown)] == shown
    assert picture.short
    view.shows.setCurrentIndex(0)
    assert not view.panel._picture.short  # noqa: SLF001 - as above


def test_coming_nearer_keeps_the_point_in_its_place() -> None:
    look = whole(QRectF(0, 0, 600, 700))
    at = look.on_screen(QPointF(300, 300))
    nearer = look.nearer(2.0, at)
    assert 2.0 * look.zoom == nearer.zoom
    assert (at - nearer.on_screen(QPointF(300, 300))).manhattanLength() < 1e-9


def test_figures_by_location_are_those_of_the_plan(small_made: Made) -> None:
    found = ByLocation(small_made)
    placement = small_made.plan.tables["placement"]
    for month in found.months:
        spots = found.spots(month)
        people = placement[placement["month"] == month]["people"].sum()
        assert people == pytest.approx(sum(spot.people for spot in spots))
        assert sum(spot.beds for spot in spots) == found.beds_by_month()[month]
        emergency = sum(found.spot(code, month).emergency for code in found.locations)
        assert emergency == pytest.approx(sum(spot.emergency for spot in spots))


def test_a_rule_of_several_groups_falls_short_once_at_a_place(small_made: Made) -> None:
    found = ByLocation(small_made)
    frame = small_made.planned.sheets["shortfalls"]
    month = found.months[4]
    rows = frame[(frame["month"] == month) & frame["location"].notna()]
    short = [each for spot in found.spots(month) for each in spot.short]
    assert rows["amount"].sum() == pytest.approx(sum(each.amount for each in short))
    assert len(rows[["location", "rule"]].drop_duplicates()) == len(short)


def test_provinces_come_to_what_their_locations_come_to(small_made: Made) -> None:
    found = ByLocation(small_made)
    month = found.months[0]
    short = found.provinces_short(month)
    rows: list[Any] = list(province_rows(found.spots(month), short))
    assert sorted({each.province for each in found.locations.values()}) == [row[0] for row in rows]
    assert sum(row[2] for row in rows) == found.beds_by_month()[month]
    arrears = {row[0]: row[-1] for row in rows}
    assert arrears["Zuid-Holland"] == short["Zuid-Holland"][0].amount > 0


def test_what_a_municipality_lacks_is_not_counted_in_its_province_once_more(
    small_made: Made,
) -> None:
    before = ByLocation(small_made)
    month = before.months[0]
    short = small_made.planned.sheets["shortfalls"]
    first = short[(short["month"] == month) & (short["province"] == "Zuid-Holland")].iloc[[0]]
    town = first.assign(rule="municipality_task", location="Demo-Waterrijk", amount=50.0)
    sheets = {**small_made.planned.sheets, "shortfalls": pd.concat([short, town])}
    made = replace(small_made, planned=replace(small_made.planned, sheets=sheets))
    found = ByLocation(made)
    assert before.provinces_short(month) == found.provinces_short(month)


def test_a_province_that_has_no_locations_has_a_row(small_made: Made) -> None:
    rule = Falling(Text("r", "r"), 12.0, Text("plaatsen", "places"))
    rows = province_rows(ByLocation(small_made).spots(dt.date(2026, 7, 1)), {"Zeeland": (rule,)})
    (zeeland,) = (row for row in rows if row[0] == "Zeeland")
    assert (0, 0, 0, None, 0, 0, 0, 12.0) == zeeland[1:]


def test_the_arrows_walk_the_locations(qtbot: QtBot, view: MapView, opened: list[str]) -> None:
    panel = view.panel
    assert "Geen locatie gekozen." == view.read_out.text()
    qtbot.keyClick(panel, Qt.Key.Key_Down)
    first = panel.code
    assert first
    assert view.read_out.text() == panel.accessibleDescription() != ""
    walked = {first}
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up) * 6:
        qtbot.keyClick(panel, key)
        walked.add(panel.code)
    assert len(walked) > 8
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert [panel.code] == opened


def test_every_location_is_in_reach_of_the_arrows(qtbot: QtBot, view: MapView) -> None:
    panel = view.panel
    codes = {spot.location.id for spot, _ in placed(panel)}
    reached: set[str] = set()
    ahead = [next(iter(codes))]
    while ahead:
        code = ahead.pop()
        if code in reached:
            continue
        reached.add(code)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            panel.choose(code)
            qtbot.keyClick(panel, key)
            ahead.append(panel.code)
    assert codes == reached


def test_plus_minus_and_nought_change_how_near_it_is(qtbot: QtBot, view: MapView) -> None:
    panel = view.panel
    whole_land = panel.look
    qtbot.keyClick(panel, Qt.Key.Key_Plus)
    qtbot.keyClick(panel, Qt.Key.Key_Plus)
    assert whole_land.zoom * 1.4**2 == pytest.approx(panel.look.zoom)
    qtbot.keyClick(panel, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    moved = panel.look.right
    qtbot.keyClick(panel, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert moved < panel.look.right
    qtbot.keyClick(panel, Qt.Key.Key_0)
    assert whole_land == panel.look
    qtbot.keyClick(panel, Qt.Key.Key_Minus)
    assert whole_land == panel.look


def test_the_mouse_chooses_comes_nearer_and_opens(
    qtbot: QtBot, view: MapView, opened: list[str]
) -> None:
    panel = view.panel
    spot, point = placed(panel)[0]
    at = panel.look.on_screen(point).toPoint()
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)
    assert spot.location.id == panel.code
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=at)
    assert [panel.code] == opened
    zoom = panel.look.zoom
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(5, 400))
    assert zoom < panel.look.zoom


def test_the_month_and_what_is_shown_are_chosen_by_keys(
    qtbot: QtBot, view: MapView, small_made: Made, words: Words
) -> None:
    # It opens in the month that matters: of this plan that with most people in emergency.
    placement = small_made.plan.tables["placement"]
    emergency = placement[placement["kind"].isin(EMERGENCY)]
    people = emergency.groupby("month")["people"].sum()
    worst = max(people.index, key=people.__getitem__)
    assert words.month(worst) == view.month.accessibleDescription()
    qtbot.keyClick(view.month, Qt.Key.Key_Home)
    first = view.by_province.row(0)
    view.month.setFocus()
    qtbot.keyClick(view.month, Qt.Key.Key_End)
    assert "jun 2027" == view.month.accessibleDescription()
    assert first != view.by_province.row(0)
    qtbot.keyClick(view.shows, Qt.Key.Key_Down)
    assert Shows.DOL is Shows(view.shows.currentData())
    assert "DOL" in words_in(view)


def test_a_row_of_the_table_is_the_dot_on_the_map(view: MapView, opened: list[str]) -> None:
    only(view, QTabWidget).setCurrentIndex(1)
    table_of(view, view.by_location).setCurrentIndex(view.by_location.index(4, 0))
    assert code_at(view, 4) == view.panel.code
    view.panel.choose(code_at(view, 7))
    assert [7] == [
        index.row() for index in table_of(view, view.by_location).selectionModel().selectedRows()
    ]
    table_of(view, view.by_location).activated.emit(view.by_location.index(4, 0))
    assert [code_at(view, 4)] == opened


def test_the_chosen_location_stays_chosen_in_another_month(view: MapView) -> None:
    view.panel.choose("L03")
    before = view.read_out.text()
    view.month.setValue(9)
    assert "L03" == view.panel.code
    assert before != view.read_out.text()


def test_the_map_follows_the_language_and_the_look(
    view: MapView, words: Words, theme: Theme
) -> None:
    view.panel.choose("L03")
    dutch, light = view.read_out.text(), view.panel.grab().toImage()
    words.choose(Language.EN)
    assert dutch != view.read_out.text()
    assert "beds" in view.read_out.text()
    assert "Regular" in [entry.text for entry in view.panel._picture.key]  # noqa: SLF001 - the key is drawn
    theme.choose(ColourScheme.DARK)
    assert light != view.panel.grab().toImage()


def test_a_location_without_coordinates_is_said_to_be_missing(
    qtbot: QtBot, session: Session, small_made: Made, words: Words, theme: Theme
) -> None:
    planned = small_made.planned
    nowhere = replace(planned.locations["L01"], latitude=None)
    locations = {**planned.locations, "L01": nowhere}
    session.take_plan(replace(small_made, planned=replace(planned, locations=locations)))
    view = MapView(context_of(session, words, theme), PlanFigures(session), lambda _code: None)
    qtbot.addWidget(view)
    view.show()
    assert "1 locatie zonder coördinaten" in words_in(view)
    only(view, QTabWidget).setCurrentIndex(1)
    assert len(locations) == view.by_location.rowCount() == len(placed(view.panel)) + 1


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_the_map_is_saved_as(
    view: MapView, words: Words, targets: list[Path], tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"kaart.{ending}"
    targets.append(path)
    button(view, words.say("map.save")).click()
    assert path.read_bytes().startswith(BEGINNINGS[ending])
    assert f"Geschreven: {path}" in words_in(view)
    words.choose(Language.EN)
    assert f"Written: {path}" in words_in(view)


def test_who_made_the_outlines_stands_on_every_map(
    view: MapView, words: Words, targets: list[Path], tmp_path: Path
) -> None:
    targets.append(tmp_path / "kaart.svg")
    button(view, words.say("map.save")).click()
    drawn = (tmp_path / "kaart.svg").read_text(encoding="utf-8")
    assert "CC BY 4.0" in drawn
    assert "@svg-maps/netherlands" in drawn


def test_a_map_that_cannot_be_written_is_said(
    view: MapView, words: Words, targets: list[Path], tmp_path: Path
) -> None:
    for ending in BEGINNINGS:
        targets.append(tmp_path / "nergens" / f"kaart.{ending}")
        button(view, words.say("map.save")).click()
        assert "kon niet" in words_in(view)


def test_a_map_without_a_plan_is_empty(
    qtbot: QtBot, session: Session, words: Words, theme: Theme
) -> None:
    view = MapView(context_of(session, words, theme), PlanFigures(session), lambda _code: None)
    qtbot.addWidget(view)
    view.show()
    button(view, words.say("map.copy_picture")).click()
    button(view, words.say("map.save")).click()
    assert () == placed(view.panel)
    qtbot.keyClick(view.panel, Qt.Key.Key_Right)
    assert "" == view.panel.code


def test_a_location_that_is_not_on_the_map_cannot_be_chosen(qtbot: QtBot, theme: Theme) -> None:
    panel = MapPanel(theme, lambda _spot: "")
    qtbot.addWidget(panel)
    panel.show()
    panel.choose("L01")
    assert "" == panel.code

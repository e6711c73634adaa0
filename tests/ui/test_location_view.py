"""The page of a location, the moments to report, the capacity by kind, and the overview."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from planner.core.texts import Language, Text, message
from planner.input.kinds import Ground
from planner.result.plan import Quantity
from tests.ui.onscreen import button, context_of, lines_in, table_of, there, words_in
from ui.results import emergency
from ui.results.by_location import ByLocation, PlanFigures
from ui.results.named_model import NamedModel
from ui.results.spot_words import contract_words, facts_words
from ui.views.capacity import CapacityView
from ui.views.location import LocationView
from ui.views.moments import MomentsView
from ui.views.overview import OverviewView
from ui.widgets import Card

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from ui.session import Made, Session
    from ui.theme import Theme
    from ui.words import Words

WHY = 2


@pytest.fixture
def view(qtbot: QtBot, planned_session: Session, words: Words, theme: Theme) -> LocationView:
    made = LocationView(context_of(planned_session, words, theme), PlanFigures(planned_session))
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    return made


@pytest.fixture
def moments(qtbot: QtBot, planned_session: Session, words: Words, theme: Theme) -> MomentsView:
    made = MomentsView(context_of(planned_session, words, theme), PlanFigures(planned_session))
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    return made


@pytest.fixture
def capacity(qtbot: QtBot, planned_session: Session, words: Words, theme: Theme) -> CapacityView:
    made = CapacityView(context_of(planned_session, words, theme), PlanFigures(planned_session))
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    return made


def without_emergency(made: Made, *, but: tuple[int, ...] = ()) -> Made:
    """Return a plan whose emergency reception is empty, but in months of these places."""
    months = sorted(set(made.plan.tables["runoff"]["month"]))
    kept = [months[at] for at in but]
    frame = made.plan.tables["placement"]
    gone = frame["kind"].str.startswith(("emergency", "crisis")) & ~frame["month"].isin(kept)
    plan = replace(made.plan, tables={**made.plan.tables, "placement": frame[~gone]})
    sheets = {**made.planned.sheets, "placement": frame[~gone]}
    if not but:
        sheets = {**sheets, "reporting": sheets["reporting"].iloc[:0]}
    return replace(made, planned=replace(made.planned, shown=plan, sheets=sheets))


def test_a_model_with_names_of_the_data(qtmodeltester: ModelTester, words: Words) -> None:
    model = NamedModel(("loc_month", "loc_total"), words)
    qtmodeltester.check(model)
    model.show_named(["families", "single_men"], [(dt.date(2026, 7, 1), 5.0, 2.0, 3.0)])
    model.sort(1, Qt.SortOrder.DescendingOrder)
    words.choose(Language.EN)
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
    assert ["Month", "People together", "families", "single_men"] == titles
    model.show_named(["x"], [(dt.date(2026, 7, 1), 5.0, 2.0), (dt.date(2026, 8, 1), 1.0, 1.0)])
    assert (2, 3) == (model.rowCount(), model.columnCount())
    assert "Month\tPeople together\tx\nJul 2026\t5.0\t2.0\nAug 2026\t1.0\t1.0\n" == model.as_text()


def test_the_people_of_a_location_are_those_of_the_plan(
    view: LocationView, small_made: Made, words: Words
) -> None:
    view.show_location("L03")
    placement = small_made.plan.tables["placement"]
    own = placement[placement["location"] == "L03"].groupby("month")["people"].sum()
    model = view.people.model
    shown = {model.row(at)[0]: model.row(at)[1] for at in range(model.rowCount())}
    assert own.to_dict() == pytest.approx(shown)
    groups = set(placement[placement["location"] == "L03"]["group"])
    titles = [
        model.headerData(at, Qt.Orientation.Horizontal) for at in range(3, model.columnCount())
    ]
    assert {words.called(name) for name in groups} == set(titles)
    assert {530.0} == {model.row(at)[2] for at in range(model.rowCount())}


def test_the_dol_part_of_a_location_is_that_of_the_plan(
    view: LocationView, small_made: Made
) -> None:
    view.show_location("L03")
    dol = small_made.plan.tables["dol"]
    own = dol[dol["location"] == "L03"]
    model = view.dol.model
    prepared = [model.row(at)[2] for at in range(model.rowCount())]
    assert own["prepared"].to_list() == prepared
    view.show_location("L18")
    assert 0 == model.rowCount()


def test_what_binds_is_said_with_decisions_and_shortfalls(view: LocationView) -> None:
    view.show_location("L14")
    reasons = view.reasons
    said = [reasons.why.item(at).text() for at in range(reasons.why.count())]
    assert any("Noodopvang van asielverzoekers zo kort mogelijk" in each for each in said)
    assert "wordt verlengd" in said[0]  # what is decided comes before what falls short
    model = reasons.decisions
    assert ["verlengen", "31 dec 2026", "jan 2027", "220 bedden"] == [
        model.index(0, at).data() for at in range(1, model.columnCount())
    ]
    rows: list[Any] = [reasons.short.row(at) for at in range(reasons.short.rowCount())]
    rules = {row[0].nl for row in rows}
    assert {
        "Noodopvang van asielverzoekers zo kort mogelijk",
        "Afgesproken duur van noodopvang",
    } <= rules


def test_a_rule_without_a_reason_of_its_own_has_that_of_the_other_places(
    small_made: Made,
) -> None:
    sentence, other = Text("elders", "elsewhere"), Text("L01", "L01")
    frame = pd.DataFrame(
        [
            ("shortfall", "occupancy_norm", None, "opening", sentence),
            ("shortfall", "occupancy_norm", "L01", "opening", other),
            ("shortfall", "staff", None, "opening", Text("anders", "other")),
            ("limit", "occupancy_norm", None, None, Text("een grens", "a limit")),
        ],
        columns=["section", "rule", "location", "cause", "sentence"],
    )
    sheets = {**small_made.planned.sheets, "explanation": frame}
    found = ByLocation(replace(small_made, planned=replace(small_made.planned, sheets=sheets)))
    assert [sentence] == found.reasons_at("L06")
    assert [other] == found.reasons_at("L01")


def test_the_reasons_are_copied_by_keyboard(qtbot: QtBot, view: LocationView) -> None:
    view.tabs.setCurrentIndex(WHY)
    view.show_location("L14")
    why = view.reasons.why
    why.setFocus()
    why.selectAll()
    qtbot.keyClick(why, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert why.count() == len(lines)


# The screenless platform says so of every list that pops up.
@pytest.mark.qt_log_ignore("does not support")
def test_a_location_is_found_by_part_of_its_name(qtbot: QtBot, view: LocationView) -> None:
    assert "L01" == view.code
    line = there(view.chooser.lineEdit())
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "havenkw")
    completer = there(view.chooser.completer())
    assert 1 == completer.completionCount()
    line.setText(completer.currentCompletion())
    line.editingFinished.emit()
    assert "L14" == view.code
    line.setText("zoiets is er niet")
    line.editingFinished.emit()
    assert "L14" == view.code
    assert "(L14)" in line.text()


@pytest.mark.qt_log_ignore("does not support")
def test_what_is_typed_after_a_click_is_searched_anew(qtbot: QtBot, view: LocationView) -> None:
    view.activateWindow()
    view.people.setFocus()
    line = there(view.chooser.lineEdit())
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(line, "l14")
    assert "l14" == line.text()
    line.editingFinished.emit()
    assert "L14" == view.code


def test_up_and_down_walk_the_locations(qtbot: QtBot, view: LocationView) -> None:
    qtbot.keyClick(view.chooser, Qt.Key.Key_Down)
    assert "L02" == view.code
    assert "(L02)" in words_in(view)


def test_an_unknown_location_changes_nothing(view: LocationView) -> None:
    view.show_location("L04")
    view.show_location("nergens")
    assert "L04" == view.code


def test_the_location_stays_when_another_plan_comes(
    view: LocationView, planned_session: Session, small_made: Made
) -> None:
    view.show_location("L05")
    planned_session.take_plan(without_emergency(small_made))
    assert "L05" == view.code


def test_the_input_is_asked_for_at_its_row(
    qtbot: QtBot, view: LocationView, planned_session: Session, words: Words
) -> None:
    view.show_location("L04")
    frame = there(planned_session.sheet("locations")).frame
    show = button(view, words.say("location.show_input"))
    with qtbot.waitSignal(view.input_asked) as asked:
        qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    table, row, column = asked.args
    assert ("locations", "L04") == (table, frame.loc[row, column])


def test_the_contract_in_words(small_made: Made, words: Words) -> None:
    locations = small_made.planned.locations
    assert (
        "Contract vanaf 1 dec 2025, tot en met 30 nov 2026, te verlengen tot en met 31 aug 2027. "
        "120 bedden." == contract_words(words, locations["L18"])
    )
    assert contract_words(words, locations["L20"]).startswith(
        "Kandidaat: nog niet geopend; vanaf besluit 5 maanden aanloop."
    )
    assert "zonder einddatum" in contract_words(words, locations["L04"])
    last = replace(locations["L18"], extendable_until=None, beds=1)
    assert contract_words(words, last).endswith("niet te verlengen. 1 bed.")
    assert "waarvan 90 als DOL" in contract_words(words, locations["L04"])
    words.choose(Language.EN)
    assert "Asylum seekers' centre, Demo-Eikenhorst, Gelderland; suitable for children" in (
        facts_words(words, locations["L04"])
    )


def test_the_page_follows_the_language(view: LocationView, words: Words) -> None:
    words.choose(Language.EN)
    assert "Contract" in view.contract.text()
    assert "without an end" in view.contract.text()
    assert "Occupancy" == view.tabs.tabText(0)


def test_the_use_of_emergency_reception_is_told(moments: MomentsView, small_made: Made) -> None:
    assert moments.told.text().startswith(
        "Vanaf jul 2026 (al in gebruik bij de start) tot na de laatste geplande maand, jun 2027: "
        "noodopvang op 6 locaties."
    )
    placement = small_made.plan.tables["placement"]
    used = placement[placement["kind"].str.startswith(("emergency", "crisis"))]
    # The article is about applicants alone: permit holders and returnees are not among them.
    used = used[used["group"].map(small_made.plan.ground) == Ground.APPLICANT]
    assert not used["group"].isin(["permit_holders", "return_single"]).any()
    peak = used.groupby("month")["people"].sum().max()
    assert f"{peak:.0f} mensen, alleen asielverzoekers" in moments.told.text()
    assert used["location"].nunique() == moments.where.rowCount() == 6
    assert 2 == moments.moments.rowCount()
    assert moments.why.count() > 6


def test_a_reason_whose_cause_was_not_solved_again_is_listed_too(
    moments: MomentsView, small_made: Made
) -> None:
    lines = small_made.planned.sheets["explanation"]
    lines = lines[lines["rule"].isin(["emergency_places", "emergency_term"])]
    shortfalls = lines[lines["section"] == "shortfall"]
    assert shortfalls["cause"].isna().any()
    said = [moments.why.item(at).text() for at in range(moments.why.count())]
    assert [each.nl for each in shortfalls["sentence"]] == said
    assert any("nog niet nagerekend" in each for each in said)


def test_a_location_of_emergency_reception_has_its_own_reasons(moments: MomentsView) -> None:
    everything = moments.why.count()
    table_of(moments, moments.where).setCurrentIndex(moments.where.index(1, 0))
    assert 0 < moments.why.count() < everything
    name = str(moments.where.row(1)[0]).partition(" (")[0]
    assert all(name in moments.why.item(at).text() for at in range(moments.why.count()))


def test_what_is_to_be_reported_is_copied(moments: MomentsView, words: Words) -> None:
    button(moments, words.say("moments.copy")).click()
    copied = QGuiApplication.clipboard().text()
    assert moments.told.text() in copied
    assert str(moments.where.row(0)[0]).partition(" (")[0] in copied


def test_nothing_to_report_is_said(
    moments: MomentsView, planned_session: Session, small_made: Made, words: Words
) -> None:
    planned_session.take_plan(without_emergency(small_made))
    assert moments.told.text().startswith("Er is in dit plan niets te melden")
    assert not table_of(moments, moments.where).isVisible()
    words.choose(Language.EN)
    assert moments.told.text().startswith("There is nothing to report")


def test_every_stretch_of_months_is_a_period(small_made: Made) -> None:
    found = ByLocation(without_emergency(small_made, but=(2, 3, 6)))
    periods = emergency.periods(found)
    months = found.months
    assert [(months[2], months[3]), (months[6], months[6])] == [
        (each.first, each.last) for each in periods
    ]
    assert [(False, False)] * 2 == [(each.from_start, each.beyond) for each in periods]
    assert periods[0].peak >= periods[0].mean > 0
    assert 3 == max(each.months for each in emergency.uses(found))


def test_places_and_reserve_come_to_the_beds(
    capacity: CapacityView, small_made: Made, words: Words
) -> None:
    model = capacity.twin.model
    places = small_made.plan.tables["places"]
    for at in range(model.rowCount()):
        row: tuple[Any, ...] = model.row(at)
        month, regular, of_emergency, reserve, beds, *kinds = row
        used = places[places["month"] == month]["places"].sum()
        assert used == pytest.approx(regular + of_emergency)
        assert used == pytest.approx(sum(kinds))
        assert beds == pytest.approx(regular + of_emergency + reserve)
    chart: Any = capacity.twin.chart.chart
    assert "Reserve" == chart.series[-1].label(words)
    assert model.columnCount() - 5 == len(chart.series) - 1


def test_the_kinds_of_place_are_named_in_the_language(capacity: CapacityView, words: Words) -> None:
    words.choose(Language.EN)
    titles = [capacity.twin.model.headerData(at, Qt.Orientation.Horizontal) for at in range(14)]
    assert "Regular" in titles
    assert "Emergency tent or hall" in titles


@pytest.fixture
def overview(qtbot: QtBot, planned_session: Session, words: Words, theme: Theme) -> OverviewView:
    made = OverviewView(context_of(planned_session, words, theme))
    qtbot.addWidget(made)
    made.show()
    return made


def departures(overview: OverviewView) -> list[str]:
    """Return the parameters that are listed as having another value."""
    return [each for each in words_in(overview).splitlines() if each.startswith("• ")]


def test_many_parameters_of_another_value_stand_behind_a_button(
    qtbot: QtBot, overview: OverviewView, words: Words
) -> None:
    assert any(each.startswith("8 parameters met een andere waarde") for each in lines_in(overview))
    assert "dol_growth_per_month" not in words_in(overview)
    assert [] == departures(overview)
    more = button(overview, words.say("overview.show_notes"))
    qtbot.keyClick(more, Qt.Key.Key_Space)
    assert 8 == len(departures(overview))
    qtbot.keyClick(more, Qt.Key.Key_Space)
    assert [] == departures(overview)


def test_what_does_not_hold_and_who_is_left_out_of_the_cost_are_said(
    overview: OverviewView, planned_session: Session, small_made: Made
) -> None:
    plan = small_made.plan
    checks = plan.tables["checks"].copy()
    failing = checks["check"] == "guardians_needed"
    checks.loc[failing, ["limit", "holds"]] = [1.0, False]
    measures = {**plan.measures, "cost_unplaced": Quantity(5780.0, "euro")}
    worse = replace(plan, tables={**plan.tables, "checks": checks}, measures=measures)
    planned_session.take_plan(replace(small_made, planned=replace(small_made.planned, shown=worse)))

    assert "Voldoet niet: Voogden nodig, in 12 van 12 maanden" in words_in(overview)
    told = [line for card in overview.findChildren(Card) for line in lines_in(card)]
    assert any("geen plaats heeft telt niet mee: in noodopvang € 5.780" in each for each in told)


def test_one_parameter_of_another_value_is_simply_said(
    overview: OverviewView, planned_session: Session, small_made: Made, words: Words
) -> None:
    told = message("plan.parameters_changed", parameters=("één",))
    plan = replace(small_made.plan, notes=(told,))
    planned_session.take_plan(replace(small_made, planned=replace(small_made.planned, shown=plan)))
    assert "één" in words_in(overview)
    assert not button(overview, words.say("overview.show_notes")).isVisible()


def test_parameters_that_a_file_names_stand_behind_the_button_too(
    overview: OverviewView, planned_session: Session, small_made: Made, words: Words
) -> None:
    read = tuple(
        message("standing.note", text=note.text(Language.NL)) for note in small_made.plan.notes
    )
    plan = replace(small_made.plan, notes=read)
    planned_session.take_plan(replace(small_made, planned=replace(small_made.planned, shown=plan)))
    assert any(each.startswith("8 parameters met een andere waarde") for each in lines_in(overview))
    assert not any(each.startswith("Afwijkend") for each in words_in(overview).splitlines())
    button(overview, words.say("overview.show_notes")).click()
    assert 8 == len(departures(overview))


def test_few_parameters_of_another_value_stand_in_one_line(
    overview: OverviewView, planned_session: Session, small_made: Made
) -> None:
    told = tuple(message("plan.parameters_changed", parameters=(each,)) for each in ("één", "twee"))
    plan = replace(small_made.plan, notes=told)
    planned_session.take_plan(replace(small_made, planned=replace(small_made.planned, shown=plan)))
    assert "Afwijkend van de standaardwaarden: één, twee." in lines_in(overview)

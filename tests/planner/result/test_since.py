"""Planning on from an adopted plan: what is fixed, what may still change, what changed and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.cli import plans, run
from planner.compare.since_causes import since_causes
from planner.core.texts import Language
from planner.files.book_cells import label_lines
from planner.input.edits import apply
from planner.input.kinds import Pinned
from planner.input.pin_edits import Fixed, fixed
from planner.result import load_plan
from planner.result.to_decide import all_decisions, to_decide
from planner.sheets.answer import answer
from planner.sheets.decision_lines import decision_lines
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

Rows = Sequence[Sequence[Any]]
COLUMNS = [
    "Locatiecode", "Type", "Status", "Bedden", "Aanlooptijd", "Open tot en met",
    "Verlengbaar tot en met", "Open vanaf",
]  # fmt: skip
L1 = ["L1", "azc", "open", 100, 0, None, None]
# The contract of L2 ends on 31 July; L3 takes two months, so that its opening in September is
# decided by 1 July, and L4, that may open from October, is decided by 1 September.
L2 = ["L2", "azc", "open", 50, 0, dt.date(2026, 7, 31), dt.date(2026, 12, 31)]
L3 = ["L3", "azc", "candidate", 60, 2, None, None]
L4 = ["L4", "azc", "candidate", 40, 1, None, None, dt.date(2026, 10, 1)]


def sheets(day: dt.date, locations: Rows, people: Mapping[int, float]) -> Mapping[str, Rows]:
    return {
        "Locaties": [COLUMNS, *([*each, None][: len(COLUMNS)] for each in locations)],
        "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], [day, "L1", "men", 100]],
        "Groepen": [
            ["Groep", *KINDS, *EMERGENCY], ["men", *["preferred"] * 6, *["barred"] * 4],
        ],
        "Prognose": [
            ["Scenario", "Maand", "Groep", "Personen"],
            *(["middle", dt.date(2026, month, 1), "men", n] for month, n in people.items()),
        ],
        "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 1]],
    }  # fmt: skip


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In July: 150 people, from September 210, in October 250, so each location is needed."""
    folder = tmp_path_factory.mktemp("adopted")
    source, plan = folder / "in.xlsx", folder / "spring.xlsx"
    people = {7: 150.0, 8: 150.0, 9: 210.0, 10: 250.0}
    book = book_of(sheets(dt.date(2026, 6, 30), [L1, L2, L3, L4], people))
    api.save_book(source, book, Language.EN)
    assert 0 == run(["plan", str(source), "--out", str(plan), "--quiet"])
    return plan


def gone_on(adopted: Path, folder: Path, locations: Rows, people: Mapping[int, float]) -> int:
    source = folder / "autumn.xlsx"
    book = book_of(sheets(dt.date(2026, 7, 31), locations, people))
    api.save_book(source, book, Language.EN)
    out = str(folder / "plan.xlsx")
    given = ["plan", str(source), "--since", str(adopted), "--out", out]
    return run([*given, "--language", "en"])


def test_what_was_decided_stands_and_what_was_not_may_change(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On 1 August 100 people are expected for good: only what was decided by then is kept.

    L2 is extended and L3 opens in September; L4 was to open in October, which is decided later.
    """
    people = {8: 100.0, 9: 100.0, 10: 100.0}
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, L4], people)

    said = capsys.readouterr()
    told = said.out
    assert "spring.xlsx does not have the status adopted" in said.err
    assert "Fixed: L2, extend from Aug 2026 (50 places)" in told
    assert "Fixed: L3, open from Sep 2026 (60 places)" in told
    assert "The lead time of an opening decided already is set to 1 month" in told
    assert "May still change: L4, open from Oct 2026 (40 places)" in told
    assert "No longer: L4, open from Oct 2026 (40 places)" in told
    assert "People expected for Oct 2026: 250, now 100" in told
    # With 210 and 250 people, as in spring, the 40 places of L4 are needed again.
    assert "as it was then: the number of people expected." in told
    plan = api.open_workbook(tmp_path / "plan.xlsx")
    pins = plan.frame("pins")
    assert {("L2", "adopted plan"), ("L3", "adopted plan")} == set(
        zip(pins["location"], pins["who"], strict=True)
    )
    assert 0 == run(["verify", str(tmp_path / "plan.xlsx"), "--quiet"])


def test_people_are_told_of_months_that_the_adopted_plan_does_not_have(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """L5 opens in November for the last 50 of 300 people; the adopted plan ends in October."""
    people = {8: 150.0, 9: 210.0, 10: 250.0, 11: 300.0}
    last = ["L5", "azc", "candidate", 50, 1, None, None, dt.date(2026, 11, 1)]
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, L4, last], people)

    told = capsys.readouterr().out
    assert "New: L5, open from Nov 2026 (50 places)." in told
    assert "People expected for Nov 2026: not in that plan, now 300." in told


def test_who_is_expected_is_told_where_no_sheet_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the sheet Forecast the 100 men stay; in August 40 more live there, and L3 opens."""
    first, second = tmp_path / "spring_in.xlsx", tmp_path / "autumn_in.xlsx"
    plan, out = tmp_path / "spring.xlsx", tmp_path / "plan.xlsx"
    for path, day, men in ((first, dt.date(2026, 6, 30), 100), (second, dt.date(2026, 7, 31), 140)):
        book = dict(sheets(day, [L1, [*L3[:4], 0, *L3[5:]]], {}))
        book["Bezetting"] = [*book["Bezetting"][:1], [*book["Bezetting"][1][:3], men]]
        book["Parameters"] = [*book["Parameters"], ["horizon_months", 4]]
        api.save_book(path, book_of(book), Language.EN)
    assert 0 == run(["plan", str(first), "--out", str(plan), "--quiet"])
    capsys.readouterr()

    given = ["plan", str(second), "--since", str(plan), "--out", str(out), "--language", "en"]
    assert 0 == run(given)

    told = capsys.readouterr().out
    assert "New: L3, open from Aug 2026 (60 places)." in told
    assert "People expected for Aug 2026: 100, now 140." in told


def test_what_was_decided_by_then_is_not_to_be_decided_again(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """L2 is extended and L3 opens, as decided in July; that L4 opens in October still may be."""
    people = {8: 150.0, 9: 210.0, 10: 250.0}
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, L4], people)
    loaded = load_plan(tmp_path / "plan.xlsx")
    table = loaded.plan.tables["decisions"]

    taken = table[table["taken"].notna()]
    assert {("L2", "extend"), ("L3", "open")} == set(
        taken[["location", "decision"]].itertuples(index=False, name=None)
    )
    assert {"adopted plan: decided in spring.xlsx, by 1 Aug 2026"} == set(taken["taken"])
    assert ["L4"] == [each.location for each in to_decide(table, loaded.case.locations)]
    assert ["L4"] == [each.location.split()[0] for each in decision_lines(loaded.plan.tables)]
    told = [each.text(Language.EN) for each in answer(loaded.plan.tables)]
    assert any("To decide: open 1 location, extend 0," in each for each in told)
    capsys.readouterr()
    assert 0 == run(["verify", str(tmp_path / "plan.xlsx"), "--language", "en"])
    # Whoever goes on from this plan in turn still finds them decided.
    again = [each.location for each in all_decisions(table, loaded.case.locations)]
    assert ["L2", "L3", "L4"] == sorted(again)


def test_what_the_workbook_shows_as_done_is_not_fixed_again(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longer = [*L2[:5], dt.date(2026, 12, 31), None]
    people = {8: 150.0, 9: 210.0, 10: 250.0}
    assert 0 == gone_on(adopted, tmp_path, [L1, longer, L4], people)

    told = capsys.readouterr().out
    assert "Not fixed: L2, extend from Aug 2026: in this workbook it is so already" in told
    assert "Not fixed: L3, open from Sep 2026: the location is not in this workbook" in told


def test_a_changed_location_is_told_as_what_changed(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    smaller = [*L4[:3], 30, *L4[4:]]
    people = {8: 150.0, 9: 210.0, 10: 250.0}
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, smaller], people)

    told = capsys.readouterr().out
    assert "Otherwise: L4, open: from Oct 2026 (30 places), was from Oct 2026 (40" in told
    assert "Of the location was changed: Beds." in told
    assert "as it was then: the data of locations." in told


def test_what_no_part_alone_brings_back_is_said_to_come_of_several(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """205 people and an L4 of 35: with 40 places it is not needed, with 250 people 35 are too few.

    As adopted, 40 places in October, it is with both alone.
    """
    smaller = [*L4[:3], 35, *L4[4:]]
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, smaller], {8: 150.0, 9: 205.0, 10: 205.0})

    told = capsys.readouterr().out
    assert "No longer: L4, open from Oct 2026 (40 places)" in told
    assert "none of these alone makes it as it was: the number of people expected, the" in told


def test_a_part_for_which_no_time_is_left_is_told_as_not_tried(
    adopted: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As above; the people alone are put back, which 35 places do not make as it was."""
    monkeypatch.setattr(plans, "since_causes", partial(since_causes, budget_s=0.0))
    smaller = [*L4[:3], 35, *L4[4:]]
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, smaller], {8: 150.0, 9: 205.0, 10: 205.0})

    told = capsys.readouterr().out
    assert "Putting back the number of people expected does not make it as it was;" in told
    assert "there was no time left for the data of locations." in told


def test_nothing_is_solved_where_every_decision_is_as_adopted(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == gone_on(adopted, tmp_path, [L1, L2, L3, L4], {8: 150.0, 9: 210.0, 10: 250.0})

    told = capsys.readouterr().out
    assert "As in the adopted plan: 1 decision" in told
    assert "by solving" not in told


def test_a_contract_that_was_let_go_is_extended_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """100 people in 100 beds: L2 is not extended in spring, and 130 in autumn find 100 places."""
    source, spring = tmp_path / "in.xlsx", tmp_path / "spring.xlsx"
    book = book_of(sheets(dt.date(2026, 6, 30), [L1, L2], {7: 100.0, 8: 100.0}))
    api.save_book(source, book, Language.EN)
    assert 0 == run(["plan", str(source), "--out", str(spring), "--quiet"])

    assert 0 == gone_on(spring, tmp_path, [L1, L2], {8: 130.0, 9: 130.0})
    told = capsys.readouterr().out
    assert "Fixed: not extended before the contract ended: L2." in told
    assert "30 people have none" in told


def test_dol_that_the_workbook_does_not_show_is_told_and_not_made_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In July all 20 DOL beds are fitted out, as the band asks; the workbook of August has none."""
    known = sheets(dt.date(2026, 6, 30), [L1], {7: 90.0, 8: 90.0})
    first, *rest = known["Locaties"]
    dublin = [["dublin_single", *["fallback"] * 6, "preferred", *["barred"] * 3]]
    dol = {
        **known,
        "Locaties": [[*first, "DOL-bedden", "Kindgeschikt"], *([*each, 20, None] for each in rest)],
        "Groepen": [*known["Groepen"], *([*each[:6], "preferred", *each[7:]] for each in dublin)],
    }
    people = [["middle", dt.date(2026, m, 1), "dublin_single", 10] for m in (7, 8)]
    dol["Prognose"] = [*known["Prognose"], *people]
    source, spring = tmp_path / "in.xlsx", tmp_path / "spring.xlsx"
    api.save_book(source, book_of(dol), Language.EN)
    assert 0 == run(["plan", str(source), "--out", str(spring), "--quiet"])

    assert 0 == gone_on(spring, tmp_path, [L1], {8: 90.0})
    told = capsys.readouterr().out
    assert "20 places would be fitted out by now and in this workbook 0 are" in told


def test_a_plan_of_other_months_is_refused(
    adopted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "late.xlsx"
    late = {**sheets(dt.date(2026, 12, 31), [L1], {})}
    late["Prognose"] = [late["Prognose"][0], ["middle", dt.date(2027, 1, 1), "men", 90]]
    book = book_of(late)
    api.save_book(source, book, Language.EN)
    out = tmp_path / "out.xlsx"
    given = ["plan", str(source), "--since", str(adopted), "--out", str(out), "--language", "en"]

    assert 2 == run(given)
    assert "spring.xlsx is about 1 Jul 2026 through 1 Oct 2026" in capsys.readouterr().err
    assert not out.exists()


def test_pins_added_to_a_labelled_workbook_leave_its_label(tmp_path: Path) -> None:
    file = tmp_path / "demo.xlsx"
    demo = api.open_demo("small")
    api.save_book(file, demo, Language.EN)
    labels = label_lines(api.open_workbook(file))
    pin = Fixed("L03", Pinned.EXTEND, dt.date(2026, 12, 1), 1.0)
    book = api.open_workbook(file)
    pinned, _ = apply(book, fixed(book.tables.get("pins"), [pin], who="COA", why="test"))
    api.save_book(file, pinned, Language.EN)

    assert labels
    assert labels == label_lines(api.open_workbook(file))

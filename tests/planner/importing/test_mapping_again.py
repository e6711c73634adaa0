"""A mapping that is kept: next months without a question, another shape refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.importing.mapping import ImportMapping, read_mapping
from planner.importing.suggestion import asked
from planner.importing.verbs import Imported, import_files, proposed, read_files
from planner.input.book import Book
from tests.planner.importing.shape import JULY, Rows
from tests.tables import coded


@pytest.fixture(scope="module")
def demo() -> Book:
    return read_seed_book("demo_small")


def written(folder: Path, sheets: dict[str, Rows], name: str = "in.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in sheets.items():
        made = book.create_sheet(sheet)
        for row in rows:
            made.append(list(row))
    book.save(folder / name)
    return folder / name


def mapped(path: Path, demo: Book) -> ImportMapping:
    return proposed(read_files([path]), demo, Language.NL).mapping


def imported(path: Path, mapping: ImportMapping, demo: Book) -> Imported:
    return import_files(read_files([path]), mapping, demo, Language.NL)


def errors(of: Imported) -> list[tuple[str, str]]:
    """Return what kind of error stands where."""
    return [
        (each.what.key, f"{each.sheet}!{each.cell}")
        for each in of.findings
        if each.severity == "error"
    ]


def month_of(month: dt.date) -> dict[str, Rows]:
    """Return the same workbook a month later: other months across, another sheet name."""
    following = dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return {
        f"Bezetting {month:%m-%Y}": [
            [f"Bezetting, stand per {month:%d-%m-%Y}"],
            ["Locatie", "Doelgroep", month, following],
            ["L01", "Gezin", month.month, 5],
            ["L02", "mannen", 7, month.month],
        ]
    }


def test_six_months_of_one_shape_are_read_with_one_mapping_without_a_question(
    tmp_path: Path, demo: Book
) -> None:
    months = [dt.date(2026, each, 1) for each in range(7, 13)]
    mapping = mapped(written(tmp_path, month_of(months[0])), demo)

    for month in months:
        read = imported(written(tmp_path, month_of(month)), mapping, demo)
        assert [] == errors(read)
        assert () == read.questions
        rows = coded(read.incoming, "occupancy")
        assert {
            "date": month,
            "location": "L01",
            "group": "families",
            "people": month.month,
        } in rows


def test_a_mapping_for_another_shape_changes_nothing_and_says_what_is_missing(
    tmp_path: Path, demo: Book
) -> None:
    mapping = mapped(written(tmp_path, month_of(JULY)), demo)
    other = written(tmp_path, {"Blad1": [["Locatie", "Plekken"], ["L01", 30]]})

    read = imported(other, mapping, demo)

    assert [("importing.other_shape", "Blad1!A1")] == errors(read)
    assert () == read.takeover.edits


def test_a_sheet_that_lacks_a_column_of_the_others_is_not_passed_over(
    tmp_path: Path, demo: Book
) -> None:
    oost = [["Locatie", "Gemeente", "Plekken"], ["L01", "Veenkamp", 30]]
    west = [["Locatie", "Plaats X", "Plekken"], ["L02", "Molenbroek", 30]]
    mapping = mapped(written(tmp_path, {"Oost": oost}), demo)

    read = imported(written(tmp_path, {"Oost": oost, "West": west}), mapping, demo)

    assert [("importing.sheet_lacks", "West!A1")] == errors(read)


def test_months_that_overlap_with_other_figures_are_an_error_with_both_cells(
    tmp_path: Path, demo: Book
) -> None:
    first = [["Groep", "jul 2026", "aug 2026"], ["gezinnen", 1, 2]]
    second = [["Groep", "aug 2026", "sep 2026"], ["gezinnen", 3, 4]]
    same = [["Groep", "aug 2026", "sep 2026"], ["gezinnen", 2, 4]]
    mapping = mapped(written(tmp_path, {"A": first}), demo)

    clash = imported(written(tmp_path, {"A": first, "B": second}), mapping, demo)
    agree = imported(written(tmp_path, {"A": first, "B": same}), mapping, demo)

    assert [("importing.overlap", "B!B2")] == errors(clash)
    assert "A!C2" in clash.findings[0].what.text(Language.EN)
    assert [] == errors(agree)
    assert ["importing.same_again"] == [each.what.key for each in agree.findings]
    assert [1, 2, 4] == agree.incoming.frame("forecast")["people"].tolist()


def test_one_location_under_two_names_is_an_error(tmp_path: Path, demo: Book) -> None:
    rows = [
        ["Stand per 1 juli 2026"],
        ["Locatie", "Groep", "Aantal"],
        ["L01", "gezinnen", 5],
        ["Demo col Veenkamp", "gezinnen", 6],
    ]
    path = written(tmp_path, {"Blad1": rows})

    assert [("importing.two_names", "Blad1!C4")] == errors(imported(path, mapped(path, demo), demo))


def test_two_new_locations_whose_names_are_alike_are_asked_about_once(
    tmp_path: Path, demo: Book
) -> None:
    rows = [
        ["Locatie", "Type", "Plekken"],
        ["AZC Buitenveld", "azc", 50],
        ["Buitenveld (azc)", "azc", 60],
    ]
    path = written(tmp_path, {"Blad1": rows})
    mapping = mapped(path, demo)

    assert [("importing.ask.locations", "Blad1!A3")] == errors(imported(path, mapping, demo))
    apart = mapping.with_meaning("locations", "Buitenveld (azc)", "Buitenveld (azc)")
    assert [] == errors(imported(path, apart, demo))


def test_a_name_much_like_one_of_the_book_is_a_question_that_is_asked_once(
    tmp_path: Path, demo: Book
) -> None:
    rows = [
        ["Stand per 1 juli 2026"],
        ["Locatie", "Groep", "Aantal"],
        ["azc Veenkamp", "gezinnen", 5],
    ]
    path = written(tmp_path, {"Blad1": rows})
    proposal = proposed(read_files([path]), demo, Language.NL)

    (question,) = proposal.questions
    assert ("locations", ("L01",), None) == (question.about, question.options, question.suggestion)
    known = proposal.mapping.with_meaning("locations", "azc Veenkamp", "L01")
    read = imported(path, known, demo)
    assert [] == errors(read)
    assert ["L01"] == read.incoming.frame("occupancy")["location"].tolist()


def test_a_group_nobody_knows_is_an_error_at_its_cell(tmp_path: Path, demo: Book) -> None:
    rows = [["Stand per 1 juli 2026"], ["Locatie", "gezinnen", "zzgroep"], ["L01", 3, 4]]
    path = written(tmp_path, {"Blad1": rows})

    assert [("importing.ask.groups", "Blad1!C2")] == errors(
        imported(path, mapped(path, demo), demo)
    )


@pytest.mark.parametrize("total", [11, 13])
def test_totals_that_do_not_match_their_rows_are_an_error_unless_the_mapping_says_otherwise(
    tmp_path: Path, demo: Book, total: int
) -> None:
    rows = [
        ["Stand per 1 juli 2026"],
        ["Locatie", "gezinnen", "alleenstaande mannen", "Totaal"],
        ["L01", 5, 1, 6],
        ["L02", 7, 2, 8],  # 7 + 2 = 9
        ["Totaal", total, 3, None],  # 5 + 7 = 12
    ]
    path = written(tmp_path, {"Blad1": rows})
    mapping = mapped(path, demo)

    found = errors(imported(path, mapping, demo))
    assert [
        ("importing.total_differs", "Blad1!D4"),
        ("importing.total_differs", "Blad1!B5"),
    ] == found
    loose = replace(mapping, check_totals=False)
    assert [] == errors(imported(path, loose, demo))


def test_subtotals_within_subtotals_are_held_each_against_its_own_rows(
    tmp_path: Path, demo: Book
) -> None:
    rows = [
        ["Stand per 1 juli 2026"], ["Locatie", "gezinnen", "alleenstaande mannen"],
        ["L01", 1, 1], ["L02", 2, 2], ["Subtotaal Groningen", 3, 3],
        ["L03", 4, 4], ["Subtotaal Drenthe", 4, 4], ["Totaal Noord", 7, 7],
        ["L04", 5, 5], ["Subtotaal Gelderland", 5, 5], ["Eindtotaal", 12, 12],
    ]  # fmt: skip
    path = written(tmp_path, {"Blad1": rows})

    read = imported(path, mapped(path, demo), demo)

    assert [] == errors(read)
    assert 8 == len(read.incoming.frame("occupancy"))


def test_empty_is_not_nought_and_gives_no_row(tmp_path: Path, demo: Book) -> None:
    rows = [
        ["Stand per 1 juli 2026"],
        ["Locatie", "gezinnen", "alleenstaande mannen"],
        ["L01", None, 0],
        ["L02", 4, None],
    ]
    path = written(tmp_path, {"Blad1": rows})

    read = imported(path, mapped(path, demo), demo)

    taken = [(each["group"], each["people"]) for each in coded(read.incoming, "occupancy")]
    assert [("single_men", 0), ("families", 4)] == taken


@pytest.mark.parametrize(
    ("language", "people", "until"),
    [(Language.NL, 1250, dt.date(2027, 4, 3)), (Language.EN, 1, dt.date(2027, 3, 4))],
)
def test_the_language_of_a_file_settles_commas_and_dates(
    tmp_path: Path, demo: Book, language: Language, people: int, until: dt.date
) -> None:
    beds = "1.250" if language is Language.NL else "1.000"
    rows = [["Locatie", "Plekken", "Einddatum"], ["L01", beds, "3-4-2027"]]
    path = written(tmp_path, {"Blad1": rows})
    mapping = replace(mapped(path, demo), language=language)

    (row,) = imported(path, mapping, demo).incoming.frame("locations").to_dict("records")

    assert (people, until) == (row["beds"], row["open_until"])


def test_a_constant_is_said_of_new_locations_and_leaves_those_of_the_book(
    tmp_path: Path, demo: Book
) -> None:
    rows = [["Locatie", "Plekken"], ["L01", 30], ["N99", 40]]
    path = written(tmp_path, {"Blad1": rows})
    mapping = mapped(path, demo).with_constant(0, "type", "azc")

    read = imported(path, asked(read_files([path]).files, demo, mapping, Language.NL).mapping, demo)

    assert [] == errors(read)
    changed = [(each.key, each.column) for each in read.takeover.changes]
    assert [("L01", "beds"), ("N99", "")] == changed


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("[]", "parts"),
        ("{not", "JSON"),
        ('{"version": 1, "parts": [{"table": "nowhere"}]}', "parts[0].table"),
        (
            '{"version": 1, "parts": [{"table": "locations", "fields": {"bed": {"column": "x"}}}]}',
            "bed",
        ),
        ('{"version": 1, "parts": [{"table": "locations", "fields": {"id": {"cel": "x"}}}]}', "id"),
        ('{"version": 9, "parts": []}', "9"),
        ('{"version": 1, "parts": [], "language": "de"}', "language"),
        ('{"version": 1, "parts": [], "values": {"groups": [1]}}', "values"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_which_part_is_wrong(
    tmp_path: Path, content: str, part: str
) -> None:
    path = tmp_path / "m.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(UnusableInputError) as fault:
        read_mapping(path)

    for language in Language:
        assert part in fault.value.told.text(language)


KEPT: dict[str, Rows] = {
    "Lijst": [
        ["Locatie", "Plekken", "Soort"],
        ["azc Nergens", 40, "azc"],
        ["hal Ergens", 30, "tijdelijk"],
    ]
}


def test_a_proposal_never_writes_over_a_mapping_that_somebody_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, kept = tmp_path / "b.xlsx", tmp_path / "b.mapping.json"
    asked_for = ["import", str(written(tmp_path, KEPT)), "--out", str(book), "--overwrite"]
    kept.write_text("{}", encoding="utf-8")

    assert 2 == run(asked_for)
    assert 2 == run(asked_for)

    assert "{}" == kept.read_text(encoding="utf-8")
    assert (tmp_path / "b-2.mapping.json").exists()
    assert "b-3.mapping.json" in capsys.readouterr().err


def test_a_question_tells_what_a_word_can_be_by_its_names_and_takes_those(
    tmp_path: Path, demo: Book
) -> None:
    path = written(tmp_path, KEPT)
    mapping = mapped(path, demo)
    (question,) = [
        each for each in imported(path, mapping, demo).findings if "tijdelijk" in str(each)
    ]
    assert "noodopvanglocatie gebouw" in question.todo.text(Language.NL)
    assert "emergency_fixed" not in question.todo.text(Language.NL)

    answered = {**mapping.values, "locations.type": {"tijdelijk": "noodopvanglocatie gebouw"}}
    read = imported(path, replace(mapping, values=answered), demo)
    assert [] == errors(read)
    types = [row["type"] for row in coded(read.incoming, "locations")]
    assert ["asielzoekerscentrum", "noodopvanglocatie gebouw"] == types

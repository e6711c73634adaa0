from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from PySide6.QtCore import Qt

from planner.core.texts import Language
from planner.input.edits import AddRow, DropRow, SetCell, apply
from planner.input.records import table
from ui.tables import block_edits, cells
from ui.tables.frame_model import FrameModel
from ui.tables.series import gone_on

if TYPE_CHECKING:
    from planner.input.book import Book, RawValue
    from planner.input.edits import Edit
    from ui.theme import Theme
    from ui.words import Words

NL = Language.NL
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


@pytest.fixture
def model(words: Words, theme: Theme, small_book: Book) -> FrameModel:
    made = FrameModel(table("occupancy"), words, theme)
    made.show(small_book.tables["occupancy"])
    return made


def block(rows: range, columns: range) -> list[tuple[int, int]]:
    return [(row, column) for row in rows for column in columns]


class Pasted(NamedTuple):
    edits: tuple[Edit, ...]
    columns_lost: int
    rows_added: int


def pasted_into(
    model: FrameModel,
    selected: list[tuple[int, int]],
    text: str,
    language: Language,
    hidden: frozenset[int] = frozenset(),
) -> Pasted:
    parts, columns_lost, rows_added = block_edits.pasted(model, selected, text, language, hidden)
    return Pasted(tuple(chain.from_iterable(parts)), columns_lost, rows_added)


@pytest.mark.parametrize("headers", [True, False])
def test_what_is_copied_and_pasted_on_itself_changes_nothing(
    model: FrameModel, *, headers: bool
) -> None:
    chosen = block(range(4), range(4))
    text = block_edits.copied(model, chosen, NL, headers=headers)
    assert 4 + headers == len(text.splitlines())
    pasted = pasted_into(model, chosen[:1], text, NL)
    assert 0 == pasted.columns_lost
    assert [model.cell(*place) for place in chosen] == [edit.value for edit in pasted.edits]  # type: ignore[union-attr] # cells that are there


def test_numbers_are_copied_in_the_notation_of_the_language(
    model: FrameModel,
) -> None:
    text = block_edits.copied(model, block(range(1), range(4)), NL, headers=False)
    day, _, _, people = text.rstrip("\n").split("\t")
    assert 2 == day.count("-")
    assert people.isdigit()


def test_rows_beyond_the_last_are_added(model: FrameModel) -> None:
    last = [(model.rowCount() - 1, 1)]
    pasted = pasted_into(model, last, "A\tB\t1\nC\tD\t2\nE\tF\t3\n", NL)
    added = [edit for edit in pasted.edits if isinstance(edit, AddRow)]
    assert [model.next_row, model.next_row + 1] == [edit.row for edit in added]
    assert {"location": "E", "group": "F", "people": 3} == added[-1].cells


def test_columns_that_do_not_fit_are_counted(model: FrameModel) -> None:
    assert 2 == pasted_into(model, block(range(1), range(3, 4)), "1\t2\t3", NL).columns_lost


def test_one_value_fills_every_selected_cell(model: FrameModel) -> None:
    chosen = block(range(3), range(3, 4))
    pasted = pasted_into(model, chosen, "7", NL)
    assert [7, 7, 7] == [edit.value for edit in pasted.edits]  # type: ignore[union-attr] # cells that are there


def test_filling_down_takes_the_top_of_each_column(model: FrameModel) -> None:
    edits = block_edits.filled_down(model, block(range(3), range(1, 3)))
    expected = [model.raw(model.index(0, column)) for _ in (1, 2) for column in (1, 2)]
    assert expected == [edit.value for edit in edits]  # type: ignore[union-attr] # cells that are there


def test_clearing_empties_and_dropping_takes_rows_away(model: FrameModel) -> None:
    chosen = block(range(2), range(2))
    assert {None} == {edit.value for edit in block_edits.cleared(model, chosen)}  # type: ignore[union-attr] # cells that are there
    rows = [model.row_number(1), model.row_number(0)]
    assert tuple(DropRow("occupancy", row) for row in rows) == block_edits.dropped(model, chosen)


def test_rows_are_added_below_the_last(model: FrameModel) -> None:
    first = model.next_row
    rows = (AddRow("occupancy", first, {}), AddRow("occupancy", first + 1, {}))
    assert rows == block_edits.added(model, 2)


def test_a_sorted_table_is_pasted_on_the_rows_that_are_seen(model: FrameModel) -> None:
    model.sort(3)
    first = model.row_number(0)
    pasted = pasted_into(model, block(range(1), range(3, 4)), "9", NL)
    assert (SetCell("occupancy", first, "people", 9),) == pasted.edits


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\n\n", [["a"], [""], [""]]),
        ("\n", [[""]]),
        ('"een\ntwee"\tb\n', [["een\ntwee", "b"]]),
        ('"zeg ""ja"""\t1', [['zeg "ja"', "1"]]),
        ('"t Hoekje\t12" buis\n\'t Veld\t2', [['"t Hoekje', '12" buis'], ["'t Veld", "2"]]),
        ("", []),
    ],
)
def test_lines_of_the_clipboard_are_read_as_spreadsheets_write_them(
    text: str, lines: list[list[str]]
) -> None:
    assert lines == block_edits.lines_of(text)


def test_hidden_columns_are_passed_over(model: FrameModel) -> None:
    hidden = frozenset({1, 2})
    pasted = pasted_into(model, block(range(1), range(1)), "1-6-2026\t9", NL, hidden)
    assert ["date", "people"] == [edit.column for edit in pasted.edits]  # type: ignore[union-attr] # cells that are there


def test_titles_lead_each_column_to_its_own_in_any_order(model: FrameModel) -> None:
    text = "Personen\tLocatie\tOpmerking\n12\tL07\tdruk\n"
    pasted = pasted_into(model, block(range(2, 3), range(1)), text, NL)
    row = model.row_number(2)
    edits = (SetCell("occupancy", row, "people", 12), SetCell("occupancy", row, "location", "L07"))
    assert (edits, 1) == (pasted.edits, pasted.columns_lost)


def test_a_block_fills_a_selection_that_it_fits_a_whole_number_of_times(model: FrameModel) -> None:
    chosen = block(range(4), range(2, 4))
    pasted = pasted_into(model, chosen, "a\t1\nb\t2\n", NL)
    assert ["a", 1, "b", 2] * 2 == [edit.value for edit in pasted.edits]  # type: ignore[union-attr] # cells that are there
    uneven = pasted_into(model, block(range(3), range(2, 4)), "a\t1\nb\t2\n", NL)
    assert 4 == len(uneven.edits)


def test_a_narrowed_table_is_pasted_on_the_rows_that_are_seen_and_told_of_new_ones(
    model: FrameModel, small_book: Book
) -> None:
    location = model.cell(30, 1)
    model.narrow(1, f"={location}")
    count = model.rowCount()
    seen = [model.row_number(row) for row in range(count)]
    text = "".join(f"{at}\n" for at in range(count + 2))
    pasted = pasted_into(model, block(range(1), range(3, 4)), text, NL)
    assert 2 == pasted.rows_added
    assert [*seen, model.next_row, model.next_row + 1] == [edit.row for edit in pasted.edits]
    model.show(apply(small_book, pasted.edits)[0].tables["occupancy"])
    assert [*seen, model.next_row - 2, model.next_row - 1] == [
        model.row_number(row) for row in range(model.rowCount())
    ]


@pytest.mark.parametrize(
    ("key", "text", "kept"),
    [
        ("cost_per_bed_month", "€ 1.200,50", 1200.5),
        ("cost_per_bed_month", "-\u00a01.200", -1200),
        ("occupancy_norm", "91%", 0.91),
        ("occupancy_norm", "92,5 %", 0.925),
        ("id", "0012", "0012"),
    ],
)
def test_what_a_sheet_shows_of_amounts_and_shares_is_read(
    key: str, text: str, kept: object
) -> None:
    assert kept == cells.read(table("locations").column(key), text, NL)


def test_few_edits_come_at_once_and_many_in_parts_that_a_sort_does_not_lead_astray(
    model: FrameModel,
) -> None:
    chosen = block(range(2), range(2))
    assert isinstance(block_edits.in_parts(block_edits.cleared(model, chosen)), tuple)
    rows = [model.row_number(row) for row, _ in chosen]
    late = block_edits.cleared(model, chosen)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert rows == [edit.row for edit in late]
    many = [DropRow("occupancy", row) for row in range(block_edits.MANY + 1)]
    parts: Any = list(block_edits.in_parts(iter(many)))
    assert [block_edits.MANY, 1] == [len(part) for part in parts]
    assert many == [edit for part in parts for edit in part]


@pytest.mark.parametrize(
    ("values", "following"),
    [
        ((5,), (5, 5)),  # one value comes again
        ((10, 20), (30, 40)),  # even steps go on
        ((1, 2, 4), (1, 2)),  # uneven ones come again
        ((0.5, 0.75), (1, 1.25)),
        (("a", "b"), ("a", "b")),
        ((None, 3), (None, 3)),  # an empty cell is not 0
        ((dt.date(2026, 11, 1), dt.date(2026, 12, 1)), (dt.date(2027, 1, 1), dt.date(2027, 2, 1))),
        (
            (dt.date(2026, 11, 5), dt.date(2026, 12, 5)),
            (dt.date(2026, 11, 5), dt.date(2026, 12, 5)),
        ),
    ],
)
def test_a_fill_goes_on_as_a_spreadsheet_does(
    values: tuple[RawValue | None, ...], following: tuple[RawValue | None, ...]
) -> None:
    gives = gone_on(values)
    assert following == (gives(0), gives(1))


def test_a_fill_down_goes_on_in_each_column_by_itself(model: FrameModel) -> None:
    people = [each.key for each in model.columns].index("people")
    (edit, *others) = block_edits.filled_on(
        model, (range(1), range(people, people + 1)), (range(3), range(people, people + 1))
    )
    assert isinstance(edit, SetCell)
    assert (model.row_number(1), "people", model.cell(0, people)) == (
        edit.row, edit.column, edit.value
    )  # fmt: skip
    assert 1 == len(others)


def test_what_is_replaced_is_read_as_if_it_were_typed(model: FrameModel) -> None:
    columns = [each.key for each in model.columns]
    people = columns.index("people")
    places = block(range(model.rowCount()), range(len(columns)))
    before = str(model.cell(0, people))
    edits = block_edits.replaced(model, places, before, "777", NL)
    first = next(each for each in edits if isinstance(each, SetCell) and each.column == "people")
    assert 777 == first.value
    assert () == block_edits.replaced(model, places, "is not there", "x", NL)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Opvanglocatie\tDoelgroep\tAantal bewoners\nL01\tgezin\t12\n", True),
        ("Locatie\tGezin\tmannen\nL01\t3\t4\n", True),
        ("Peildatum\tLocatie\tGroep\tPersonen\n30-6-2026\tL01\tfamilies\t12\n", False),  # ours
        ("2026-06-30\tL01\tfamilies\t12\n2026-06-30\tL02\tfamilies\t3\n", False),  # no titles
        ("L01\tfamilies\nL02\tsingle_men\n", False),
        ("azc\topen\n12\t3\n", False),  # values, no titles
        ("Opvanglocatie\tDoelgroep\n", False),  # nothing below
    ],
)
def test_titles_of_another_layout_are_told_from_what_is_to_be_pasted(
    model: FrameModel, text: str, *, other: bool
) -> None:
    assert other is block_edits.is_of_another_layout(model, 0, text)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.importing.mapping import OPEN, ImportMapping, read_mapping, write_mapping
from planner.importing.suggestion import Proposal, asked
from planner.importing.verbs import Imported, import_files, proposed, question_record, read_files
from planner.importing.words import columns_as, listed_as
from planner.input.book import Book
from tests.planner.importing.shape import Shape
from tests.planner.importing.shapes import SHAPES, THE_THREE
from tests.tables import coded


@pytest.fixture(scope="session")
def demo() -> Book:
    return read_seed_book("demo_small")


def answered(proposal: Proposal, shape: Shape, book: Book) -> ImportMapping:
    """Answer what only the keeper of a workbook knows; words are then asked again."""
    mapping = proposal.mapping
    for each in proposal.questions:
        answers = shape.answers
        if each.part >= 0 and each.column in answers:
            mapping = mapping.with_constant(each.part, each.column, answers[each.column])
        elif each.written.casefold() in answers:
            mapping = mapping.with_meaning(
                each.about, each.written, answers[each.written.casefold()]
            )
    return asked(proposal.files, book, mapping, Language.NL).mapping


def taken(imported: Imported, table: str) -> dict[Any, Any]:
    keys = {
        "occupancy": ["date", "location", "group"],
        "locations": ["id"],
        "forecast": ["scenario", "month", "group"],
        "inflow": ["scenario", "month", "stream"],
        "provinces": ["province"],
    }[table]
    figure = {"locations": "beds", "provinces": "task"}.get(table, "people")
    return {
        (tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]): row[figure]
        for row in coded(imported.incoming, table)
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda each: each.name)
def test_a_workbook_as_people_keep_it_is_read_without_retyping(
    shape: Shape, tmp_path: Path, demo: Book
) -> None:
    path = shape.write(tmp_path)
    before = path.read_bytes()
    read = read_files([path])
    proposal = proposed(read, demo, Language.NL)
    mapping = answered(proposal, shape, demo)

    imported = import_files(read, mapping, demo, Language.NL)

    assert [] == [each.line(Language.EN) for each in imported.findings if each.severity == "error"]
    found = taken(imported, shape.table)
    assert shape.expected.items() <= found.items(), found
    assert before == path.read_bytes()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda each: each.name)
def test_the_mapping_used_is_a_file_that_reads_the_same(
    shape: Shape, tmp_path: Path, demo: Book
) -> None:
    read = read_files([shape.write(tmp_path)])
    proposal = proposed(read, demo, Language.NL)
    mapping = answered(proposal, shape, demo)
    kept = tmp_path / "m.json"

    write_mapping(kept, mapping, [question_record(each) for each in proposal.questions])

    assert mapping == read_mapping(kept)


def test_the_gallery_has_forty_shapes_and_the_three_that_did_not_get_in() -> None:
    assert len(SHAPES) >= 40
    assert set(map(id, THE_THREE)) <= set(map(id, SHAPES))


def test_only_a_shapes_keeper_is_asked_and_of_most_shapes_nothing(
    tmp_path: Path, demo: Book
) -> None:
    open_counts = [
        proposed(read_files([each.write(tmp_path)]), demo, Language.NL).open_count
        for each in SHAPES
    ]

    assert [len(each.answers) for each in SHAPES] >= open_counts
    assert open_counts.count(0) >= len(SHAPES) - 8


def test_a_part_that_is_open_imports_nothing(tmp_path: Path, demo: Book) -> None:
    (weekly, *_) = THE_THREE
    read = read_files([weekly.write(tmp_path)])
    proposal = proposed(read, demo, Language.NL)
    assert OPEN == proposal.mapping.parts[1].fields["group"].value

    imported = import_files(read, replace(proposal.mapping), demo, Language.NL)

    assert imported.errors
    assert "occupancy" not in imported.incoming.tables


def test_a_kind_with_another_word_between_brackets_is_what_both_can_be() -> None:
    both = ("emergency_fixed", "emergency_tent")
    assert both == listed_as("locations.type", "noodopvang")
    assert ("emergency_fixed",) == listed_as("locations.type", "noodopvang (boot)")
    assert ("crisis",) == listed_as("locations.type", "CNO (gemeente X)")
    assert () == listed_as("locations.type", "boot (tent)")
    assert {("locations", "municipality")} <= set(columns_as("Plaats (gemeente)"))

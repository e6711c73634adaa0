"""A number with what it counts: one fault, two faults, in either language."""

from __future__ import annotations

import pytest

from planner.core.texts import Language, catalogue, say


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 rijen van de tabel zijn verborgen"),
        (1, "1 rij van de tabel is verborgen"),
        (2, "2 rijen van de tabel zijn verborgen"),
        (1001, "1.001 rijen van de tabel zijn verborgen"),
    ],
)
def test_one_is_told_from_more(count: int, said: str) -> None:
    assert say("look.hidden_rows", Language.NL, count=count, row=3).startswith(said)


def test_each_number_of_a_sentence_has_its_own_word() -> None:
    said = say("window.status.errors", Language.EN, errors=1, remarks=3)
    assert "1 error, 3 remarks" == said


@pytest.mark.parametrize("count", ["1", 1, 1.0])
def test_a_number_counts_however_it_was_written(count: object) -> None:
    assert "1 bed" == say("window.count.beds", Language.NL, count=count)


def test_what_is_counted_has_a_word_for_one_and_one_for_more() -> None:
    keys = [key for key in catalogue() if key.startswith("window.count.")]
    assert keys
    for key in keys:
        for language in Language:
            one, more = (say(key, language, count=count) for count in (1, 2))
            assert one.startswith("1 "), key
            assert more.startswith("2 "), key
            assert "|" not in one + more, key


def test_texts_are_gone_through_in_one_order_whichever_was_asked_for_first() -> None:
    """Two units are called the same in Dutch: the order says which a title is read back as."""
    first, second = (catalogue.__wrapped__() for _ in range(2))
    assert first["unit.people"].nl == first["unit.persons"].nl == "personen"
    assert second["window.title"]
    assert second["rules.standing"]
    assert list(first) == list(second)

from __future__ import annotations

import pickle
from types import MappingProxyType

import pandas as pd
import pytest

from planner.jobs.transport import PIECE, pack, unpack

LONG = PIECE * 3 + 7


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"a": (1, 2)},
        dict.fromkeys(range(LONG), "x"),
        MappingProxyType({(row, 1): row for row in range(LONG)}),
        list(range(LONG)),
        tuple(range(LONG)),
        {"deep": [tuple(range(LONG)), MappingProxyType({"few": 1})]},
    ],
)
def test_a_parcel_brings_back_what_was_packed(value: object) -> None:
    back = unpack(pack(value))
    assert value == back
    assert type(value) is type(back)


def test_a_long_table_comes_back_with_its_rows_and_index() -> None:
    frame = pd.DataFrame(
        {"a": pd.Series(range(LONG), dtype=object), "b": pd.Series([None] * LONG, dtype=object)},
        index=range(5, LONG + 5),
    )
    pd.testing.assert_frame_equal(frame, unpack(pack({"table": frame}))["table"])


def test_no_piece_is_much_longer_than_its_share() -> None:
    cells = {(row, column): f"{row}-{column}" for row in range(2000) for column in range(10)}
    whole = len(pickle.dumps(cells))
    assert max(map(len, pack(cells))) < whole / 15


def test_a_book_comes_back_whole(small_book: object) -> None:
    back = unpack(pack(small_book))
    assert list(small_book.tables) == list(back.tables)  # type: ignore[attr-defined] # a Book
    for key, sheet in small_book.tables.items():  # type: ignore[attr-defined] # a Book
        pd.testing.assert_frame_equal(sheet.frame, back.tables[key].frame)
        assert sheet.table is back.tables[key].table or sheet.table == back.tables[key].table


def test_texts_are_kept_in_one_way_whatever_is_installed(small_book: object) -> None:
    assert small_book is not None
    assert "python" == pd.array(["a"], dtype="string").dtype.storage

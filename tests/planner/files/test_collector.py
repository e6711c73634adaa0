"""What a file is read with is let go, though the search for it is put off."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from planner import api
from planner.core.collector import collect_put_off, without_collecting
from planner.files.reading import read_workbook
from tests.planner.files.rich import write_rich


class Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_without_collecting_goes_when_nobody_waits() -> None:
    gc.collect()
    with without_collecting():
        seen = weakref.ref(Ring())
    assert seen() is not None
    gc.collect(1)  # of the young ones, as comes by itself: it is not among them
    assert seen() is not None

    collect_put_off()

    assert seen() is None


def test_what_leaves_no_cycles_asks_for_no_search() -> None:
    collect_put_off()
    with without_collecting(leaves_cycles=False):
        seen = weakref.ref(Ring())

    collect_put_off()

    assert seen() is not None  # a search would have found it


def test_a_plan_is_made_without_a_search(tmp_path: Path) -> None:
    book = read_workbook(write_rich(tmp_path / "in.xlsx"))
    searched: list[str] = []

    def note(phase: str, info: dict[str, int]) -> None:
        searched.append(f"{phase} {info}")

    usual = gc.get_threshold()
    gc.set_threshold(50, 2, 2)
    gc.callbacks.append(note)
    try:
        found = api.plan(book).found
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*usual)

    assert found
    # One that began, and ended: with what was made since the plan stood.
    assert len(searched) <= 2
    assert gc.isenabled()

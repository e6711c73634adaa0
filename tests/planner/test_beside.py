from __future__ import annotations

import threading

import pytest

from planner.core import beside
from planner.core.beside import begun_beside


def test_what_was_begun_beside_is_worked_out_once_in_another_thread() -> None:
    threads: list[int] = []

    def work() -> str:
        threads.append(threading.get_ident())
        return "named"

    wait = begun_beside(work)
    assert "named" == wait()
    assert "named" == wait()
    (thread,) = threads
    assert threading.get_ident() != thread


def test_what_goes_wrong_beside_is_told_to_whoever_waits() -> None:
    def work() -> str:
        raise ValueError("no names")

    wait = begun_beside(work)
    with pytest.raises(ValueError, match="no names"):
        wait()


def test_without_a_thread_whoever_waits_works_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> int:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(beside, "start_new_thread", none_left)
    assert 3 == begun_beside(lambda: 3)()

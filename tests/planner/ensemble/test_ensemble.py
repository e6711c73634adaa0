"""An ensemble: the same whoever works it out, gone on with where it was stopped, told in words."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language
from planner.ensemble.ensemble import Ensemble, ensemble
from planner.ensemble.executors import MemberExecutor, ProcessExecutor, SerialExecutor
from planner.ensemble.member import Member, Task
from planner.ensemble.prepared import Kept
from planner.ensemble.trial import Trial
from planner.ensemble.words import sentences
from planner.forecast.futures import ForecastPath
from planner.input.case import Case
from planner.margin.stress import People
from tests.rules.cases import JUL, candidate, case, group, location
from tests.tables import about

DUBLIN = group("dublin", "dol", "regular")
MEN = group("men")
SHUT: Kept = {("open", "new"): 0.0}


def planned() -> Case:
    """Ten men and four in Dublin, in ten beds and four DOL places; ten more beds are not opened."""
    return case(
        location(beds=14, dol_beds=4, dol_prepared=4),
        candidate(beds=10, opening_cost=1.0),
        groups=[MEN, DUBLIN],
        people={"men": 10.0, "dublin": 4.0},
        occupancy_norm=1.0,
    )


def paths() -> list[ForecastPath]:
    """Men from 6 to 14 and Dublin from 3 to 5, in the low and the high forecast."""
    return [
        ForecastPath({("men", JUL): men, ("dublin", JUL): dublin}, part)
        for men, dublin, part in ((6.0, 3.0, 0.1), (10.0, 4.0, 0.5), (14.0, 5.0, 0.9))
    ]


def made(
    executor: MemberExecutor,
    count: int = 8,
    file: Path | None = None,
    tell: Callable[[int], None] | None = None,
) -> Ensemble:
    return ensemble(
        planned(), SHUT, paths(), count, seed=3, executor=executor, file=file, tell=tell
    )


def test_who_has_no_place_is_who_comes_beyond_the_beds() -> None:
    """Fourteen beds: of so many people that are present more, so many are without a place."""
    found = made(SerialExecutor())

    assert () == found.failed
    for each in found.members:
        people = sum(found.people[each.number].values())
        assert about(max(0.0, people - 14.0)) == each.measures["unplaced"]
    broken = {each.number for each in found.broken}
    assert broken == {n for n, p in enumerate(found.people) if sum(p.values()) > 14.5}


def test_dol_needed_is_who_is_in_dublin_in_the_busiest_month() -> None:
    found = made(SerialExecutor(), 40)

    needs = [people["dublin", JUL] for people in found.people]
    assert [about(each) for each in needs] == found.dol_needs.tolist()
    assert sum(each <= 4.0 for each in needs) / 40 == found.fits(4.0)
    assert 1.0 == found.fits(100.0)


def test_what_breaking_futures_share_is_told_by_group() -> None:
    found = made(SerialExecutor(), 20)

    assert {"men", "dublin"} == {each.group for each in found.shared}
    assert all(each.where_broken > 0 > each.elsewhere for each in found.shared)
    told = [each.text(Language.EN) for each in sentences(found, (4.0,))]
    assert any("the plan breaks: more people are without a place than planned" in t for t in told)
    assert any(each.startswith("Where the plan breaks, the group “men” is +") for each in told)
    assert any(
        each.startswith("So many DOL places are enough in every month: 4: in") for each in told
    )


def test_every_member_is_what_a_cold_run_gives() -> None:
    found = made(SerialExecutor(), 5)

    trial = Trial(planned(), SHUT)
    for each in found.members:
        cold = trial.cold(found.people[each.number])
        assert {name: about(value) for name, value in cold.levels.items()} == each.levels


def test_two_processes_of_which_one_is_killed_give_the_same(tmp_path: Path) -> None:
    alone = made(SerialExecutor(), 6)
    killed: list[int] = []

    def kill_one(ids: Sequence[int]) -> None:
        if not killed:
            killed.append(ids[0])
            os.kill(ids[0], signal.SIGKILL)

    file = tmp_path / "out.xlsx.members"
    found = made(ProcessExecutor(2, kill_one), 6, file)

    assert 1 == len(killed)
    assert alone.members == found.members
    assert not file.exists()


class Stops:
    """A executor that stops after so many members."""

    def __init__(self, after: int) -> None:
        self._after = after

    def members(
        self, task: Task, futures: Mapping[int, People], cancel: CancelToken | None
    ) -> Iterator[Member]:
        for done, each in enumerate(SerialExecutor().members(task, futures, cancel)):
            if done == self._after:
                raise CancelledError
            yield each


class Counts:
    """A executor that keeps which members it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def members(
        self, task: Task, futures: Mapping[int, People], cancel: CancelToken | None
    ) -> Iterator[Member]:
        self.asked += list(futures)
        yield from SerialExecutor().members(task, futures, cancel)


def test_what_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx.members"
    with pytest.raises(CancelledError):
        made(Stops(3), 6, file)
    with file.open("a", encoding="utf-8") as cut_short:
        cut_short.write('{"number": 3, "lev')

    rest = Counts()
    assert made(SerialExecutor(), 6).members == made(rest, 6, file).members
    assert [3, 4, 5] == rest.asked


def test_members_of_another_input_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx.members"
    with suppress(CancelledError):
        made(Stops(3), 6, file)

    with pytest.raises(UnusableInputError, match="another input"):
        ensemble(planned(), SHUT, paths(), 6, seed=4, executor=SerialExecutor(), file=file)
    file.write_text("something else", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="another input"):
        made(SerialExecutor(), 6, file)


class Fails:
    """A executor at which one member fails."""

    def members(
        self, task: Task, futures: Mapping[int, People], cancel: CancelToken | None
    ) -> Iterator[Member]:
        for each in SerialExecutor().members(task, futures, cancel):
            yield Member(each.number, {}, {}, "no luck") if each.number == 1 else each


def test_a_member_that_fails_is_told_and_counted() -> None:
    found = made(Fails(), 4)

    assert (1, 3) == (len(found.failed), len(found.done))
    told = [each.text(Language.EN) for each in sentences(found, ())]
    assert "1 future could not be worked out and does not count: no luck" in told


def test_it_stops_when_asked_to() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        ensemble(planned(), SHUT, paths(), 4, seed=0, executor=SerialExecutor(), cancel=token)


class CancelledAtALook(CancelToken):
    """A token that is cancelled once it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    @property
    def cancelled(self) -> bool:
        self._looks -= 1
        return self._looks < 0


def test_a_member_that_is_stopped_midway_has_not_failed(tmp_path: Path) -> None:
    """Wherever it is stopped, what stands in the file is done, and going on gives the same."""
    whole = made(SerialExecutor())
    for looks in range(2, 100, 7):
        file = tmp_path / f"members-{looks}"
        with pytest.raises(CancelledError):
            ensemble(
                planned(),
                SHUT,
                paths(),
                8,
                seed=3,
                executor=SerialExecutor(),
                file=file,
                cancel=CancelledAtALook(looks),
            )
        assert whole.members == made(SerialExecutor(), file=file).members


def test_ctrl_c_in_a_terminal_ends_no_process_that_works_members_out() -> None:
    """It reaches every process at once, also one that is starting; who started them ends them."""
    begun: list[Sequence[int]] = []

    def interrupt(ids: Sequence[int]) -> None:
        begun.append(ids)
        for each in ids:
            os.kill(each, signal.SIGINT)

    found = made(ProcessExecutor(2, interrupt))

    assert 1 == len(begun)
    assert made(SerialExecutor()).members == found.members

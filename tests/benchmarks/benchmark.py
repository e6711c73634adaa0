"""`Benchmark`: a named measurement; `Bench`: what the measurements of one run share."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from planner import api
from planner.core.texts import Language
from planner.input.book import Book
from planner.result.plan import Plan
from tests.benchmarks.doubled import doubled

KB_PER_MB = 1024.0
LARGE_ROWS = 20_000


@dataclass(frozen=True)
class Benchmark:
    """A measurement: its name, its unit (a ratio within one run where it has none), what it does.

    `measure` returns the value; what a name means does not change.
    """

    name: str
    unit: str
    about: str
    measure: Callable[[Bench], float]


class NotInstalledError(Exception):
    """What is measured against is not there: told, and no failure."""


@dataclass(frozen=True)
class Run:
    """What a run of the program took: wall time and largest memory."""

    seconds: float
    peak_mb: float


@dataclass(frozen=True)
class Phased:
    """A plan's phases in seconds, how it ended, and its problem's size: nonzeros in its rows."""

    phases: dict[str, float]
    ending: str
    size: int


class Bench:
    """The national demo as a file, its plan, its level models: each made once, when needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._phased: dict[tuple[str, ...], Phased] = {}

    @cached_property
    def workbook(self) -> Path:
        """The national demo as a workbook."""
        path = self.folder / "national.xlsx"
        api.save_book(path, api.open_demo("national"), Language.NL)
        return path

    @cached_property
    def small_workbook(self) -> Path:
        """The small demo as a workbook."""
        path = self.folder / "small.xlsx"
        api.save_book(path, api.open_demo("small"), Language.NL)
        return path

    @cached_property
    def double_workbook(self) -> Path:
        """The national demo twice beside itself, over 36 months, as a workbook."""
        path = self.folder / "double.xlsx"
        api.save_book(path, doubled(), Language.NL)
        return path

    @cached_property
    def plan_workbook(self) -> Path:
        """The national plan as a workbook."""
        _ = self.planned
        return self.folder / "plan.xlsx"

    @cached_property
    def large_workbook(self) -> Path:
        """The national demo with counts of earlier days: 20,000 rows on one sheet."""
        path = self.folder / "large.xlsx"
        api.save_book(path, with_earlier_counts(api.open_demo("national")), Language.NL)
        return path

    @cached_property
    def planned(self) -> Run:
        """The run of `plan` on it in shares of locations, file to file, in its own process."""
        return self._plan("plan.xlsx")

    @cached_property
    def levels(self) -> tuple[Path, ...]:
        """The models of its levels, in the order solved."""
        models = self.folder / "models"
        self._plan("models.xlsx", "--model-dir", str(models))
        return tuple(sorted(models.glob("*.mps")))

    @cached_property
    def side_by_side(self) -> tuple[float, float, float]:
        """Seconds of planning one scenario, of three, and of opening a comparison of six plans."""
        one, three, six = self.child("side_by_side", str(self.workbook))
        return float(one), float(three), float(six)

    @cached_property
    def asked(self) -> tuple[float, list[dict[str, float]]]:
        """Seconds of a plan made cold, and of each of sixty what-if answers by what was timed."""
        found = self.child("asking", str(self.workbook))
        return float(found["cold_s"]), found["asked"]

    @cached_property
    def book(self) -> Book:
        """The national demo as the program holds it."""
        return api.open_workbook(self.workbook)

    @cached_property
    def plan(self) -> Plan:
        """Its plan as the program holds it."""
        return api.plan(self.book)

    def phased(self, workbook: Path, *given: str) -> Phased:
        """Return the phases of a workbook's plan, measured once for each way of planning it."""
        key = (str(workbook), *given)
        if key not in self._phased:
            print(f"phases of {workbook.stem} {' '.join(given)}", file=sys.stderr, flush=True)
            self._phased[key] = Phased(**self.child("phases", *key))
        return self._phased[key]

    def _plan(self, output: str, *options: str) -> Run:
        target = str(self.folder / output)
        given = (str(self.workbook), "--fractions", "--out", target)
        return timed("-m", "planner", "plan", *given, *options)

    def child(self, module: str, *given: str) -> Any:
        """Run a module of this folder without a screen and return what it prints, read as JSON."""
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *given]
        done = subprocess.run(  # noqa: S603 - ourselves
            command, env=_surroundings(self.folder), check=True, stdout=subprocess.PIPE
        )
        return json.loads(done.stdout.splitlines()[-1])


def with_earlier_counts(book: Book) -> Book:
    """Return the book with its occupancy told for as many earlier weeks as make 20,000 rows."""
    now = book.tables["occupancy"]
    weeks = range(-(-LARGE_ROWS // len(now.frame)))
    counts = [now.frame.assign(date=now.frame["date"] - dt.timedelta(weeks=week)) for week in weeks]
    frame = pd.concat(reversed(counts), ignore_index=True).astype(object)
    frame.index += now.header_row + 1
    return book.with_table(now.with_frame(frame))


def timed(*arguments: str) -> Run:
    """Run the interpreter with arguments and return what that took; a failure is an error."""
    command = [sys.executable, *arguments, "--quiet"]
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begun
    # Told to the object too, which would otherwise wait for a child that is gone.
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Run(seconds, usage.ru_maxrss / KB_PER_MB)


def _surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a child: no screen, settings of its own, modules compiled once.

    An installed program is compiled; a checkout is not where Python may not write beside it.
    """
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    own |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    kept = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **own}

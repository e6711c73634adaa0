"""Kill a working window at any moment, again and again: nothing that was done may be lost.

After each kill every workbook is read as a whole, and the next start is held against what the last
one said: it comes back with the very state that was seen last, or with that of the one thing that
was under way, in the file that the work was saved in last.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from planner import api
from planner.core.texts import Language
from tests.ui.killed.window_that_dies import BOOKS, seen_in

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("OPVANGPLAN_KILLS", "10"))
UP_S, AT_S = 120.0, 120.0
SEED = 20261128


@dataclass
class Known:
    """What a user of the killed windows knows: the state and the file, and what is under way."""

    whole: str = ""
    path: str = ""
    wholes: set[str] = field(default_factory=set)  # every state that was ever seen
    name: str = ""  # that the edit under way writes
    walks: bool = False  # whether taking back or doing again is under way
    target: str = ""  # of the save under way
    acknowledged: int = 0
    lately: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, told: dict[str, Any]) -> None:
        self.lately = [*self.lately, told][-12:]
        match told["kind"]:
            case "did":
                self.whole, self.name, self.walks = told["whole"], "", False
                self.wholes.add(self.whole)
                self.acknowledged += 1
            case "doing" if "name" in told:
                self.name = told["name"]
            case "doing" if "walk" in told:
                self.walks = True
            case "doing":
                self.target = told["path"]
            case "wrote":
                self.path, self.target = told["path"], ""

    def short(self) -> str:
        """Return it without the states of long ago, to be read by who mends a fault."""
        lately = "\n".join(map(str, self.lately))
        return f"{self.whole} {self.path} {self.name=} {self.walks=} {self.target=}\n{lately}"

    def may_be(self, seen: dict[str, Any]) -> bool:
        """Whether a state is the one seen last, or that of what was under way."""
        if seen["whole"] == self.whole or seen["name"] == self.name:
            return True
        return self.walks and seen["whole"] in self.wholes


class Run:
    """One window until it is killed."""

    def __init__(self, folder: Path, home: Path, seed: int) -> None:
        kinds = ("DATA", "CONFIG", "CACHE")
        places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}
        self.complaint = home / "complaint"
        self._errors = self.complaint.open("w", encoding="utf-8")
        self.process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "tests.ui.killed.window_that_dies", str(folder), str(seed)],
            cwd=ROOT,
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.heard: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.heard.append(json.loads(line))
        self.process.stdout.close()
        self._errors.close()

    def wait_for(self, kind: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            if any(each["kind"] == kind for each in self.heard):
                return
            time.sleep(0.005)
        raise AssertionError(f"no {kind}: {self.heard[-3:]} {self.died()}")

    def kill(self) -> str:
        self.process.send_signal(signal.SIGKILL)
        return self.died()

    def died(self) -> str:
        """Return what the process complained of, once it is gone."""
        self.process.wait(30)
        self._thread.join(30)
        return self.complaint.read_text(encoding="utf-8")


def runs(folder: Path, home: Path) -> Iterator[Run]:
    for kill in range(KILLS):
        run = Run(folder, home, SEED + kill)
        try:
            yield run
        finally:
            run.kill()


def whole_files(folder: Path) -> None:
    """Read every workbook of the folder."""
    for path in folder.glob("[!.]*.xlsx"):
        assert api.open_workbook(path).frame("locations").shape[0]


def saved_last(known: Known) -> Path:
    """Return the file that the work is in: where it was being saved, once it stands there."""
    if known.target and known.may_be(seen_in(api.open_workbook(Path(known.target)))):
        return Path(known.target)
    return Path(known.path)


def judge_start(known: Known, run: Run) -> None:
    """Hold what a window came back with against what is known."""
    at = next((each for each in run.heard if each["kind"] == "at"), None)
    if at is None:
        return  # killed before that: the next one is judged by the same
    about = f"{known.short()}\n{at}\n{run.heard[:3]}"
    assert known.may_be(at), about
    assert at["path"] in {known.path, known.target}, about
    known.path, known.target = at["path"], ""
    known.whole, known.name, known.walks = at["whole"], "", False
    known.wholes.add(known.whole)


@pytest.mark.slow
@pytest.mark.reduced
def test_no_kill_at_any_moment_loses_anything(tmp_path: Path) -> None:
    folder, home, chance = tmp_path / "work", tmp_path / "home", Random(SEED)  # noqa: S311 - no secret
    for each in (folder, home):
        each.mkdir()
    book = api.open_demo("small")
    for name in BOOKS:
        api.save_book(folder / name, book, Language.NL)
    first = seen_in(api.open_workbook(folder / BOOKS[0]))
    known = Known(str(first["whole"]), str(folder / BOOKS[0]))
    known.wholes.add(known.whole)
    judged = 0
    for run in runs(folder, home):
        run.wait_for("up", UP_S)
        if chance.random() < 0.7:  # else it may die while it opens or recovers
            run.wait_for("at", AT_S)
        time.sleep(chance.uniform(0, 2.5))
        complaint = run.kill()
        assert "Traceback" not in complaint, complaint
        judge_start(known, run)
        judged += any(each["kind"] == "at" for each in run.heard)
        found = [each for each in run.heard if each["kind"] == "found"]
        assert all(each["unreadable"] == 0 for each in found), found
        for told in run.heard:
            known.hear(told)
        whole_files(folder)
        (folder / "last").write_text(saved_last(known).name)
    assert judged
    sys.stdout.write(f"{KILLS} kills, {judged} judged, {known.acknowledged} acknowledged\n")

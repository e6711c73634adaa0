"""What must hold of a hostile file: it is read or refused soon, in little memory, in words.

Each is read in a process of its own, which can be ended whatever it is doing.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.case import parse
from tests.fuzz.hostile import hostile, sort_of

LONGEST_S = 10.0
MOST_BYTES = 500_000_000
_KILO = 1024
_MOST_WORK_S = 30  # of processor, after which the system ends it
_READ, _REFUSED, _WRONG = 0, 2, 1
_GIVEN_UP_S = 300  # where it waits for something; how long it works is limited by itself


@dataclass(frozen=True)
class Taken:
    """How a hostile file was read: what is wrong, seconds of processor, most bytes held."""

    sort: str
    fault: str
    refused: bool
    seconds: float
    most_bytes: int


def taken(seed: int) -> Taken:
    """Write the file of a seed, read it, and tell what that took."""
    with tempfile.TemporaryDirectory() as folder:
        _in_child(lambda: _written(seed, Path(folder)))
        (path,) = Path(folder).iterdir()
        status, used = _in_child(lambda: _read(path))
    seconds, most = used.ru_utime + used.ru_stime, used.ru_maxrss * _KILO
    return Taken(sort_of(seed), _fault(status, seconds, most), status == _REFUSED, seconds, most)


def _fault(status: int, seconds: float, most: int) -> str:
    if status < 0 or seconds > LONGEST_S:
        return f"longer than {LONGEST_S:.0f} s"
    if status not in {_READ, _REFUSED}:
        return "neither read nor refused in words"
    return f"{most / 1e6:.0f} MB" if most > MOST_BYTES else ""


def _written(seed: int, folder: Path) -> int:
    hostile(seed, folder)
    return _READ


def _read(path: Path) -> int:
    try:
        book = read_workbook(path)
        for each in (*book.findings, *parse(book).findings):
            each.line(Language.NL)
    except UnusableInputError as refused:
        return _REFUSED if refused.findings else _WRONG
    return _READ


def _in_child(work: Callable[[], int]) -> tuple[int, resource.struct_rusage]:
    """Do something in a child; return how it ended (below 0: by a signal) and what it used."""
    child = os.fork()
    if child == 0:
        ended = _WRONG
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_WORK_S, _MOST_WORK_S))
        try:
            ended = work()
        except BaseException as fault:  # noqa: BLE001 - whatever it is, it is told
            sys.stderr.write(f"{type(fault).__name__}: {str(fault)[:200]}\n")
        finally:
            os._exit(ended)
    until = time.monotonic() + _GIVEN_UP_S
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), used
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            until += _GIVEN_UP_S
        time.sleep(0.005)


def main() -> int:
    """Judge so many files from a seed on; tell which went wrong and what the heaviest took."""
    first, count = map(int, sys.argv[1:])
    found = {seed: taken(seed) for seed in range(first, first + count)}
    wrong = {seed: each for seed, each in found.items() if each.fault}
    for seed, each in wrong.items():
        sys.stdout.write(f"{seed}: {each.sort}: {each.fault}\n")
    longest = max(each.seconds for each in found.values())
    most = max(each.most_bytes for each in found.values())
    refused = sum(each.refused for each in found.values())
    sys.stdout.write(f"{count} files, {len(wrong)} wrong, {refused} refused in words; ")
    sys.stdout.write(f"longest {longest:.1f} s, most {most / 1e6:.0f} MB\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

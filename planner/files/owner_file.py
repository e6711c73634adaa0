"""Who has a file open: the owner file that a window puts beside it, read without a window.

A window's lock stands beside the workbook in the form that Qt gives it: the process, its program,
the machine's name, its id, and the id of its start. Machines that were cloned have one id, so that
a name and a start must be ours before a process is looked for here.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.core.texts import Message, message

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_STILL_ACTIVE, _QUERY = 259, 0x1000  # Windows: of a process that runs, and the right to ask it


@dataclass(frozen=True)
class Holder:
    """Who has a file open: user and machine, and since when.

    `elsewhere` is whether that is another machine, where nobody can see if it still runs; `token`
    is what the holder signed with, empty where nobody signed.
    """

    who: str
    since: dt.datetime
    elsewhere: bool = False
    token: str = ""


def owner_file(path: Path) -> Path:
    """Return the owner file of a workbook: hidden where a dot hides, and of no workbook's kind."""
    full = path.resolve()
    return full.with_name(f".~opvangplan.{full.name}#")


def signature_file(lock: Path) -> Path:
    """Return the file in which the holder of a lock says who that is."""
    return Path(f"{lock}who")


def holder_of(path: Path) -> Holder | None:
    """Return who has a file open; nothing where nobody has, or a crash on this machine had."""
    return holder_in(owner_file(path))


def holder_in(lock: Path) -> Holder | None:
    """Return who holds a lock, as `holder_of` does."""
    named = _named_in(lock)
    if named is None:
        return None
    here = named.machine == _this_machine() and named.since_start
    if here and not _runs(named):
        return None
    machine = named.machine
    said = signed_in(lock)
    try:
        since, who = dt.datetime.fromisoformat(str(said["since"])), str(said["who"])
    except (ValueError, KeyError):
        since, who = dt.datetime.now().astimezone(), f"?@{machine}" if machine else "?"
    return Holder(who, since, not here, str(said.get("token", "")))


def left_by_crash(lock: Path, silent_s: float) -> bool:
    """Whether nobody holds a lock among the program's own files any more.

    Unlike one beside a workbook it is of the same user: a lock from before this machine was started
    again is of a crash, and one of another machine that has been silent for so many seconds too.
    """
    named = _named_in(lock)
    if named is None:
        return True
    if named.machine == _this_machine():
        return not named.since_start or not _runs(named)
    try:
        return time.time() - lock.stat().st_mtime > silent_s
    except OSError:
        return True


@dataclass(frozen=True)
class _Named:
    """What a lock names: a process, its program and machine, and whether in this start of ours."""

    process: str
    program: str
    machine: str
    since_start: bool


def _named_in(lock: Path) -> _Named | None:
    """Return what a lock names; nothing where there is none, empty names where it has no words."""
    try:
        lines = lock.read_text(encoding="utf-8").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as fault:
        if isinstance(fault, OSError) and fault.errno == errno.ENAMETOOLONG:
            return None  # a longer name than the disk takes is of no file
        lines = []
    process, program, machine, _, start = (*lines, *[""] * 5)[:5]
    return _Named(process, program, machine, start in {"", _start() or start})


def open_at(path: Path, holder: Holder, key: str = "file.open_at") -> Message:
    """Return in words who has a file open, and since when."""
    when = f"{holder.since:%Y-%m-%d %H:%M}"
    return message(key, file=str(path), who=holder.who, when=when)


def signed_in(lock: Path) -> dict[str, object]:
    """Return what the holder of a lock says; empty where that cannot be read."""
    import json  # noqa: PLC0415 - a window that starts has nothing to read

    try:
        said = json.loads(signature_file(lock).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _this_machine() -> str:
    """Return the name of this machine."""
    import socket  # noqa: PLC0415 - a window that starts asks for no name

    return socket.gethostname()


def _start() -> str:
    """Return what tells this start of the machine from another; empty where it is not known."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _runs(named: _Named) -> bool:
    """Whether a process of this machine runs, and is still that program where this can be seen."""
    process = named.process
    if not process.isdecimal() or not int(process):
        return True  # not known: whoever looks may take it over in words
    if sys.platform == "win32":
        return _runs_on_windows(int(process))
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    with suppress(OSError):
        running = Path(f"/proc/{process}/exe").readlink().name
        return not named.program or running == named.program
    return True


def _runs_on_windows(process: int) -> bool:
    import ctypes  # noqa: PLC0415 - nothing else needs it

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - not there for a type checker elsewhere
    handle = kernel.OpenProcess(_QUERY, False, process)  # noqa: FBT003 - the system's own order
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE

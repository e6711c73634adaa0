"""What is made once of this very program and kept for all test processes, and for later runs.

It lies below `.pytest_cache`, under a mark of everything that it follows from: another line of the
engine, another figure of the demo or another library, and it is made anew.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tests.code_reading import ROOT

try:
    import fcntl
except ImportError:  # without it two processes may make the same, and one of them for nothing
    fcntl = None  # type: ignore[assignment] # where the system has none

_KEPT = ROOT / ".pytest_cache" / "kept"
_SOURCES = (
    "planner",
    "resources",
    "seeds",
    "tests/kept.py",
    "tests/small_plan.py",
    "tests/planner/conftest.py",
)
_LIBRARIES = ("highspy", "numpy", "openpyxl", "pandas", "scipy", "xlsxwriter")


def kept(name: str, fill: Callable[[Path], None]) -> Path:
    """Return a folder that was filled once; it is read, and changed by nobody."""
    folder = _folder() / name
    with _alone(folder.parent / f"{name}.lock"):
        if not folder.exists():
            fresh = Path(tempfile.mkdtemp(dir=folder.parent))
            fill(fresh)
            fresh.rename(folder)
    return folder


@cache
def _folder() -> Path:
    """Return the folder of this very program; those of earlier ones are taken away."""
    mark = hashlib.sha256()
    for name in _LIBRARIES:
        mark.update(f"{name} {version(name)}\n".encode())
    for file in _files():
        mark.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    folder = _KEPT / mark.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for each in _KEPT.iterdir():
        if each != folder:
            shutil.rmtree(each, ignore_errors=True)
    return folder


def _files() -> Iterator[Path]:
    for name in _SOURCES:
        path = ROOT / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (each for each in found if each.is_file() and each.suffix != ".pyc")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w", encoding="utf-8") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield

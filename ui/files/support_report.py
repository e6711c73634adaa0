"""One file for whoever helps a user: what runs where, what went wrong, nothing of the workbook.

No path, name of a file, name of a sheet of the user's or value of a cell stands in it: tables are
named by the keys that the program gives them, with how many rows each has.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QSettings, qVersion
from PySide6.QtGui import QGuiApplication

from planner import __version__
from planner.files.whole_file import whole_file
from ui.fault_log import NAME
from ui.settings import Settings

LIBRARIES = ("highspy", "matplotlib", "numpy", "openpyxl", "pandas", "scipy", "xlsxwriter")
_LONGEST_LOG = 100_000  # bytes, the newest


@dataclass(frozen=True)
class WindowSummary:
    """What the window knows: its language, the rows of each table, how many plans."""

    language: str
    rows: Mapping[str, int]
    plans: int


def write_support_report(path: Path, folder: Path, standing: WindowSummary) -> None:
    """Write the report; `folder` holds the log. `TargetInUseError` where it cannot be written."""
    with whole_file(path) as draft:
        draft.write_text("\n".join((*_machine(), *_window(standing), *_log(folder))), "utf-8")


def _machine() -> list[str]:
    how = "bundle" if getattr(sys, "frozen", False) else "installed"
    return [
        f"Opvangplan {__version__} ({how})",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"{os.cpu_count()} processors",
        *(f"{name} {_version(name)}" for name in LIBRARIES),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _window(standing: WindowSummary) -> list[str]:
    screens = [
        f"screen {each.size().width()} x {each.size().height()}, scale {each.devicePixelRatio()}"
        for each in QGuiApplication.screens()
    ]
    return [
        "",
        f"platform {QGuiApplication.platformName()}, language {standing.language}",
        *screens,
        f"settings that cannot be read: {', '.join(Settings(QSettings()).unusable()) or '-'}",
        *(f"rows of {key}: {rows}" for key, rows in sorted(standing.rows.items())),
        f"plans: {standing.plans}",
    ]


def _log(folder: Path) -> list[str]:
    """Return the log, which tells places in the program and never a value."""
    kept = [path for path in (folder / f"{NAME}.1", folder / NAME) if path.exists()]
    texts = [path.read_bytes()[-_LONGEST_LOG:].decode("utf-8", "replace") for path in kept]
    return ["", "log:", *(texts or ["-"])]

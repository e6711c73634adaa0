"""The desk: what the window works with, made when first needed, so that the start need not wait.

Session, jobs and commands bring along half of the program; the first paint shows none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.commands import Commands
from ui.dialogs import Asking
from ui.files.journal import Journal
from ui.jobs import Jobs
from ui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.settings import Settings
    from ui.words import Words


@dataclass(frozen=True)
class Services:
    """The open book, the work in the background, and what the user can have done."""

    session: Session
    jobs: Jobs
    commands: Commands


def make_services(parent: QWidget, words: Words, settings: Settings, folder: Path) -> Services:
    """Make the desk of a window; `folder` holds the program's own files."""
    session = Session()
    jobs = Jobs()
    asking = Asking(words)
    asking.parent = parent
    asking.folder = settings.folder
    commands = Commands(session, jobs, words, Journal(folder / "journals"), asking)
    return Services(session, jobs, commands)

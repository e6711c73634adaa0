"""The program's entry: a command, or the window when there is none."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.core.collector import without_collecting

LANGUAGE = "--language"
QT_LIBRARIES = "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libfontconfig1 libdbus-1-3"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; without one, open the window."""
    if getattr(sys, "frozen", False):
        import warnings  # noqa: PLC0415 - as below
        from multiprocessing import freeze_support  # noqa: PLC0415 - most programs start no child

        # Charts in three dimensions are left out of a bundle, and nobody here draws any.
        warnings.filterwarnings("ignore", "Unable to import Axes3D")
        # A frozen child of the window starts here too, and must not go further.
        freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen, rest = _language_first(given)
    if _asks_for_window(rest):
        return _window(rest, chosen)
    before = sys.unraisablehook
    sys.unraisablehook = _told_already
    try:
        with without_collecting(leaves_cycles=False):
            from planner.cli import run  # noqa: PLC0415 - the window starts without the engine

        return run(given)
    except KeyboardInterrupt:  # while the engine was loaded
        _say_both("command.stopped")
        return 130
    finally:
        sys.unraisablehook = before


def _told_already(fault: sys.UnraisableHookArgs) -> None:
    """Keep quiet about a file that could not be closed, for that it could not be written is told.

    A library's half-written zip says it again when it goes; what else cannot be raised is shown.
    """
    if not isinstance(fault.exc_value, OSError):
        sys.__unraisablehook__(fault)


def _language_first(given: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language that is asked for, empty where none is, and the other arguments."""
    rest = list(given)
    for at, each in enumerate(rest):
        name, joined, value = each.partition("=")
        if name == LANGUAGE and (joined or at + 1 < len(rest)):
            value = value if joined else rest.pop(at + 1)
            del rest[at]
            return value, rest
    return "", rest


def _asks_for_window(given: Sequence[str]) -> bool:
    """Whether the arguments are at most a file: a name with an ending, which no command has."""
    if not given:
        return True
    return len(given) == 1 and not given[0].startswith("-") and bool(Path(given[0]).suffix)


def _window(given: Sequence[str], chosen: str) -> int:
    """Open the window, in a language where one is chosen; where Qt is missing, say what to install.

    The choice is for this once: what the user chose in the window stays for the next time.
    """
    from planner.core.texts import Language  # noqa: PLC0415 - commands load it when they run

    if chosen and chosen not in set(Language):
        _say_both("command.no_language", given=chosen)
        return 2
    if given and not Path(given[0]).exists():
        _say_both("command.no_file", file=given[0])
        return 2
    # What starting makes stays; the window looks for what can go once it has been painted.
    gc.disable()
    try:
        from ui import app  # noqa: PLC0415 - commands work without Qt

        fault = app.screen_fault()
    except ImportError as missing:
        fault = str(missing)
    try:
        if fault:
            _say_both("command.no_qt", fault=fault, packages=QT_LIBRARIES)
            return 2
        return app.main(list(given), Language(chosen) if chosen else None)
    finally:
        gc.enable()


def _say_both(key: str, /, **fields: object) -> None:
    """Tell something on standard error in both languages, before any language is chosen."""
    from planner.core.texts import Language, say  # noqa: PLC0415 - who stops this soon hears of it

    for language in Language:
        sys.stderr.write(f"{say(key, language, **fields)}\n")


if __name__ == "__main__":
    sys.exit(main())

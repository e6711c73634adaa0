"""What a command says: results on standard output, everything else on standard error."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from planner.api import CancelToken, Progress
from planner.cli.streams import Output
from planner.core.texts import Language, Message, say, show_number

CLEAR = "\r\x1b[2K"


class Console:
    """Tells results, findings and progress in one language."""

    def __init__(self, language: Language, *, quiet: bool) -> None:
        """Keep the language; `quiet` leaves out progress and closing words."""
        self.language = language
        self.quiet = quiet
        self.output = Output(sys.stdout)
        self._errors = Output(sys.stderr)
        self._bar = not quiet and sys.stderr is not None and sys.stderr.isatty()

    def result(self, line: str) -> None:
        """Write a line of the result."""
        self.output.write(f"{line}\n")

    def tell(self, line: str) -> None:
        """Write a line of everything else."""
        self._clear()
        self._errors.write(f"{line}\n")

    def note(self, key: str, /, **fields: object) -> None:
        """Write a sentence of the catalogue to the result, unless asked to be quiet."""
        if not self.quiet:
            self.result(say(key, self.language, **fields))

    def say(self, told: Message) -> str:
        """Return a message in the console's language."""
        return told.text(self.language)

    def progress(self, at: Progress) -> None:
        """Show on a terminal how far the work has come."""
        self.show(f"{progress_words(at, self.language)} ({at.elapsed_s:.0f} s)")

    def show(self, words: str) -> None:
        """Show on a terminal what is being done, in place of what was shown before."""
        if self._bar:
            self._errors.write(f"{CLEAR}{words}")
            self._errors.flush()

    def finish(self) -> None:
        """Take the progress line away."""
        self._clear()

    def _clear(self) -> None:
        if self._bar:
            self._errors.write(CLEAR)
            self._errors.flush()


def progress_words(at: Progress, language: Language) -> str:
    """Return in words what is being done, or what a level has been settled at."""
    if at.level is not None and at.value is not None:
        level = say(f"progress.level.{at.level}", language)
        return say(
            "progress.settled", language, level=level, value=show_number(at.value, language, 0)
        )
    if at.level is not None:
        return say("progress.solving", language, level=say(f"progress.level.{at.level}", language))
    return say(f"progress.{at.step}", language)


@contextmanager
def stoppable() -> Iterator[CancelToken]:
    """Give a token that Ctrl-C cancels, so that the best plan found can still be written.

    Who presses it again does not want to wait for that: `KeyboardInterrupt`.
    """
    token = CancelToken()

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signals call it
        if token.cancelled:
            raise KeyboardInterrupt
        token.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield token
    finally:
        signal.signal(signal.SIGINT, before)

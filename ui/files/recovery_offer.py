"""Work that a program left behind when it was ended: offered on the start page, one at a time.

What is offered stays so until it is settled: it stands in the window, or the user threw it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.files.journal import Left
    from ui.files.recovery import RecoverableWork, Unreadable
    from ui.services import Services
    from ui.widgets import Notice
    from ui.words import Words


class RecoveryOffer:
    """Offers to get lost work back, or to throw it away."""

    def __init__(self, notice: Notice, words: Words, desk: Callable[[], Services]) -> None:
        """Offer it in a notice; the desk gets it back."""
        self._notice = notice
        self._words = words
        self._desk = desk
        self._left: tuple[Left, ...] = ()
        self._unreadable: tuple[Unreadable, ...] = ()
        self._back = notice.add_button(self._take_first)
        self._away = notice.add_button(self._discard_first)
        words.changed.connect(self.reword)

    def offer(self, found: RecoverableWork) -> None:
        """Offer what was left behind; what cannot be read is told of after that."""
        self._left, self._unreadable = found.left, found.unreadable
        self.reword()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        if not self._left and not self._unreadable:
            self._notice.say("")
            return
        self._notice.say(self._said("start.lost" if self._left else "start.lost.unreadable"))
        key = "start.lost.recover" if self._left else "start.lost.show"
        self._back.setText(self._words.say(key))
        self._away.setText(self._words.say("start.lost.discard"))

    def _said(self, key: str) -> str:
        first = self._first()
        when = f"{self._words.value(first.when.date())} {first.when:%H:%M}"
        if not self._left:
            return self._words.say(key, when=when, folder=first.folder)
        left = self._left[0]
        demo = left.origin.demo if left.origin.path is None else ""
        name = self._words.say(f"demo.{demo}") if demo else left.name
        return self._words.say(key, name=name, when=when, count=len(left.steps))

    def _first(self) -> Left | Unreadable:
        return self._left[0] if self._left else self._unreadable[0]

    def _take_first(self) -> None:
        if self._left:
            left = self._left[0]
            self._desk().commands.recover(left, lambda: self._settle(left))
        else:
            from PySide6.QtCore import QUrl  # noqa: PLC0415 - as where something is thrown away
            from PySide6.QtGui import QDesktopServices  # noqa: PLC0415 - as above

            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._unreadable[0].folder)))

    def _discard_first(self) -> None:
        from ui.files.recovery import discard  # noqa: PLC0415 - loaded when first needed, after the first paint

        key = "start.lost.discard.ask" if self._left else "start.lost.discard.unreadable"
        options = [self._words.say(each) for each in ("start.lost.discard", "ask.unsaved.back")]
        title = self._words.say("start.lost.discard.title")
        first = self._first()
        if self._desk().commands.asking.choose(title, self._said(key), options) == 0:
            discard(first)
            self._settle(first)

    def _settle(self, settled: Left | Unreadable) -> None:
        """Offer this no longer."""
        self._left = tuple(each for each in self._left if each is not settled)
        self._unreadable = tuple(each for each in self._unreadable if each is not settled)
        self.reword()

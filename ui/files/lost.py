"""Work that a program left behind when it was ended: offered on the start page, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.files.recovery import Left
    from ui.pieces import Notice
    from ui.words import Words


class LostWork:
    """Offers to get lost work back, or to throw it away."""

    def __init__(self, notice: Notice, words: Words, recover: Callable[[Left], None]) -> None:
        """Offer it in a notice; `recover` gets it back."""
        self._notice = notice
        self._words = words
        self._recover = recover
        self._left: tuple[Left, ...] = ()
        self._back = notice.add_button(self._take_first)
        self._away = notice.add_button(self._discard_first)
        words.changed.connect(self.reword)

    def offer(self, left: tuple[Left, ...]) -> None:
        """Offer what was left behind."""
        self._left = left
        self.reword()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        if not self._left:
            self._notice.say("")
            return
        left = self._left[0]
        when = f"{self._words.value(left.when.date())} {left.when:%H:%M}"
        count = len(left.steps)
        self._notice.say(self._words.say("start.lost", name=left.name, when=when, count=count))
        self._back.setText(self._words.say("start.lost.recover"))
        self._away.setText(self._words.say("start.lost.discard"))

    def _take_first(self) -> None:
        left, self._left = self._left[0], self._left[1:]
        self.reword()
        self._recover(left)

    def _discard_first(self) -> None:
        from ui.files.recovery import discard  # noqa: PLC0415 - loaded when first needed, after the first paint

        discard(self._left[0])
        self._left = self._left[1:]
        self.reword()

"""The start page: open a workbook, try the demo, take a template, get lost work back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.steps import STEPS
from ui.widgets import Notice, button, heading, muted, plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent, QShowEvent

    from ui.theme import Theme
    from ui.words import Words

FOLDER = 70  # characters of a folder's name; the whole name is in the tip
WIDTH = 160  # characters of the page


def _there(path: Path) -> bool:
    """Whether a file can be found; a drive that answers with a fault has none."""
    try:
        return path.is_file()
    except OSError:
        return False


class Offer(NamedTuple):
    """Something to start with: its texts in the catalogue, its icon, and what it does."""

    key: str
    icon: str
    press: Callable[[], None]


class StartView(QScrollArea):
    """What a user sees first."""

    chosen = Signal(object)  # the path of a recent file
    forgotten = Signal(object)  # the path of a recent file that is to be listed no longer

    def __init__(self, offers: Sequence[Offer], words: Words, theme: Theme) -> None:
        """Show what there is to start with."""
        super().__init__()
        self._words = words
        self._theme = theme
        self._offers = tuple(offers)
        self._title = heading(2.0)
        self._lead = muted()
        self._recent_title = heading(1.2)
        self._steps_title = heading(1.2)
        self._steps = [(heading(1.0), muted()) for _ in STEPS]
        self._recent_box = QGridLayout()  # files, folders and what forgets them below one another
        self._recent_box.setColumnStretch(3, 1)
        self._recent: tuple[Path, ...] = ()
        self._missing: set[Path] = set()
        self.lost = Notice()
        self.doing = Notice("remark")
        self._painted = False
        self._cards = [_OfferCard(each, words, theme) for each in self._offers]
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._page())
        words.changed.connect(self.reword)
        theme.changed.connect(self.reword)
        self.reword()

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the files that were open lately."""
        self._recent = tuple(paths)
        while (item := self._recent_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._look_for_missing()
        for at, path in enumerate(self._recent):
            for column, part in enumerate(self._line(path)):
                self._recent_box.addWidget(part, at, column)
        self._recent_title.setVisible(bool(self._recent))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._look_for_missing():
            self.show_recent(self._recent)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._show_icons)

    def _show_icons(self) -> None:
        """Draw the icons once the page has been seen: what can be read does not wait for them."""
        for each in self._cards:
            each.show_icon()

    def _look_for_missing(self) -> bool:
        """Look which recent files are gone; whether that is another answer than before."""
        before, self._missing = self._missing, {each for each in self._recent if not _there(each)}
        return before != self._missing

    def _forget(self, path: Path) -> None:
        self.forgotten.emit(path)
        self.show_recent([each for each in self._recent if each != path])

    def _line(self, path: Path) -> tuple[QWidget, QWidget, QWidget]:
        """Return a recent file, its folder, and what takes it off the list: all for one gone."""
        missing = path in self._missing
        opener = button(partial(self.chosen.emit, path))
        opener.setText(path.name)
        opener.setEnabled(not missing)
        where = muted()
        where.setWordWrap(False)
        metrics = self.fontMetrics()
        folder = metrics.elidedText(
            str(path.parent), Qt.TextElideMode.ElideMiddle, metrics.averageCharWidth() * FOLDER
        )
        where.setText(self._words.say("start.recent.missing", folder=folder) if missing else folder)
        opener.setToolTip(str(path))
        opener.setAccessibleDescription(where.text())
        away = button(partial(self._forget, path))
        away.setText(self._words.say("start.recent.forget"))
        away.setAccessibleName(self._words.say("start.recent.forget.name", name=path.name))
        away.setFlat(True)
        return opener, where, away

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("start.title"))
        self._lead.setText(self._words.say("start.lead"))
        self._recent_title.setText(self._words.say("start.recent"))
        self._steps_title.setText(self._words.say("start.steps"))
        for step, (name, about) in zip(STEPS, self._steps, strict=True):
            name.setText(self._words.say(f"step_{step}"))
            about.setText(self._words.say(f"start.step_{step}"))
        for each in self._cards:
            each.reword()
        if self._painted:
            self._show_icons()
        self.show_recent(self._recent)

    def _page(self) -> QWidget:
        page = QWidget()
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDTH)
        box = QVBoxLayout(page)
        box.setContentsMargins(32, 28, 32, 28)
        box.setSpacing(12)
        for each in (self._title, self._lead, self.doing, self.lost):
            box.addWidget(each)
        grid = QGridLayout()
        grid.setSpacing(14)
        for at, card in enumerate(self._cards):
            grid.addWidget(card, at // 2, at % 2)
        # Who comes back goes on; the demos are for who comes for the first time.
        box.addWidget(self._recent_title)
        box.addLayout(self._recent_box)
        box.addLayout(grid)
        box.addWidget(self._steps_title)
        box.addLayout(self._steps_grid())
        box.addStretch(1)
        outer = QWidget()
        frame = QGridLayout(outer)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(page, 0, 1)
        frame.setColumnStretch(0, 1)
        frame.setColumnStretch(1, 8)
        frame.setColumnStretch(2, 1)
        return outer

    def _steps_grid(self) -> QGridLayout:
        """Return what each step is for, beside one another: the page for who opens it first."""
        made = QGridLayout()
        made.setHorizontalSpacing(24)
        for at, (name, about) in enumerate(self._steps):
            made.addWidget(name, 0, at, Qt.AlignmentFlag.AlignTop)
            made.addWidget(about, 1, at, Qt.AlignmentFlag.AlignTop)
            made.setColumnStretch(at, 1)
        return made


class _OfferCard(QFrame):
    """A card with a button and a line that says what it does."""

    def __init__(self, offer: Offer, words: Words, theme: Theme) -> None:
        super().__init__()
        self._offer = offer
        self._words = words
        self._theme = theme
        self.setProperty("card", "true")
        self.press = button(offer.press, main=offer.icon == "demo")
        self._remark = plain_label()
        self._remark.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(self.press, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._remark)
        box.addStretch(1)

    def show_icon(self) -> None:
        colours = self._theme.colours
        main = self._offer.icon == "demo"
        self.press.setIcon(
            self._theme.mark(self._offer.icon, colours.on_accent if main else colours.text)
        )

    def reword(self) -> None:
        self.press.setText(self._words.say(f"start.{self._offer.key}"))
        self._remark.setText(self._words.say(f"start.{self._offer.key}.remark"))
        self.press.setAccessibleDescription(self._remark.text())

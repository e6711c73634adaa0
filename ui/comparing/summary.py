"""What a comparison says in sentences, the most important first, plan by plan."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from ui.comparing.columns import plan_called
from ui.comparing.page import Page
from ui.widgets import heading, muted

if TYPE_CHECKING:
    from ui.comparing.work import ComparisonWork
    from ui.view import Context


class SummaryPage(Page):
    """A heading for every plan beside the base, with what is otherwise in it."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Show the sentences of a comparison."""
        super().__init__(context, work)
        self._title = heading(1.3)
        self._base = muted()
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.lay_out(
            self._title,
            self._base,
            self.text,
            fills=self.text,
        )
        self.follow()

    def fill(self) -> None:
        """Show the comparison that there is."""
        self._title.setText(self._words.say("comparison.words.title"))
        self.text.setAccessibleName(self._title.text())
        shown = self._work.shown
        if shown is None:
            return
        self._base.setText(
            self._words.say("comparison.words.base", base=plan_called(shown.names[0], self._words))
        )
        parts = []
        for at, name in enumerate(shown.names[1:], start=1):
            told = [self._words.tell(sentence) for about, sentence in shown.words if about == name]
            lines = "".join(f"<li>{escape(each)}</li>" for each in told)
            parts.append(f"<h3>{at}: {escape(plan_called(name, self._words))}</h3><ul>{lines}</ul>")
        self.text.setHtml("".join(parts))

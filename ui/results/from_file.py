"""Results that nobody recomputed here: says so above them, and whether they hold when recomputed.

They came from a file, or of a calculation that was stopped.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from planner.core.texts import Language, Message, Text, message, show_date
from planner.jobs.requests import Failed, Recompute
from ui.jobs import Job, Jobs
from ui.session import Change, Made, Session
from ui.widgets import Notice

if TYPE_CHECKING:
    from ui.words import Words


ASK_AFTER_MS = 500  # the answer is to be shown first


class FromFile:
    """Has a plan that was not recomputed when it was made recomputed, and tells what came of it."""

    def __init__(self, session: Session, jobs: Jobs, words: Words) -> None:
        """Follow a session; nothing is said of plans that were calculated here to their end."""
        self.notice = Notice("remark")
        self._session = session
        self._jobs = jobs
        self._words = words
        self._made: Made | None = None  # the plan that is told of
        self._of = "standing"  # of what is told: of a file's plan, or of one that was stopped
        self._kind = "remark"
        self._told: Message | None = None
        self._close = self.notice.add_button(self._dismiss)
        session.changed.connect(self._take)
        words.changed.connect(self.reword)
        self._take(frozenset(Change))

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self.notice.be(self._kind)
        self._close.setText(self._words.say("bar.dismiss"))
        self._close.setVisible(self._kind == "good")  # the others are to be known all the time
        # That they hold for the file is of no use any more once the input is other.
        over = self._kind == "good" and self._session.stale
        self.notice.say("" if self._told is None or over else self._words.tell(self._told))

    def _dismiss(self) -> None:
        """Say nothing any more of what holds."""
        self._told = None
        self.reword()

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self._made = None
            if self._session.plans:
                self._recompute_opened(self._session.plans[0])
        elif Change.PLAN in changes and self._session.plans:
            made = self._session.plans[0]
            if made is not self._made and not made.plan.recomputed:
                self._recompute(made, of="standing.of_stop")
        if self._made is None or not self._shown():
            self._told = None
        self.reword()

    def _shown(self) -> bool:
        return bool(self._session.plans) and self._session.plans[0] is self._made

    def _recompute_opened(self, made: Made) -> None:
        """Recompute a plan of the input as it is.

        Of other input that would tell nothing; the page of the results says that it is so.
        """
        if self._session.checked.fingerprint == made.plan.fingerprint:
            self._recompute(made)

    def _recompute(self, made: Made, of: str = "standing") -> None:
        """Recompute a plan; `of` is where its words stand."""
        self._made, self._of = made, of
        self._say(made, "remark", "checking")
        job = Job(
            Recompute(made.plan),
            lambda breaches: self._judge(made, breaches),
            lambda failed: self._fail(made, failed),
            made.state,
            lambda: self._say(made, "remark", "stopped"),
        )
        # Handing the book over holds up what draws the answer, which comes first.
        QTimer.singleShot(ASK_AFTER_MS, self.notice, lambda: self._ask(made, job))

    def _ask(self, made: Made, job: Job[tuple[Message, ...]]) -> None:
        if made is self._made and self._shown():
            self._jobs.run(job)

    def _judge(self, made: Made, breaches: tuple[Message, ...]) -> None:
        if breaches:
            self._say(made, "error", "breaches", count=len(breaches), first=breaches[0])
        else:
            self._say(made, "good", "holds")

    def _fail(self, made: Made, failed: Failed) -> None:
        self._say(made, "error", "unknown", why=failed.told)

    def _say(self, made: Made, kind: str, key: str, **fields: object) -> None:
        if made is not self._made or not self._shown():
            return
        path = self._session.origin.path
        name = "" if path is None else path.name
        self._kind = kind
        self._told = message(f"window.{self._of}.{key}", file=name, made=made_at(made), **fields)
        self.reword()


def made_at(made: Made) -> Text:
    """Return when a plan was made as its file says, a question mark where it does not."""
    try:
        at = dt.datetime.fromisoformat(made.plan.provenance.get("made", ""))
    except ValueError:
        return Text("?", "?")
    written = (f"{show_date(at, language)}, {at:%H:%M}" for language in (Language.NL, Language.EN))
    return Text(*written)

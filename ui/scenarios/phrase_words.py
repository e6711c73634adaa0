"""Phrases of a scenario in words: what can be chosen, and the sentence that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.texts import say
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.scenarios.by_key import names_of_key
from planner.input.scenarios.phrases import EVERYTHING, OF_ADDED, OF_LOCATIONS, Phrase
from planner.input.supplied_names import Named, name_of
from ui.tables import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.input.column import Table
    from planner.input.scenarios.phrases import MonthSpan, SaidChange
    from planner.input.scenarios.subjects import Subjects
    from ui.words import Words

NAMES = {
    Phrase.PEOPLE: Named.GROUPS,
    Phrase.STAY: Named.GROUPS,
    Phrase.ARRIVALS: Named.STREAMS,
}
ROWS = {Phrase.SHARE: "streams", Phrase.STAGE_STAY: "stages"}
ALL = {
    Phrase.BEDS_SHARE: "phrase_all.locations",
    Phrase.PEOPLE: "phrase_all.groups",
    Phrase.ARRIVALS: "phrase_all.streams",
}


class PhraseWords:
    """Words phrases about what there is in a book."""

    def __init__(self, subjects: Subjects, words: Words) -> None:
        """Word phrases about these subjects."""
        self._subjects = subjects
        self._words = words

    def offered(self, phrase: Phrase) -> Iterator[tuple[str, str]]:
        """Yield what a phrase can be about: as a key names it, and in words."""
        known = self._subjects
        if phrase in ALL:
            yield EVERYTHING, self._words.say(ALL[phrase])
        if phrase is Phrase.BEDS_SHARE:
            for name in known.provinces:
                yield self._province(name), self._words.say("phrase_all.province", name=name)
        if phrase in OF_LOCATIONS:
            yield from self._locations(added=phrase in OF_ADDED)
        if phrase is Phrase.PARAMETER:
            titled = {key: each.title.in_(self._words.language) for key, each in supplied().items()}
            yield from sorted(titled.items(), key=lambda each: each[1].casefold())
        given = {
            Phrase.PEOPLE: known.groups,
            Phrase.STAY: known.stays,
            Phrase.ARRIVALS: known.streams,
            Phrase.SHARE: known.shares,
            Phrase.STAGE_STAY: known.stage_stays,
        }
        for code in given.get(phrase, ()):
            yield code, self.name(phrase, code)

    def _locations(self, *, added: bool) -> Iterator[tuple[str, str]]:
        for code, name in self._subjects.locations:
            yield code, name if name == code else f"{name} ({code})"
        for code in self._subjects.added if added else ():
            yield code, self._words.say("phrase_all.added", code=code)

    def name(self, phrase: Phrase, about: str) -> str:
        """Return what a phrase is about, within a sentence."""
        if about == EVERYTHING and phrase in ALL:
            return self._words.say(ALL[phrase])
        for province in self._subjects.provinces:
            if about == self._province(province):
                return self._words.say("phrase_all.province", name=province)
        if phrase is Phrase.PARAMETER:
            return cells.parameter_name(about, self._words.language)
        if phrase in ROWS:
            return self._row(table(ROWS[phrase]), about)
        if phrase in NAMES:
            return name_of(NAMES[phrase], about, self._words.language)
        return dict(self._subjects.locations).get(about, about)

    def _row(self, declared: Table, key: str) -> str:
        """Return which row of Streams or Stages is meant: from where to where, in which stage."""
        parts = names_of_key(declared, key, self._words.language).split("|")
        first, second, *stages = (part.strip() for part in parts)
        if declared.key == "stages":
            return self._words.say("phrase_row.stage", stage=first, group=second)
        between = " \N{RIGHTWARDS ARROW} ".join(filter(None, stages))
        stage = self._words.say("phrase_row.between", stages=between) if between else ""
        return self._words.say("phrase_row.stream", stream=first, group=second, stage=stage)

    def sentence(self, change: SaidChange) -> str:
        """Return a change as a sentence."""
        words = self._words
        return words.say(
            f"phrase_said.{change.phrase.value}",
            about=self.name(change.phrase, change.about),
            month="" if change.month is None else words.month(change.month),
            amount=self._amount(change),
            period=self.period(change.period),
            code=change.new,
        )

    def period(self, period: MonthSpan) -> str:
        """Return a period, within a sentence."""
        if period.begin is None and period.end is None:
            return self._words.say("phrase_all.months")
        return period.in_key(self._words.language)

    def _amount(self, change: SaidChange) -> str:
        if change.phrase is Phrase.PARAMETER:
            column = table("parameters").column("value")
            return cells.shown(column, change.amount, self._words.language)
        number = change.amount if isinstance(change.amount, int | float) else 0
        if change.phrase in {Phrase.BEDS, Phrase.ADDED}:
            return self._words.counted("beds", number)
        shown = self._words.number(number)
        if change.phrase is Phrase.SHARE:
            return shown
        return f"+{shown}" if number > 0 else shown

    def _province(self, name: str) -> str:
        return say("scenario.phrase.province", self._words.language, name=name)

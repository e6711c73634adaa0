"""What a written cell means in a column of ours: by the mapping, the program's names, the language.

The program's own Dutch and English names go first, then what the mapping says a word means. What
neither tells is a question: it is never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, Text, catalogue, message
from planner.importing.dates import day_in, month_in, number_in
from planner.importing.location_names import LocationNames
from planner.importing.mapping import OPEN, ImportMapping, naming, spelling
from planner.importing.words import (
    called_alone,
    doubtful_words,
    listed_as,
    nothing_words,
    supplied,
    used_for,
)
from planner.input.book import Book, CellError, RawValue, Uncalculated
from planner.input.column import Column, ColumnType, Table
from planner.input.names import nearest, plain, tidy
from planner.input.records import TABLES
from planner.input.supplied_names import Named, code_of, title_of
from planner.input.values import UnreadableValueError, is_empty, read_value, shown


@dataclass(frozen=True)
class Question:
    """A word whose meaning nobody has said: what it is about, what it can be, what is proposed.

    `part` is the part of the mapping whose constant is asked for, -1 where a word is.
    """

    about: str
    written: str
    options: tuple[str, ...]
    suggestion: str | None
    sheet: str = ""
    cell: str = ""
    part: int = -1
    column: str = ""


class Unclear(Exception):  # noqa: N818 - a question, no error
    """A cell whose meaning is a question, or that cannot be read; it is told already."""


Reader = Callable[[RawValue | None, str, str], RawValue | None]  # the cell, its sheet, its address

_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.WHOLE})
_NAMED = frozenset({"groups", "streams", "scenarios", "provinces"})


class Meanings:
    """Reads cells by a mapping, for a book; collects what is asked and what is wrong."""

    def __init__(self, mapping: ImportMapping, book: Book, language: Language) -> None:
        """Read for a book; listed values are written in the language given."""
        self.mapping = mapping
        self.book = book
        self.questions: dict[tuple[str, str], Question] = {}
        self.findings: list[Finding] = []
        self.locations = LocationNames(book)
        self._language = language
        self._known: dict[str, dict[str, str]] = {}

    def reader(self, table: Table, column: Column) -> Reader:
        """Return what reads the cells of a column; equal cells are read once."""
        about = naming(table.key, column)
        seen: dict[tuple[type, object], RawValue | None] = {}
        faulty: set[tuple[type, object]] = set()

        def read(raw: RawValue | None, sheet: str, cell: str) -> RawValue | None:
            key = (type(raw), raw)
            if key in seen:
                return seen[key]
            if key in faulty:
                raise Unclear
            try:
                seen[key] = value = self._value(about, column, raw, (sheet, cell))
            except Unclear:
                faulty.add(key)
                raise
            return value

        return read

    def _value(
        self, about: str, column: Column, raw: RawValue | None, at: tuple[str, str]
    ) -> RawValue | None:
        if is_empty(raw) or raw is None:
            return None
        if isinstance(raw, CellError | Uncalculated):
            return self._checked(column, raw, at)  # says what is wrong with it
        if isinstance(raw, str):
            said, meaning = self.mapping.meaning(about, raw)
            if said and meaning != OPEN:
                return self._said(about, column, meaning, at)
        return self._settled(about, column, raw, at)

    def _said(
        self, about: str, column: Column, meaning: RawValue | None, at: tuple[str, str]
    ) -> RawValue | None:
        """Return what the mapping says a word means, as the column holds it."""
        if meaning is None or meaning == "":
            return None
        if about == "locations":
            return str(meaning)
        if isinstance(meaning, str) and column.holds in {ColumnType.DATE, ColumnType.MONTH}:
            return self._checked(column, dt.date.fromisoformat(meaning), at)
        if about in _NAMED:
            return self._name(about, column, str(meaning), at)
        return self._checked(column, meaning, at)

    def _settled(
        self, about: str, column: Column, raw: RawValue, at: tuple[str, str]
    ) -> RawValue | None:
        match column.holds:
            case _ if about == "locations":
                return self._location(column, str(self._checked(column, raw, at)), at)
            case _ if about in _NAMED:
                return self._name(about, column, str(self._checked(column, raw, at)), at)
            case ColumnType.NUMBER | ColumnType.WHOLE if isinstance(raw, str):
                return self._number(about, column, tidy(raw), at)
            case ColumnType.DATE | ColumnType.MONTH:
                return self._day(about, column, raw, at)
            case ColumnType.CHOICE | ColumnType.YES_NO:
                return self._listed(about, column, raw, at)
        return self._checked(column, raw, at)

    def _number(
        self, about: str, column: Column, text: str, at: tuple[str, str]
    ) -> RawValue | None:
        found = number_in(text.removeprefix("€").strip(), self.mapping.language)
        if len(found) == 1:
            return self._checked(column, found[0], at)
        if found:
            return self._checked(column, text, at)  # says that it can be two numbers
        nothing = spelling(text) in nothing_words() and spelling(text) not in doubtful_words()
        raise self._ask(about, text, (), "" if nothing else None, at)

    def _day(
        self, about: str, column: Column, raw: RawValue, at: tuple[str, str]
    ) -> RawValue | None:
        if column.holds is ColumnType.MONTH and (month := month_in(raw, self.mapping.language)):
            return month
        if not isinstance(raw, str):
            return self._checked(column, raw, at)
        found = day_in(raw, self.mapping.language, last=column.key.endswith("until"))
        if len(found) == 1:
            return self._checked(column, found[0], at)
        if found:
            return self._checked(column, raw, at)
        raise self._ask(about, raw, (), "" if spelling(raw) in nothing_words() else None, at)

    def _listed(
        self, about: str, column: Column, raw: RawValue, at: tuple[str, str]
    ) -> RawValue | None:
        try:
            read = read_value(column, raw)
        except UnreadableValueError:
            found = listed_as(about, str(raw))
            options = tuple(each.value for each in column.choices or ()) or ("yes", "no")
            one = found[0] if len(found) == 1 else None
            nothing = "" if not found and spelling(str(raw)) in nothing_words() else one
            raise self._ask(about, str(raw), found or options, nothing, at) from None
        label = getattr(read, "label", None)
        return raw if label is None else str(label.in_(self._language))

    def _name(self, about: str, column: Column, text: str, at: tuple[str, str]) -> RawValue:
        """Return a group, stream, scenario or province by its own name, or by the program's."""
        alone = called_alone(text)
        known, name = self.known(about), plain(alone)
        if name in known:
            return known[name]
        if not known and about in {"scenarios", "streams", "provinces"}:
            return text
        meant = used_for(about).get(name)
        if meant not in known.values() and about != "provinces":
            near = nearest(alone, known)
            meant = known[plain(near)] if near is not None else None
        if about == "scenarios" and meant is None:
            return text  # a scenario may have any name
        options = tuple(dict.fromkeys(known.values()))
        raise self._ask(about, text, options, meant, at, column.key)

    def known(self, about: str) -> dict[str, str]:
        """Return the names by which something is known: the book's own, and the program's."""
        if about not in self._known:
            own = {plain(each): _code(about, each) for each in self._own(about)}
            keys = set(own.values())
            program = supplied(about).items()
            self._known[about] = {
                **{name: key for name, key in program if key in keys or not keys},
                **(_all_of(about) if not keys or about == "provinces" else {}),
                **own,
            }
        return self._known[about]

    def _own(self, about: str) -> Iterable[str]:
        tables = {
            "groups": (("groups", "group"),),
            "streams": (("streams", "stream"), ("inflow", "stream")),
            "scenarios": (("forecast", "scenario"), ("inflow", "scenario")),
            "provinces": (("provinces", "province"),),
        }[about]
        for table, column in tables:
            frame = self.book.frame(table)
            if column in frame.columns:
                yield from (str(each) for each in frame[column].unique() if not is_empty(each))

    def _location(self, column: Column, text: str, at: tuple[str, str]) -> RawValue:
        found = self.locations.known(text)
        if found is not None:
            return found
        near = self.locations.nearest(text)
        if column.key == "id" and not near:
            return text
        if column.key == "id":
            raise self._ask("locations", text, (*near, text), None, at)
        raise self._ask("locations", text, near, None, at)

    def _checked(self, column: Column, value: RawValue, at: tuple[str, str]) -> RawValue:
        """Return a value that its column can hold; what is wrong with it is told."""
        try:
            read_value(column, value)
        except UnreadableValueError as fault:
            self.findings.append(
                Finding(Severity.ERROR, fault.what, fault.todo, at[0], at[1], "", None, column.key)
            )
            raise Unclear from None
        return value

    def _ask(  # noqa: PLR0913, PLR0917 - a question has these parts
        self,
        about: str,
        written: str,
        options: Iterable[str],
        suggestion: str | None,
        at: tuple[str, str],
        column: str = "",
    ) -> Unclear:
        key = (about, spelling(written))
        if key not in self.questions:
            self.questions[key] = Question(
                about, shown(written), tuple(options), suggestion, *at, column=column
            )
        return Unclear()


def _code(about: str, name: str) -> str:
    """Return the program's code of a group, stream or scenario that a book names."""
    return name if about == "provinces" else code_of(Named(about), name)


def _all_of(about: str) -> dict[str, str]:
    """Return all that the program supplies of something, by name."""
    return {plain(key): key for key in used_for(about).values()}


def in_words(about: str, code: str) -> Text:
    """Return what people call a code that a question is about; it may be answered so as well."""
    if about in _NAMED - {"provinces"}:
        return title_of(Named(about), code)
    column = _column(about)
    labels = {each.value: each.label for each in (column.choices if column else None) or ()}
    return labels.get(code, Text(code, code))


def _column(about: str) -> Column | None:
    """Return the column that a question is about, by its table and key; else nothing."""
    table, _, key = about.partition(".")
    known = {each.key: each for each in TABLES}.get(table)
    return known.column(key) if known is not None and known.knows(key) else None


def _titled(about: str, column: Column | None) -> Text | str:
    """Return what a question is about: the title of its column, else what all such columns hold."""
    if column is not None:
        return column.title
    return catalogue().get(f"importing.about.{about}", about)


def question_finding(question: Question) -> Finding:
    """Return the error that a word is not known, with what it can be and where to say so."""
    key = {"groups": "groups", "locations": "locations", "year": "year"}.get(question.about, "word")
    if question.part >= 0:
        key = "constant"
    other = "importing.no_location" if key == "locations" else "importing.any_value"
    options = tuple(in_words(question.about, each) for each in question.options)
    column = _column(question.about)
    what = message(
        f"importing.ask.{key}",
        written=question.written,
        about=_titled(question.about, column),
    )
    todo = message(
        f"importing.ask.{key}.todo",
        written=spelling(question.written),
        about=question.about,
        options=options or (message(other),),
    )
    return Finding(Severity.ERROR, what, todo, question.sheet, question.cell)

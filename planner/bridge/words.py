"""What a bridge says in sentences, its sheets, and its record for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from planner.bridge.bridge import INFLOW, PARAMETERS, START, Bridge, InputEffect
from planner.core.texts import Language, Message, Text, message, month_words, show, show_number
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.settings import Parameter
from planner.input.supplied_words import supplied_text
from planner.sheets.bridge_tables import BRIDGE, BRIDGE_MONTHS
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import ResultTable
from planner.sheets.without_place import SOMEBODY

_ENDS = ("earlier", "new")


def sentences(found: Bridge, month: dt.date) -> tuple[Message, ...]:
    """Return what made the need of a month another, in reading order."""
    return tuple(_sentences(found, month))


def _sentences(found: Bridge, month: dt.date) -> Iterator[Message]:
    was, now = (
        {"people": round(people[month]), "beds": round(beds[month])}
        for people, beds in zip(found.people, found.beds, strict=True)
    )
    yield message(
        "bridge.whole",
        month=month_words(month),
        was=was["beds"], was_people=was["people"], now=now["beds"], now_people=now["people"],
    )  # fmt: skip
    small = 0
    for change in found.changes:
        people, beds = _amounts(change, month)
        if abs(beds) < SOMEBODY:
            small += 1
            continue
        yield message(
            "bridge.change",
            change=name_of(change),
            values=_values(found, change),
            beds=_signed(beds),
            people=_signed(people),
            source=_from(change),
        )
    if small:
        yield message("bridge.small", count=small)
    if not found.changes:
        yield message("bridge.same")
    beds = round(found.portfolio[month])
    yield message("bridge.contract", beds=beds, short=max(now["beds"] - beds, 0))
    if found.task is not None:
        yield message("bridge.task", task=round(found.task), needed=now["beds"])
    yield message("bridge.order")


def name_of(change: InputEffect) -> Text:
    """Return what was changed in words; what could only be changed with it stands before it."""
    names = [*map(_called, change.together), _called(change.name)]
    return Text(" + ".join(each.nl for each in names), " + ".join(each.en for each in names))


def _called(name: str) -> Text:
    known = supplied().get(name)
    if known is not None:
        return known.title
    try:
        return table(name).title
    except KeyError:
        return Text(name, name)


def _values(found: Bridge, change: InputEffect) -> Text:
    """Return what stood there and what stands there, in brackets; nothing of whole sheets."""
    was, now = _ends(found, change)
    if was is None or now is None:
        return Text("", "")
    return Text(
        f" ({was.nl} \N{RIGHTWARDS ARROW} {now.nl})", f" ({was.en} \N{RIGHTWARDS ARROW} {now.en})"
    )


def _ends(found: Bridge, change: InputEffect) -> tuple[Text | None, Text | None]:
    """Return what a change was and is in words, as far as that is one figure."""
    if change.table == PARAMETERS:
        return _rows_words(change.was), _rows_words(change.now)
    if change.table == START:
        return _counted(found.earlier), _counted(found.new)
    if change.table == INFLOW:
        return _arriving(found.earlier, found.months), _arriving(found.new, found.months)
    return None, None


def _counted(case: Case) -> Text:
    people = sum(map(case.people_at_start, case.groups))
    fields = {"people": people, "date": case.date}
    return message("bridge.counted", **fields).both


def _arriving(case: Case, months: tuple[dt.date, ...]) -> Text:
    people = sum(each.people or 0.0 for each in case.inflow if each.month in months)
    return message("bridge.arriving", people=round(people), count=len(months)).both


def _rows_words(rows: tuple[Parameter, ...]) -> Text:
    if not rows:
        return message("bridge.none").both
    said = [_row_words(row) for row in rows]
    return Text("; ".join(each.nl for each in said), "; ".join(each.en for each in said))


def _row_words(row: Parameter) -> Text:
    words = {}
    for language in Language:
        value = row.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            told = show_number(float(value), language)
        else:
            told = "-" if value is None else show(value, language)
        for key, day in (("from", row.valid_from), ("until", row.valid_until)):
            if day is not None:
                told += message(f"bridge.{key}", date=day).text(language)
        words[language.value] = told
    return Text(**words)


def _from(change: InputEffect) -> Text:
    """Return where the new value comes from, by its own row; nothing where no row says so."""
    sources = dict.fromkeys(row.source for row in change.now if row.source)
    if not sources:
        return Text("", "")
    words = [supplied_text(each) for each in sources]
    source = Text("; ".join(each.nl for each in words), "; ".join(each.en for each in words))
    return message("bridge.source", source=source).both


def _signed(amount: float) -> Text:
    whole = round(amount)
    sign = "+" if whole > 0 else "\N{MINUS SIGN}" if whole < 0 else ""
    words = {each.value: f"{sign}{show_number(abs(whole), each, 0)}" for each in Language}
    return Text(**words)


def _amounts(change: InputEffect, month: dt.date) -> tuple[float, float]:
    people, beds = change.people or {}, change.beds or {}
    return people.get(month, 0.0), beds.get(month, 0.0)


def sheets(found: Bridge, month: dt.date) -> tuple[ResultSheet, ...]:
    """Return the sheets of a bridge: one of a month, one of every month."""
    rows: list[tuple[object, ...]] = [_end(found, 0, month)]
    by_month: list[tuple[object, ...]] = []
    for change in found.changes:
        was, now = _ends(found, change)
        source = _from(change)
        told = source if source.nl else None
        rows.append((name_of(change), was, now, told, month, *_amounts(change, month)))
        by_month += [(name_of(change), each, *_amounts(change, each)) for each in found.months]
    rows.append(_end(found, 1, month))
    for key, beds in (("contract", found.portfolio[month]), ("task_line", found.task)):
        if beds is not None:
            words = message(f"bridge.{key}.title").both
            rows.append((words, None, None, None, month, None, beds))
    return (
        ResultSheet(BRIDGE, _frame(rows, BRIDGE), sentences(found, month)),
        ResultSheet(BRIDGE_MONTHS, _frame(by_month, BRIDGE_MONTHS)),
    )


def _end(found: Bridge, at: int, month: dt.date) -> tuple[object, ...]:
    words = message(f"bridge.end.{_ENDS[at]}").both
    return (words, None, None, None, month, found.people[at][month], found.beds[at][month])


def _frame(rows: list[tuple[object, ...]], of: ResultTable) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[each.key for each in of.columns], dtype=object)


def record(found: Bridge) -> Mapping[str, object]:
    """Return a bridge as the object of the file that `--json` writes."""
    return {
        "earlier": found.earlier.fingerprint,
        "new": found.new.fingerprint,
        "scenario": found.new.scenario,
        "task": found.task,
        "months": [
            {
                "month": f"{month:%Y-%m-%d}",
                "people": [each[month] for each in found.people],
                "beds": [each[month] for each in found.beds],
                "in_contract": found.portfolio[month],
                "changes": [
                    {"change": "+".join((*each.together, each.name)), "table": each.table}
                    | dict(zip(("people", "beds"), _amounts(each, month), strict=True))
                    for each in found.changes
                ],
            }
            for month in found.months
        ],
    }

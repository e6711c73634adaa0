"""What a bridge says in sentences, its sheets, and its record for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import fsum

import pandas as pd

from planner.bridge.bridge import (
    GROUPS,
    INFLOW,
    PARAMETERS,
    STAGES,
    START,
    STREAMS,
    Bridge,
    InputEffect,
)
from planner.core.display_names import called
from planner.core.texts import Language, Message, Text, message, month_words, show, show_number
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.input.published_beside import DecisionParts, YearBeside, years_beside
from planner.input.records import table
from planner.input.settings import Parameter
from planner.input.supplied_words import supplied_text
from planner.sheets.bridge_tables import BRIDGE, BRIDGE_MONTHS
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import ResultTable
from planner.sheets.without_place import SOMEBODY

_ENDS = ("earlier", "new")
# The sheets of which single cells are told.
_ROWS: Mapping[str, Callable[[Case], Iterable[object]]] = {
    GROUPS: lambda case: case.groups.values(),
    STREAMS: lambda case: case.streams,
    STAGES: lambda case: case.stages,
}
_MOST_CELLS = 3


def sentences(found: Bridge, month: dt.date) -> tuple[Message, ...]:
    """Return what made the need of a month another, in reading order."""
    return tuple(_sentences(found, month))


def _sentences(found: Bridge, month: dt.date) -> Iterator[Message]:
    was, now = (
        {"people": round(people[month]), "beds": round(beds[month])}
        for people, beds in zip(found.people, found.beds, strict=True)
    )
    yield from _decided(found, month)
    yield message(
        "bridge.whole_now" if found.from_decision else "bridge.whole",
        month=month_words(month),
        was=was["beds"], was_people=was["people"], now=now["beds"], now_people=now["people"],
    )  # fmt: skip
    yield from _changes(found, month)
    if not found.changes and not found.from_decision:
        yield message("bridge.same")
    for year in years_beside(found.new):
        yield _year(year)
    if found.new.beyond_forecast:
        yield message("plan.beyond_forecast", scenario=called(found.new.scenario))
    beds = round(found.portfolio[month])
    yield message("bridge.contract", beds=beds, short=max(now["beds"] - beds, 0))
    if found.task is not None:
        yield message("bridge.task", task=round(found.task), needed=now["beds"])
    if found.changes:
        yield message("bridge.order")


def _changes(found: Bridge, month: dt.date) -> Iterator[Message]:
    """Yield what each change asks for; those without effect are counted."""
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


def _decided(found: Bridge, month: dt.date) -> Iterator[Message]:
    """Yield what was decided for a month, and what makes the need another, as far as it says so."""
    parts = found.decided(month)
    if parts is None:
        if found.new.decided:
            last = max(each.for_day for each in found.new.decided)
            yield message("bridge.decided.other_day", month=month_words(month), last=last)
        return
    decision = parts.decision
    whole = {
        "decided": month_words(decision.decided),
        "day": decision.for_day,
        "places": round(decision.places),
        "needed": round(parts.needed),
        "more": _signed(parts.needed - decision.places),
        "source": _cited((decision.source,)),
    }
    yield message("bridge.decided.new" if found.from_decision else "bridge.decided", **whole)
    for key in ("norm", "people", "rest"):
        beds = getattr(parts, key)
        if beds is not None and abs(beds) >= SOMEBODY:
            told = f"bridge.decided.{key}" if parts.norm is not None else "bridge.decided.unknown"
            yield message(told, beds=_signed(beds))


def _year(year: YearBeside) -> Message:
    """Return the arrivals of a year beside what the production forecast gives of it."""
    key = "above" if year.outside > 0 else "below" if year.outside < 0 else "within"
    ends = {"low": year.low, "middle": year.middle, "high": year.high}
    return message(
        f"bridge.year.{key}",
        year=str(year.edition.year),
        arriving=round(year.arriving),
        months=year.months,
        edition=month_words(year.edition.edition),
        outside=round(abs(year.outside)),
        source=_cited((year.edition.source,)),
        **{name: "-" if each is None else round(each) for name, each in ends.items()},
    )


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
    """Return what stood there and what stands there, in brackets; of other sheets, their cells."""
    was, now = _ends(found, change)
    if was is None or now is None:
        return _cells(found, change)
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


def _cells(found: Bridge, change: InputEffect) -> Text:
    """Return the first cells that differ of a sheet by group or stage, in brackets."""
    if change.table not in _ROWS:
        return Text("", "")
    declared = table(change.table)
    was, now = (
        {tuple(str(getattr(row, each.key)) for each in declared.row_columns): row for row in rows}
        for rows in map(_ROWS[change.table], (found.earlier, found.new))
    )
    differing = [
        (key, column)
        for key in now
        if key in was
        for column in declared.columns
        if getattr(was[key], column.key, None) != getattr(now[key], column.key, None)
    ]
    rows = len(was.keys() ^ now.keys())
    left = max(0, len(differing) - _MOST_CELLS)
    words = {}
    for language in Language:
        told = [
            f"{', '.join(called(part).in_(language) for part in key)}, "
            f"{column.title.in_(language).lower()} {_cell(getattr(was[key], column.key), language)}"
            f" \N{RIGHTWARDS ARROW} {_cell(getattr(now[key], column.key), language)}"
            for key, column in differing[:_MOST_CELLS]
        ]
        if left:
            told.append(message("bridge.cells_more", count=left).text(language))
        if rows:
            told.append(message("bridge.rows_differ", count=rows).text(language))
        words[language.value] = f" ({'; '.join(told)})" if told else ""
    return Text(**words)


def _cell(value: object, language: Language) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return show_number(float(value), language)
    return "-" if value is None else show(value, language)


def _counted(case: Case) -> Text:
    people = sum(map(case.people_at_start, case.groups))
    fields = {"people": people, "date": case.date}
    return message("bridge.counted", **fields).both


def _arriving(case: Case, months: tuple[dt.date, ...]) -> Text:
    people = fsum(each.people or 0.0 for each in case.inflow if each.month in months)
    return message("bridge.arriving", people=round(people), count=len(months)).both


def _rows_words(rows: tuple[Parameter, ...]) -> Text:
    if not rows:
        return message("bridge.none").both
    said = [_row_words(row) for row in rows]
    return Text("; ".join(each.nl for each in said), "; ".join(each.en for each in said))


def _row_words(row: Parameter) -> Text:
    words = {}
    for language in Language:
        told = _cell(row.value, language)
        for key, day in (("from", row.valid_from), ("until", row.valid_until)):
            if day is not None:
                told += message(f"bridge.{key}", date=day).text(language)
        words[language.value] = told
    return Text(**words)


def _from(change: InputEffect) -> Text:
    """Return where the new value comes from, who chose it and why, as far as its rows say so."""
    told = [
        _cited(row.source for row in change.now),
        *(
            message(f"bridge.{key}", said=said).both
            for key in ("who", "why")
            if (said := _said(change, key))
        ),
    ]
    return Text("".join(each.nl for each in told), "".join(each.en for each in told))


def _said(change: InputEffect, key: str) -> str:
    """Return what the new rows of a parameter say of who chose them, or why; empty for nothing."""
    return "; ".join(filter(None, dict.fromkeys(str(getattr(row, key)) for row in change.now)))


def _cited(given: Iterable[str]) -> Text:
    """Return sources as the end of a sentence; nothing where none is given."""
    source = _sources(given)
    return Text("", "") if source is None else message("bridge.source", source=source).both


def _sources(given: Iterable[str]) -> Text | None:
    words = [supplied_text(each) for each in dict.fromkeys(given) if each]
    if not words:
        return None
    return Text("; ".join(each.nl for each in words), "; ".join(each.en for each in words))


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
    rows: list[tuple[object, ...]] = [*_decision_rows(found, month)]
    if not found.from_decision:
        rows.append(_end(found, 0, month))
    by_month: list[tuple[object, ...]] = []
    for change in found.changes:
        was, now = _ends(found, change)
        source = _sources(row.source for row in change.now)
        chosen = (_said(change, key) or None for key in ("who", "why"))
        rows.append((name_of(change), was, now, source, *chosen, month, *_amounts(change, month)))
        by_month += [(name_of(change), each, *_amounts(change, each)) for each in found.months]
    rows.append(_end(found, 1, month))
    for key, beds in (("contract", found.portfolio[month]), ("task_line", found.task)):
        if beds is not None:
            words = message(f"bridge.{key}.title").both
            rows.append((words, None, None, None, None, None, month, None, beds))
    return (
        ResultSheet(BRIDGE, _frame(rows, BRIDGE), sentences(found, month)),
        ResultSheet(BRIDGE_MONTHS, _frame(by_month, BRIDGE_MONTHS)),
    )


def _decision_rows(found: Bridge, month: dt.date) -> Iterator[tuple[object, ...]]:
    """Yield the rows from a decision to the earlier need, where there is one for the month."""
    parts = found.decided(month)
    if parts is None:
        return
    decision = parts.decision
    words = message(
        "bridge.decided.title", decided=month_words(decision.decided), day=decision.for_day
    ).both
    source = _sources((decision.source,))
    yield words, None, None, source, None, None, month, decision.people, decision.places
    for key in ("norm", "people", "rest"):
        beds = getattr(parts, key)
        if beds is not None:
            name = message(f"bridge.decided.{key}.title").both
            yield name, None, None, None, None, None, month, None, beds


def _end(found: Bridge, at: int, month: dt.date) -> tuple[object, ...]:
    words = message(f"bridge.end.{_ENDS[at]}").both
    return (
        words,
        None,
        None,
        None,
        None,
        None,
        month,
        found.people[at][month],
        found.beds[at][month],
    )


def _frame(rows: list[tuple[object, ...]], of: ResultTable) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[each.key for each in of.columns], dtype=object)


def record(found: Bridge) -> Mapping[str, object]:
    """Return a bridge as the object of the file that `--json` writes."""
    return {
        "earlier": found.earlier.fingerprint,
        "new": found.new.fingerprint,
        "scenario": found.new.scenario,
        "beyond_forecast": found.new.beyond_forecast,
        "task": found.task,
        "years": [
            {
                "edition": f"{each.edition.edition:%Y-%m-%d}",
                "year": each.edition.year,
                "months": each.months,
                "arriving": each.arriving,
                "low": each.low,
                "middle": each.middle,
                "high": each.high,
            }
            for each in years_beside(found.new)
        ],
        "months": [
            {
                "month": f"{month:%Y-%m-%d}",
                "people": [each[month] for each in found.people],
                "beds": [each[month] for each in found.beds],
                "in_contract": found.portfolio[month],
                "decided": _decided_record(found.decided(month)),
                "changes": [
                    {"change": "+".join((*each.together, each.name)), "table": each.table}
                    | dict(zip(("people", "beds"), _amounts(each, month), strict=True))
                    for each in found.changes
                ],
            }
            for month in found.months
        ],
    }


def _decided_record(parts: DecisionParts | None) -> Mapping[str, object] | None:
    if parts is None:
        return None
    return {
        "decided": f"{parts.decision.decided:%Y-%m-%d}",
        "for_day": f"{parts.decision.for_day:%Y-%m-%d}",
        "places": parts.decision.places,
        "norm": parts.norm,
        "people": parts.people,
        "rest": parts.rest,
    }

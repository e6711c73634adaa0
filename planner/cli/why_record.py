"""Answers about a plan as records for other programs: plain numbers, words in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.core.texts import Message, Text
from planner.explain.remedies.ending import EndedShortfall
from planner.explain.wishes.nearest import FigureChange, NearestPlan
from planner.explain.wishes.priorities import Given
from planner.explain.wishes.without_emergency import WithoutEmergency
from planner.explain.wording.answers import ended_words, remedy_words
from planner.explain.workbook_questions import Why, WorkbookQuestions
from planner.input.edit_lines import EditLine
from planner.result.queries import Behind, CellShown, RuleShown

Record = Mapping[str, object]


def why_record(questions: WorkbookQuestions, found: Why) -> Record:
    """Return why a figure is what it is."""
    behind = found.behind
    added = behind.added if isinstance(behind, Behind) else None
    cells = behind.cells if isinstance(behind, Behind) else (behind.cell,)
    lines = found.reasons
    sentences = [] if lines is None or not len(lines) else lines["sentence"].tolist()
    return {
        "title": both(found.named.title),
        "value": found.named.value,
        "unit": None if found.named.unit is None else both(found.named.unit),
        "reasons": [both(each) for each in sentences],
        "parts": [
            {"about": both(each.about), "amount": each.amount, "count": each.count}
            for each in (() if added is None else added.parts)
        ],
        "rules": [_rule_record(each) for each in behind.rules],
        "cells": [_cell_record(each) for each in cells],
        "remedies": [
            {
                "kind": each.kind,
                "tried": each.tried,
                "alone": each.alone,
                "words": both(remedy_words(questions.solved, found.shortfall.level, each).both),
                "sort": None if each.repair is None else each.repair.sort,
                "subject": None if each.repair is None else each.repair.subject,
                "by": None if each.repair is None else each.repair.by,
                "unit": None if each.repair is None else each.repair.unit,
                "removes": None if each.repair is None else each.repair.removes,
                "before": None if each.repair is None else each.repair.before,
                "left": None if each.repair is None else each.repair.left,
                "cost": each.cost,
                "edits": [_edit_record(edit) for edit in each.edits],
            }
            for each in found.remedies
            if found.shortfall is not None
        ],
    }


def _rule_record(each: RuleShown) -> Record:
    return {
        "title": both(each.title),
        "source": both(each.source),
        "count": each.count,
        "rows": [
            {
                "about": both(row.about),
                "used": row.used,
                "size": row.size,
                "room": row.room,
                "unit": both(row.unit),
            }
            for row in each.rows
        ],
        "cells": [_cell_record(cell) for cell in each.cells],
    }


def _cell_record(each: CellShown) -> Record:
    value = each.value.isoformat() if isinstance(each.value, dt.date) else each.value
    plain = value if isinstance(value, str | int | float | None) else str(value)
    return {"place": each.place or None, "title": both(each.title), "value": plain}


def granted_record(found: NearestPlan) -> Record:
    """Return the nearest plan that grants a wish: every level, rules and decisions that change."""
    return {
        "wish": both(found.wish.told),
        "proven": found.proven,
        "levels": [_changed_record(each) for each in found.levels],
        "rules": [_changed_record(each) for each in found.rules],
        "decisions": [
            {
                "location": each.location,
                "decision": each.decision,
                "month": each.month.isoformat(),
                "before": each.before,
                "after": each.after,
            }
            for each in found.decisions
        ],
        "edits": [_edit_record(each) for each in found.wish.edits],
        "pin": None
        if found.wish.pin is None
        else [str(part) if isinstance(part, dt.date) else part for part in found.wish.pin],
    }


def _changed_record(each: FigureChange) -> Record:
    worst = None if each.worst is None else [each.worst[0].isoformat(), each.worst[1]]
    return {
        "name": each.name,
        "unit": each.unit,
        "before": each.before,
        "after": each.after,
        "worst": worst,
    }


def given_record(each: Given) -> Record:
    """Return what a level gives up and what later ones gain."""
    return {
        "level": each.level,
        "given": each.given,
        "gains": dict(each.gains),
        "unknown": list(each.unknown),
    }


def ended_record(questions: WorkbookQuestions, each: EndedShortfall) -> Record:
    """Return what it would cost to end a shortfall."""
    short, best = each.shortfall, each.best
    what, words = ended_words(questions.solved, each)
    return {
        "rule": short.rule.name,
        "location": short.key.location or None,
        "group": short.key.group or None,
        "province": short.key.province or None,
        "region": short.key.region or None,
        "amount": short.amount,
        "months": [month.isoformat() for month in short.months],
        "what": both(what),
        "words": both(words),
        "tried": each.tried,
        "in_time": each.in_time,
        "enough": each.enough,
        "alone": None if best is None else best.alone,
        "kind": None if best is None else best.kind,
        "cost": None if best is None else best.cost,
        "edits": [] if best is None else [_edit_record(edit) for edit in best.edits],
    }


def needed_record(found: WithoutEmergency) -> Record:
    """Return what must be true so that nobody is in emergency reception, and what came of it."""
    return {
        "month": found.month.isoformat(),
        "before": found.before,
        "left": found.left,
        "needed": [
            {
                "sort": each.sort,
                "subject": each.subject,
                "unit": each.unit,
                "least": each.least,
                "by": each.by,
                "edits": [_edit_record(edit) for edit in each.edits],
            }
            for each in found.needed
        ],
        "plan": None if found.plan is None else granted_record(found.plan),
    }


def _edit_record(each: EditLine) -> Record:
    value = each.value.isoformat() if isinstance(each.value, dt.date) else each.value
    return {"table": each.table, "key": each.key, "column": each.column, "value": value}


def both(text: Text | Message) -> Record:
    """Return a text in both languages."""
    shown = text.both if isinstance(text, Message) else text
    return {"nl": shown.nl, "en": shown.en}

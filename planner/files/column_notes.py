"""The note on a column: what it means, its unit, its bounds, and if it may be empty."""

from __future__ import annotations

from planner.core.texts import Language, say
from planner.files.lists import choices_of
from planner.input.column import Column
from planner.sheets.units import unit_title

NOTE = {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9}


def column_note(column: Column, language: Language) -> str:
    """Return what a column means, in which unit, within which bounds, and if it may be empty."""
    lines = [column.meaning.in_(language)]
    if column.unit:
        unit = unit_title(column.unit, language)
        lines.append(say("template.unit", language, unit=unit))
    if column.minimum is not None:
        lines.append(say("template.minimum", language, bound=column.minimum))
    if column.maximum is not None:
        lines.append(say("template.maximum", language, bound=column.maximum))
    options = choices_of(column, language)
    if options:
        lines.append(say("template.choices", language, options=options))
    lines.append(when_empty(column, language))
    return "\n".join(lines)


def when_empty(column: Column, language: Language) -> str:
    """Return what an empty cell of a column comes to."""
    if column.required:
        return say("template.required", language)
    if column.default in (None, ""):
        return say("template.may_be_empty", language)
    default = getattr(column.default, "label", column.default)
    return say("template.default", language, value=default)

"""A registered rule in words, for the command line and the help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.texts import Language, Message, catalogue, message, say, show
from planner.input.settings import Parameter
from planner.input.supplied_names import Named, title_of
from planner.input.supplied_words import supplied_text
from planner.model.objective import LEVELS
from planner.result.register import RegisteredRule

_LEVEL_TITLES = {content.level: content.title for content in LEVELS}


def rule_lines(each: RegisteredRule, language: Language) -> Iterator[str]:
    """Yield a rule as lines: its title and name, then what there is to know, indented."""
    rule = each.rule
    yield f"{rule.title.in_(language)} ({rule.name})"
    yield f"  {rule.sentence.in_(language)}"
    for told in _facts(each):
        yield f"  {told.text(language)}"
    for parameter in each.parameters:
        yield f"  {parameter_words(parameter, language)}"


def _facts(each: RegisteredRule) -> Iterator[Message]:
    rule = each.rule
    yield message("rules.standing", standing=rule.standing.label)
    yield message("rules.source", source=rule.source.label)
    for ground, source in rule.by_ground.items():
        yield message("rules.source_by_ground", ground=ground.label, source=source.label)
    yield level_words(each)
    yield message("rules.applies", applies=rule.applies)
    if each.switch:
        yield message("rules.switch", switch=title_of(Named.PARAMETERS, each.switch))
    if rule.follows:
        yield message("rules.follows", rule=message(f"rule.{rule.follows}.title"))
    if each.reason is not None:
        yield message("rules.no_rows", reason=each.reason)
    elif each.rows is not None:
        yield message("rules.rows", count=each.rows)


def level_words(each: RegisteredRule) -> Message:
    """Return whether a rule is hard, or its level, with its unit."""
    rule = each.rule
    unit = message(f"unit.{rule.unit}")
    if rule.level is None:
        return message("rules.hard", unit=unit)
    return message("rules.soft", level=_LEVEL_TITLES[rule.level], unit=unit)


def parameter_words(parameter: Parameter, language: Language) -> str:
    """Return a parameter in one line: name, value, unit, validity and source."""
    value, validity = value_words(parameter, language), validity_words(parameter, language)
    line = say(
        "rules.parameter",
        language,
        name=title_of(Named.PARAMETERS, parameter.parameter),
        value=value,
    )
    line = f"{line}, {validity}" if validity else line
    source = supplied_text(parameter.source).in_(language)
    return f"{line}. {source}" if source else line


def value_words(parameter: Parameter, language: Language) -> str:
    """Return a parameter's value with its unit; a date needs none."""
    if parameter.value is None:
        return say("plan.parameter_empty", language)
    shown = show(parameter.value, language)
    if isinstance(parameter.value, dt.date):
        return shown
    return f"{shown} {unit_title(parameter.unit, language)}".rstrip()


def validity_words(parameter: Parameter, language: Language) -> str:
    """Return from when until when a parameter is valid, nothing where it always is."""
    parts = []
    if parameter.valid_from:
        parts.append(say("rules.from", language, day=parameter.valid_from))
    if parameter.valid_until:
        parts.append(say("rules.until", language, day=parameter.valid_until))
    return " ".join(parts)


def unit_title(unit: str, language: Language) -> str:
    """Return a unit in a language; one that is a sign of its own, as it is."""
    text = catalogue().get(f"unit.{unit}")
    return unit if text is None else text.in_(language)

"""The rule register: every rule that is solved, as a record, with where it applies in a case.

It is made from `RULES` themselves, so it cannot say other than what is solved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.core.texts import Message, Text
from planner.input.book import Book
from planner.input.case import Case, parse
from planner.input.parameters import Parameters, supplied
from planner.input.scenarios.scenario import chosen_scenario, with_scenario
from planner.input.settings import Parameter
from planner.input.switches import switch_of, switchable
from planner.input.terms import read_parameters
from planner.input.typed import read_tables
from planner.model.build import build
from planner.model.objective import LEVELS, REORDERABLE, LevelContent, levels_by
from planner.model.rules import RULES, is_on, switched_on
from planner.model.rules.rule import Rule
from planner.result.applies import rules_here
from planner.result.rule_facts import LevelFacts, ParameterFacts, RuleFacts, RulesShown


@dataclass(frozen=True)
class RegisteredRule:
    """A rule with its parameters, and in a case whether it is on and how many rows it has.

    `switch` is the parameter that switches it off, empty where none does. `on` and `rows` are
    `None` without a case; `parameters` then have their supplied values. `reason` says why a rule
    has no rows in a case, `None` where it has some.
    """

    rule: Rule
    parameters: tuple[Parameter, ...]
    switch: str
    on: bool | None = None
    rows: int | None = None
    reason: Message | None = None


def register(case: Case | None = None) -> tuple[RegisteredRule, ...]:
    """Return every rule in reading order, as it stands in a case or as supplied."""
    if case is None:
        known = {name: each.parameter for name, each in supplied().items()}
        return tuple(_registered(rule, known) for rule in RULES)
    return tuple(
        replace(
            _registered(each.rule, case.parameters.by_name),
            on=is_on(case, each.rule),
            rows=each.rows,
            reason=each.reason,
        )
        for each in rules_here(build(case))
    )


def _registered(rule: Rule, known: Mapping[str, Parameter]) -> RegisteredRule:
    parameters = tuple(known[name] for name in rule.parameters)
    return RegisteredRule(rule, parameters, switch_of(rule.name) if switchable(rule.name) else "")


def rule_titles() -> dict[str, Text]:
    """Return the titles of the rules by their names."""
    return {rule.name: rule.title for rule in RULES}


def cited(label: object) -> Text | None:
    """Return a source in both languages by its label in either; `None` for an unknown one."""
    return _CITED.get(str(label))


_CITED = {
    words: source.label
    for rule in RULES
    for source in rule.citations
    for words in (source.label.nl, source.label.en)
}


def rules_shown(book: Book, scenario: str | None, *, count: bool) -> RulesShown:
    """Return the register of a book under a scenario, in plain values.

    Where a rule applies is told when asked to `count` and the book can be planned. Where it
    cannot, the rules stand as its parameters have them as far as they can be read.
    """
    parsed = parse(book, scenario)
    typed, _ = read_tables(book)
    name, _ = chosen_scenario(typed, scenario)
    changed, _ = with_scenario(book, typed, name)
    holding, _ = read_parameters(read_tables(changed)[0])
    ours, _ = read_parameters(typed)
    if count and parsed.case is not None:
        registered = register(parsed.case)
    else:
        registered = tuple(_registered(rule, holding.by_name) for rule in RULES)
    try:
        levels = levels_by(holding)
    except LookupError:  # an order that is left empty: the check tells it
        levels = LEVELS
    telling = _Telling(holding, ours)
    return RulesShown(
        name,
        tuple(telling.rule(each) for each in registered),
        tuple(telling.level(each) for each in levels),
        parsed.case is not None,
    )


class _Telling:
    """Tells of rules and levels as parameters have them, beside those of the input alone."""

    def __init__(self, holding: Parameters, ours: Parameters) -> None:
        self._holding = holding
        self._ours = ours

    def rule(self, each: RegisteredRule) -> RuleFacts:
        rule = each.rule
        return RuleFacts(
            name=rule.name,
            theme=rule.rows.__module__.rpartition(".")[2],
            title=rule.title,
            sentence=rule.sentence,
            applies=rule.applies,
            standing=rule.standing.value,
            act=rule.source.act.title,
            passage=_passages(rule),
            link=rule.source.act.link,
            unit=rule.unit,
            level="" if rule.level is None else rule.level.value,
            hard=rule.hard,
            parameters=tuple(self._parameter(parameter.parameter) for parameter in each.parameters),
            switch=each.switch,
            follows=rule.follows,
            on=switched_on(self._holding, rule),
            on_input=switched_on(self._ours, rule),
            rows=each.rows,
            reason=each.reason,
        )

    def level(self, content: LevelContent) -> LevelFacts:
        order = REORDERABLE.get(content.level)
        facts = None if order is None else self._parameter(order)
        return LevelFacts(content.level.value, content.title, facts)

    def _parameter(self, name: str) -> ParameterFacts:
        holds, known = self._holding.by_name[name], supplied()[name]
        return ParameterFacts(
            name=name,
            title=known.title,
            meaning=known.meaning,
            value=holds.value,
            input=self._ours.by_name[name].value,
            supplied=known.parameter.value,
            unit=holds.unit or known.parameter.unit,
            source=holds.source or known.parameter.source,
            valid_from=holds.valid_from,
            valid_until=holds.valid_until,
        )


def _passages(rule: Rule) -> Text:
    """Return the passage of a rule's source, and what is cited for other legal grounds."""
    others = [
        Text(f"{ground.label.nl}: {source.label.nl}", f"{ground.label.en}: {source.label.en}")
        for ground, source in rule.by_ground.items()
    ]
    every = [rule.source.passage, *others]
    return Text("; ".join(each.nl for each in every), "; ".join(each.en for each in every))


def rule_record(each: RegisteredRule) -> dict[str, object]:
    """Return a rule as the register's file holds it: plain values, dates as `YYYY-MM-DD`."""
    rule = each.rule
    return {
        "name": rule.name,
        "title_nl": rule.title.nl,
        "title_en": rule.title.en,
        "sentence_nl": rule.sentence.nl,
        "sentence_en": rule.sentence.en,
        "standing": rule.standing.value,
        "source": rule.source.label.en,
        "source_nl": rule.source.label.nl,
        "link": rule.source.act.link,
        "unit": rule.unit,
        "level": None if rule.level is None else rule.level.value,
        "hard": rule.hard,
        "parameters": [_parameter_record(parameter) for parameter in each.parameters],
        "applies": rule.applies.en,
        "applies_nl": rule.applies.nl,
        "rows": each.rows,
        "reason_nl": None if each.reason is None else each.reason.both.nl,
        "reason_en": None if each.reason is None else each.reason.both.en,
        "on": each.on,
        "switch": each.switch or None,
    }


def _parameter_record(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.parameter,
        "value": _plain(parameter.value),
        "unit": parameter.unit,
        "source": parameter.source,
        "valid_from": _plain(parameter.valid_from),
        "valid_until": _plain(parameter.valid_until),
    }


def _plain(value: float | str | dt.date | None) -> float | str | None:
    return value.isoformat() if isinstance(value, dt.date) else value

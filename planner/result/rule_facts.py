"""What there is to know of a rule, in plain values that pass to the window."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.core.texts import Message, Text

Value = float | str | dt.date | None


@dataclass(frozen=True)
class ParameterFacts:
    """A parameter as it holds, beside its value in the input and as supplied."""

    name: str
    title: Text
    meaning: Text
    value: Value
    input: Value
    supplied: Value
    unit: str
    source: str
    valid_from: dt.date | None
    valid_until: dt.date | None


@dataclass(frozen=True)
class RuleFacts:
    """A rule with its source, its place among the others, and where it applies.

    `switch` is the parameter that switches it off, empty where none does; `on` is whether it is on
    now and `on_input` whether it is in the input without the scenario. `rows` and `reason` are
    nothing where it was not counted.
    """

    name: str
    theme: str
    title: Text
    sentence: Text
    applies: Text
    standing: str
    act: Text
    passage: Text
    link: str
    unit: str
    level: str
    hard: bool
    parameters: tuple[ParameterFacts, ...]
    switch: str
    follows: str
    on: bool
    on_input: bool
    rows: int | None
    reason: Message | None


@dataclass(frozen=True)
class LevelFacts:
    """A level of priority: its title, and the parameter that moves it, empty where none does."""

    name: str
    title: Text
    order: ParameterFacts | None


@dataclass(frozen=True)
class RulesShown:
    """Every rule, and every level in the order used, under a scenario.

    `usable` is whether the input can be planned; only then can be counted where a rule applies.
    """

    scenario: str
    rules: tuple[RuleFacts, ...]
    levels: tuple[LevelFacts, ...]
    usable: bool

"""The generated help: rules, columns and parameters, each page made from what the program uses.

`python -m planner.result.help_pages` writes them to `resources/help` again; a test fails when a
page there is stale. The other pages of the help are written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from planner.core.texts import Language, Text, say
from planner.files.column_notes import when_empty
from planner.input.column import Column, Table
from planner.input.parameters import supplied
from planner.input.records import TABLES, table
from planner.input.supplied_names import Named
from planner.input.supplied_words import supplied_text
from planner.model.objective import LEVELS
from planner.result.register import RegisteredRule, register
from planner.result.rule_words import (
    level_words,
    parameter_words,
    unit_title,
    validity_words,
    value_words,
)

Lines = Iterator[str]

_RULES = Text("regels", "rules")
_COLUMNS = Text("kolommen", "columns")
_PARAMETERS = Text("parameters", "parameters")


def pages() -> Mapping[str, str]:
    """Return every generated page by its path below `resources/help`."""
    made: dict[str, str] = {}
    for language in Language:
        for name, lines in _PAGES.items():
            path = f"{language.value}/{name.in_(language)}.md"
            made[path] = "\n".join([say("help.generated", language), "", *lines(language)]) + "\n"
    return made


def rule_page(language: Language) -> Lines:
    """Yield the rule catalogue: the levels in their supplied order, then every rule."""
    yield from _opening("help.rules_page", language)
    for number, content in enumerate(LEVELS, start=1):
        unit = unit_title(content.unit, language)
        yield f"{number}. {content.title.in_(language)} ({unit})"
    yield ""
    for each in register():
        yield from _rule(each, language)


def _rule(each: RegisteredRule, language: Language) -> Lines:
    rule = each.rule
    act, passage = rule.source.act, rule.source.passage.in_(language)
    title = act.title.in_(language)
    named = f"[{title}]({act.link})" if act.link else title
    yield f"## {rule.title.in_(language)}"
    yield ""
    yield rule.sentence.in_(language)
    yield ""
    yield f"- {say('help.rule_name', language, name=f'`{rule.name}`')}"
    yield f"- {say('rules.standing', language, standing=rule.standing.label)}"
    yield f"- {say('rules.source', language, source=f'{named}, {passage}')}"
    for ground, source in rule.by_ground.items():
        fields = {"ground": ground.label, "source": source.label}
        yield f"- {say('rules.source_by_ground', language, **fields)}"
    yield f"- {level_words(each).text(language)}"
    yield f"- {say('rules.applies', language, applies=rule.applies)}"
    if each.switch:
        yield f"- {say('rules.switch', language, switch=f'`{each.switch}`')}"
    if rule.follows:
        yield f"- {say('rules.follows', language, rule=f'`{rule.follows}`')}"
    for parameter in each.parameters:
        yield f"- {parameter_words(parameter, language)}"
    yield ""


def column_page(language: Language) -> Lines:
    """Yield the column reference: every sheet, and in it every column."""
    yield from _opening("help.columns_page", language)
    for declared in TABLES:
        yield from _table(declared, language)


def _table(declared: Table, language: Language) -> Lines:
    yield f"## {declared.title.in_(language)}"
    yield ""
    key = "help.sheet_required" if declared.required else "help.sheet_optional"
    yield f"{declared.meaning.in_(language)} {say(key, language, key=f'`{declared.key}`')}"
    yield ""
    heads = say("help.columns_heads", language)
    yield heads
    yield _rule_below(heads)
    for column in declared.columns:
        key_mark = f" ({say('help.key', language)})" if column.is_key else ""
        cells = (
            f"{column.title.in_(language)}{key_mark}",
            f"`{column.key}`",
            held_words(column, language),
            column.meaning.in_(language),
            when_empty(column, language),
        )
        yield _row(cells)
    yield ""


def held_words(column: Column, language: Language) -> str:
    """Return what a cell may hold: its type, unit, bounds, values, and what it refers to."""
    held = "name" if column.named not in {None, Named.SOURCES} else column.holds.value
    parts = [say(f"help.holds.{held}", language)]
    if column.unit:
        parts.append(unit_title(column.unit, language))
    if column.minimum is not None:
        parts.append(say("template.minimum", language, bound=column.minimum))
    if column.maximum is not None:
        parts.append(say("template.maximum", language, bound=column.maximum))
    if column.choices is not None:
        options = ", ".join(each.label.in_(language) for each in column.choices)
        parts.append(say("template.choices", language, options=options))
    if column.refers_to:
        parts.append(say("help.refers_to", language, sheet=table(column.refers_to).title))
    return "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])


def parameter_page(language: Language) -> Lines:
    """Yield the supplied parameters: value, unit, validity, meaning and source."""
    yield from _opening("help.parameters_page", language)
    heads = say("help.parameters_heads", language)
    yield heads
    yield _rule_below(heads)
    for name, each in supplied().items():
        cells = (
            each.title.in_(language),
            f"`{name}`",
            value_words(each.parameter, language),
            validity_words(each.parameter, language),
            each.meaning.in_(language),
            supplied_text(each.parameter.source).in_(language),
        )
        yield _row(cells)


def _opening(key: str, language: Language) -> Lines:
    yield f"# {say(key, language)}"
    yield ""
    yield say(f"{key}.opening", language)
    yield ""


def _row(cells: tuple[str, ...]) -> str:
    """Return a row of a Markdown table; a bar inside a cell would end it."""
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _rule_below(heads: str) -> str:
    return "|" + "---|" * (heads.count("|") - 1)


_PAGES: Mapping[Text, Callable[[Language], Lines]] = {
    _RULES: rule_page,
    _COLUMNS: column_page,
    _PARAMETERS: parameter_page,
}


def write(folder: Path) -> None:
    """Write every generated page below a folder."""
    for name, text in pages().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(str(files("resources"))) / "help")

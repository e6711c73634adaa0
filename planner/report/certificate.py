"""The last pages: the rule register, and the certificate of how the plan came about."""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.texts import Language, Text, message, say
from planner.input.kinds import Standing
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook
from planner.result.register import RegisteredRule, register
from planner.result.sentences import provenance_words
from planner.sheets.result_tables import LevelName


def rule_register(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print every rule with its source, its level and whether it is on in this plan."""
    paper.heading(say("report.rules", language), 1)
    levels = {each.value: each.label for each in LevelName}
    columns = [
        PrintedColumn(say("report.rule", language), 2.6),
        PrintedColumn(say("report.sentence", language), 5),
        PrintedColumn(say("report.source", language), 3),
        PrintedColumn(say("report.level", language), 2),
        PrintedColumn(say("report.applies", language), 1),
    ]
    registered = register(plan.case)
    for standing in Standing:
        mine = [each for each in registered if each.rule.standing is standing]
        if mine:
            paper.heading(standing.label.in_(language).capitalize(), 3)
            paper.table(columns, [_rule(each, levels, language) for each in mine])


def _rule(each: RegisteredRule, levels: Mapping[str, Text], language: Language) -> tuple[str, ...]:
    """Return the cells of a rule: what it says, its source, its level, and whether it is on."""
    level = each.rule.level
    return (
        each.rule.title.in_(language),
        each.rule.sentence.in_(language),
        each.rule.source.label.in_(language),
        say("report.hard", language) if level is None else levels[level.value].in_(language),
        say("report.on" if each.on else "report.off", language),
    )


def certificate(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print how the plan came about and what recomputing it found."""
    paper.heading(say("report.certificate", language), 1)
    paper.paragraph(say("report.certificate.text", language, file=plan.book.name))
    rows = []
    for key, value in plan.provenance.items():
        words = provenance_words(key, value)
        shown = value if words is None else words.in_(language)
        rows.append((message(f"provenance.{key}").both.in_(language), shown))
    columns = [
        PrintedColumn(say("report.subject", language), 3),
        PrintedColumn(say("report.told", language), 6),
    ]
    paper.table(columns, rows)
    key = "report.same_input" if plan.same_input else "report.other_input"
    paper.paragraph(say(key, language, fingerprint=plan.case.fingerprint))
    paper.heading(say("report.verdict", language), 2)
    if plan.breaches:
        paper.paragraph(say("report.verdict.breaches", language, count=len(plan.breaches)))
        paper.points([each.text(language) for each in plan.breaches[:20]])
    else:
        paper.paragraph(say("report.verdict.holds", language))

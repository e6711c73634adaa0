"""What a comparison says in sentences, the most important first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from planner.compare.binding import rules_off
from planner.compare.comparison import EMERGENCY, Comparison
from planner.compare.theme import ComparedTheme, difference_column, plan_column
from planner.core.display_names import called
from planner.core.over_months import OverMonths, amount_words, as_read
from planner.core.texts import Message, Text, message, month_words
from planner.model.rules import RULES
from planner.result import PlanOfBook
from planner.sheets.without_place import SOMEBODY, unplaced_rows

# So many are named one by one; the rest are counted.
NAMED = 4

NAME, SENTENCE = "name", "sentence"


def sentences(comparison: Comparison) -> pd.DataFrame:
    """Return the comparison in sentences: which plan each is about, and the sentence."""
    rows = [
        (name, told)
        for number, name in enumerate(comparison.names[1:], start=1)
        for told in _about(comparison, number)
    ]
    return pd.DataFrame(rows, columns=[NAME, SENTENCE], dtype=object)


def _about(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield what is to be said of one plan beside the base."""
    base = called(comparison.names[0])
    yield from _program(comparison, number)
    yield from _beyond_forecast(comparison, number)
    told = [
        *_months(comparison, number),
        *_inputs(comparison, number),
        *_first_level(comparison, number),
        *_amounts(comparison, number),
        *_decisions(comparison, number),
        *_rules(comparison, number),
    ]
    if told:
        yield from told
    elif any(theme.differs(number).any() for theme in comparison.themes.values()):
        yield message("compare.words.placement_only", base=base)
    else:
        yield message("compare.words.same", base=base)


def _differing(theme: ComparedTheme, number: int) -> pd.DataFrame:
    return theme.frame[theme.differs(number)]


def _program(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield that another version of the program made the plan, which may be why it differs."""
    base, own = (comparison.plans[each].provenance.get("program", "") for each in (0, number))
    if base and own and base != own:
        yield message("compare.words.program", base=base, own=own)


def _beyond_forecast(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield that one of the two counts on policy that the forecast does not hold."""
    own, base = (comparison.plans[each].case.beyond_forecast for each in (number, 0))
    if own != base:
        yield message(f"compare.words.beyond_{'own' if own else 'base'}")


def _months(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield that a plan is of other months, and that totals then do not say which is better."""
    own, base = comparison.plans[number].months, comparison.plans[0].months
    if own != base:
        common = len(set(own) & set(base))
        yield message("compare.words.months", months=len(own), base=len(base), common=common)
        yield message("compare.note.own_months")


def _inputs(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield how many inputs differ and on which sheets, and the locations that came or went."""
    found = _differing(comparison.themes["inputs"], number)
    if found.empty:
        return
    sheets = tuple(dict.fromkeys(found["table"].tolist()))
    yield message("compare.words.inputs", count=len(found), sheets=sheets)
    whole = found[(found["table_key"] == "locations") & (found["column_key"] == "")]
    there = message("compare.row.there").both
    for key, column in (("gone", plan_column(0)), ("new", plan_column(number))):
        names = tuple(whole.loc[[each == there for each in whole[column]], "key"].tolist())
        if names:
            yield message(f"compare.words.{key}", count=len(names), names=_few(names))


def _first_level(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield the first level that differs: that decides which plan is the better one.

    Of plans of other months it decides nothing: each level is a total of all of them.
    """
    if comparison.plans[number].months != comparison.plans[0].months:
        return
    found = _differing(comparison.themes["levels"], number)
    known = found[found[[plan_column(0), plan_column(number)]].notna().all(axis=1)]
    if known.empty:
        return
    first = known.iloc[0]
    better = first[difference_column(number)] < 0
    yield message(
        "compare.words.better" if better else "compare.words.worse",
        level=first["title"],
        was=as_read(float(first[plan_column(0)])),
        becomes=as_read(float(first[plan_column(number)])),
        unit=first["unit"],
    )


def _amounts(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield what differs in cost, in emergency reception and in the largest use of DOL.

    Only months that both plans have are counted; the cost is known of all months together.
    """
    cost = _row(comparison.themes["measures"], "name", "cost")
    unplaced = _more_unplaced(comparison, number)
    same_months = comparison.plans[number].months == comparison.plans[0].months
    if same_months and cost is not None and cost[difference_column(number)]:
        more = float(cost[difference_column(number)])
        base = float(cost[plan_column(0)])
        percent = 100 * abs(more) / base if base else 0.0
        fields: dict[str, object] = {"amount": round(abs(more)), "percent": as_read(percent)}
        yield _beside_unplaced("dearer" if more > 0 else "cheaper", fields, more, unplaced)
    emergency = _emergency(comparison, number)
    if emergency is not None and abs(emergency.total) >= 1:
        more = emergency.total
        amounts = (emergency if more > 0 else emergency.less).words
        told = "more_emergency" if more > 0 else "less_emergency"
        yield _beside_unplaced(told, {"amounts": amounts}, more, unplaced)
    dol = comparison.themes["dol"].frame
    used = dol[(dol["series"] == "dol.people") & dol[difference_column(number)].notna()]
    was, becomes = (used[plan_column(each)].max() for each in (0, number))
    if not used.empty and abs(was - becomes) >= 1:
        yield message("compare.words.dol", was=round(float(was)), becomes=round(float(becomes)))


def _beside_unplaced(
    told: str, fields: Mapping[str, object], more: float, unplaced: Message | None
) -> Message:
    """Return a sentence; what is lower stands beside the people who have no place for it.

    A plan that spends less, or has fewer people in emergency reception, while more people have no
    place at all, is not the better one for that.
    """
    if more > 0 or unplaced is None:
        return message(f"compare.words.{told}", **fields)
    return message(f"compare.words.{told}_unplaced", **fields, unplaced=unplaced)


def _more_unplaced(comparison: Comparison, number: int) -> Message | None:
    """Return how many more people have no place than in the base, nothing where there are not."""
    months = set(comparison.plans[0].months) & set(comparison.plans[number].months)
    base, own = (_unplaced(comparison.plans[each], months) for each in (0, number))
    if not months or own.total - base.total < SOMEBODY:
        return None
    (month, most), (_, was) = own.worst, base.worst
    return message(
        "compare.words.unplaced",
        month=month_words(month),
        people=round(most),
        was=round(was),
        total=amount_words(own.total - base.total, own.total_unit),
    )


def _unplaced(plan: PlanOfBook, months: Collection[dt.date]) -> OverMonths:
    missing = unplaced_rows(plan.shown().tables["shortfalls"])
    rows = missing[missing["month"].isin(list(months))]
    found = zip(rows["month"], rows["amount"], strict=True)
    return OverMonths.of("persons", [*dict.fromkeys(months, 0.0).items(), *found])


def _emergency(comparison: Comparison, number: int) -> OverMonths | None:
    """Return how many more people are in emergency reception than in the base, by month."""
    people = comparison.themes["people"].frame
    column = difference_column(number)
    rows = people[(people["series"] == EMERGENCY) & people[column].notna()]
    if rows.empty:
        return None
    return OverMonths.of("persons", zip(rows["month"], rows[column], strict=True))


def _row(theme: ComparedTheme, column: str, value: str) -> pd.Series | None:
    found = theme.frame[theme.frame[column] == value]
    return None if found.empty else found.iloc[0]


def _decisions(comparison: Comparison, number: int) -> Iterator[Message]:
    found = _differing(comparison.themes["decisions"], number)
    if not found.empty:
        names = tuple(dict.fromkeys(found["location"].tolist()))
        yield message("compare.words.decisions", count=len(found), names=_few(names))


def _rules(comparison: Comparison, number: int) -> Iterator[Message]:
    """Yield the rules that are off in one plan alone, and those that bind in one alone."""
    base, own = (rules_off(comparison.plans[each]) for each in (0, number))
    for key, names in (("off", own - base), ("on", base - own)):
        titles = tuple(each.title for each in RULES if each.name in names)
        if titles:
            yield message(f"compare.words.{key}", rules=titles)
    found = _differing(comparison.themes["rules"], number)
    for key, column in (("ceased", plan_column(0)), ("began", plan_column(number))):
        bound = found.loc[[bool(each) for each in found[column]]]
        titles = tuple(bound.loc[~bound["rule"].isin(own | base), "rule_title"].tolist())
        if titles:
            yield message(f"compare.words.{key}", rules=titles)
    places = _differing(comparison.themes["rules_places"], number)
    if not places.empty:
        yield message("compare.words.places", count=len(places))


def _few(names: tuple[str, ...]) -> tuple[str | Text, ...]:
    """Return the first names, and how many more there are."""
    if len(names) <= NAMED:
        return names
    return (*names[:NAMED], message("compare.words.others", count=len(names) - NAMED).both)

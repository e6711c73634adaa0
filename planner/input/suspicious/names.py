"""Names that mean another thing where they are given: mistyped, or those of what is supplied."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator

from planner.core.errors import Finding
from planner.input.column import ColumnType
from planner.input.names import plain, tidy
from planner.input.records import TABLES, table
from planner.input.supplied_names import Named, title_of
from planner.input.supplied_streams import (
    supplied_answers,
    supplied_groups_of,
    supplied_natures,
)
from planner.input.suspicious.remark import Odd, remarks
from planner.input.typed import TypedTables

# So many rows with the same name are not mistyped each by itself.
_FEWEST_ROWS = 2
# Less alike, and one name is hardly a slip of the other.
_ALIKE = 0.6
_NEARLY = 0.85


def names_are_those_referred_to(typed: TypedTables) -> Iterator[Finding]:
    """Yield rows that nothing refers to, where several name one much like it that is not there.

    The name on the sheet that gives it is one cell; the others are many.
    """

    def odd() -> Iterator[Odd]:
        for target in TABLES:
            rows = typed.rows(target.key)
            if not rows:
                continue
            used, column = _used(typed, target.key), target.key_columns[0]
            names = [str(getattr(each.record, column.field)) for each in rows]
            for name, count in used.items():
                if not name or name in names:
                    continue
                at = _instead(typed, target.key, names, name, used)
                if at is not None:
                    own = names[at]
                    fault = "name_twice" if names.count(own) > 1 else "name_elsewhere"
                    fields = {"own": own, "name": name, "count": count}
                    yield Odd(target.key, rows[at].row, column.key, fault, fields)

    return remarks(typed, odd())


def _instead(
    typed: TypedTables, table: str, names: list[str], name: str, used: Counter[str]
) -> int | None:
    """Return where on its sheet a name should have stood that rows elsewhere name.

    That is a row that nothing names, with a name much like it where several rows name it, or of
    another shape than all names; or one of two rows of the same name, where names stand in order
    and it comes between those above and below, or where rows elsewhere name them in that order. Of
    two groups it is the one that is answered for as the supplied group of that name.
    """
    twice = [at for at, own in enumerate(names) if names.count(own) > 1]
    for at in range(len(names)):
        before, after = names[at - 1 : at], names[at + 1 : at + 2]
        fits = all(each < name for each in before) and all(name < each for each in after)
        if fits and at in twice and list(dict.fromkeys(names)) == sorted({*names}):
            return at
    like = {at: _answers_alike(typed.rows(table)[at].record, name) for at in twice}
    most = max(like, key=like.__getitem__, default=None)
    if table == "groups" and most is not None and [*like.values()].count(like[most]) == 1:
        return most
    if twice:
        apart = {at: _out_of_order([*names[:at], name, *names[at + 1 :]], used) for at in twice}
        at = min(twice, key=apart.__getitem__)
        if [*apart.values()].count(apart[at]) == 1:
            return at
    rows = typed.rows(table)
    idle = [
        own
        for own, each in zip(names, rows, strict=True)
        if own not in used and not getattr(each.record, "candidate", False)
    ]
    near = next(filter(None, (_near(each, idle) for each in _called(table, name))), [])
    if not near or (used[name] < _FEWEST_ROWS and not _is_misshapen(near[0], name, names)):
        return None
    return names.index(near[0])


def _near(name: str, idle: list[str]) -> list[str]:
    return difflib.get_close_matches(name, idle, n=1, cutoff=_ALIKE)


def _called(table: str, name: str) -> tuple[str, ...]:
    """Return what a row elsewhere calls a name: by its code, or as a group in either language."""
    title = title_of(Named.GROUPS, name) if table == "groups" else None
    return (name,) if title is None else (name, title.nl, title.en)


def _answers_alike(record: object, name: str) -> int:
    """Return how many of a group's answers are those of the supplied group of a name."""
    supplied = {**supplied_answers().get(name, {}), **supplied_natures().get(name, {})}
    return sum(getattr(record, key, None) == usual for key, usual in supplied.items())


def _out_of_order(names: list[str], used: Counter[str]) -> int:
    """Return how many pairs of names stand otherwise than rows elsewhere first name them."""
    first = {name: at for at, name in enumerate(used)}
    places = [first[name] for name in dict.fromkeys(names) if name in first]
    return sum(one > other for at, one in enumerate(places) for other in places[at:])


def _is_misshapen(own: str, name: str, names: list[str]) -> bool:
    """Whether all names but one are of one shape, such as a letter and two digits, as `name` is."""
    shapes = {_shape(each) for each in names if each != own}
    return shapes == {_shape(name)} and _shape(own) not in shapes


def _shape(name: str) -> str:
    return "".join("9" if each.isdigit() else "a" if each.isalpha() else each for each in name)


def regions_stand_more_than_once(typed: TypedTables) -> Iterator[Finding]:
    """Yield a region that one location has, with a name that is nearly that of many others."""

    def odd() -> Iterator[Odd]:
        rows = typed.rows("locations")
        count = Counter(each.record.region for each in rows if each.record.region)
        often = [name for name, number in count.items() if number > _FEWEST_ROWS]
        for each in rows:
            name = each.record.region
            near = difflib.get_close_matches(name, often, n=1, cutoff=_NEARLY)
            if count[name] == 1 and near:
                fields = {"own": name, "name": near[0], "count": count[near[0]]}
                yield Odd("locations", each.row, "region", "name_nearly", fields)

    return remarks(typed, odd())


def own_groups_have_names_of_their_own(typed: TypedTables) -> Iterator[Finding]:
    """Yield groups called as a supplied one is, that need other things or have another ground.

    A name in the language of the workbook is read as the supplied group, whose streams and stages
    then hold for it. Whoever writes the code itself knows that. Where one answer is otherwise, that
    answer is in doubt; where more are, the name is.
    """

    def odd() -> Iterator[Odd]:
        declared = table("groups")
        for each in typed.rows("groups"):
            code = each.record.group
            own = _written(typed, "groups", each.row, "group")
            nature = supplied_natures().get(code, {})
            differing = [
                key
                for key, supplied in nature.items()
                if (value := getattr(each.record, key)) is not None and value != supplied
            ]
            if differing and plain(own) != plain(code):
                titles = tuple(declared.column(key).title for key in differing)
                fields = {"own": own, "columns": titles}
                column = differing[0] if len(differing) == 1 else "group"
                yield Odd("groups", each.row, column, "name_supplied", fields)

    return remarks(typed, odd())


def own_streams_and_stages_have_names_of_their_own(typed: TypedTables) -> Iterator[Finding]:
    """Yield streams and stages called as a supplied one is, none of whose groups is one of its own.

    What is written of the supplied one then holds for it: who is counted at the border, who applied
    before. Groups that come or go beside others of the supplied ones are an ordinary change.
    """

    def odd() -> Iterator[Odd]:
        for key, column in (("streams", "stream"), ("stages", "stage")):
            first: dict[str, int] = {}
            groups: dict[str, set[str]] = {}
            for each in typed.rows(key):
                code = str(getattr(each.record, column))
                first.setdefault(code, each.row)
                groups.setdefault(code, set()).add(each.record.group)
            for code, row in first.items():
                supplied = supplied_groups_of(key).get(code, frozenset())
                own = _written(typed, key, row, column)
                if supplied and not supplied & groups[code] and plain(own) != plain(code):
                    fields = {"own": own, "groups": tuple(sorted(supplied))}
                    yield Odd(key, row, column, "flow_supplied", fields)

    return remarks(typed, odd())


def _written(typed: TypedTables, key: str, row: int, column: str) -> str:
    """Return a name as it stands in its cell, in whatever language."""
    sheet = typed.book.tables.get(key)
    return "" if sheet is None else tidy(str(sheet.frame.at[row, column]))


def _used(typed: TypedTables, target: str) -> Counter[str]:
    """Return how many rows refer to each name of a table."""
    used: Counter[str] = Counter()
    for declared in TABLES:
        for column in declared.columns:
            if column.refers_to != target or declared.key == target:
                continue
            for each in typed.rows(declared.key):
                value = getattr(each.record, column.field)
                used.update(value if column.holds is ColumnType.LIST else (value,))
    return used

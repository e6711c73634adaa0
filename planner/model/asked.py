"""What is asked of a case while something is made of it: asked the same of another, it is the same.

A case is handed out as one that remembers what was asked of it: which of its fields, which
attributes of its locations and groups, which parameters. What was made of it stands for any case
that answers all of that alike, whatever else differs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from functools import cached_property, partial
from typing import Generic, TypeVar, cast

from planner.input.case import Case
from planner.input.parameters import Parameters

Key = TypeVar("Key")
Value = TypeVar("Value")

_FIELDS = frozenset(each.name for each in fields(Case))
# Fields with a record to each key, of which single attributes are asked.
_RECORDS = ("locations", "groups", "provinces", "municipalities")


# Asked where not a parameter is, but which there are.
_NAMES = ""


class Asked:
    """What was asked: fields by name, attributes of records by field and name, parameters."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.fields: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.parameters: set[str] = set()

    def of(self, case: Case) -> Case:
        """Return a case that remembers here what is asked of it."""
        return cast("Case", _AskedCase(case, self))

    def field(self, name: str, given: Mapping[Key, Value]) -> Mapping[Key, Value]:
        """Return a mapping that remembers here, as a field of this name, whether it was asked."""
        return _Noticed(given, self.fields, name)


class Changed:
    """How one case differs from another; `others` are the fields beside those of a case."""

    def __init__(self, before: Case, after: Case, others: Collection[str] = ()) -> None:
        """Hold two cases beside each other."""
        self.fields = {*others, *(name for name in _FIELDS if _differ(before, after, name))}
        self._records: dict[str, list[tuple[object, object]]] = {}
        for name in self.fields.intersection(_RECORDS):
            was, now = getattr(before, name), getattr(after, name)
            if list(was) == list(now):
                self._records[name] = [(was[k], now[k]) for k in was if was[k] != now[k]]
        self._parameters: set[str] = set()
        for each in ("by_name", "dated"):
            was, now = getattr(before.parameters, each), getattr(after.parameters, each)
            self._parameters |= {n for n in {*was, *now} if was.get(n) != now.get(n)}
            self._parameters |= {_NAMES} if list(was) != list(now) else set()

    def touches(self, asked: Asked) -> bool:
        """Whether anything that was asked is answered otherwise now."""
        if asked.fields & self.fields or asked.parameters & self._parameters:
            return True
        return any(
            field in self.fields and self._answered_otherwise(field, attribute)
            for field, attribute in asked.attributes
        )

    def _answered_otherwise(self, field: str, attribute: str) -> bool:
        """Whether one of a field's records answers otherwise, or there are others."""
        differing = self._records.get(field)
        return differing is None or any(_answers(attribute, each) for each in differing)


class Remembered(Generic[Value]):
    """What was last worked out of a case, given again for every case that answers alike."""

    def __init__(self, work: Callable[[Case], Value]) -> None:
        """Work nothing out yet."""
        self._work = work
        self._last: tuple[Case, Asked, Value] | None = None

    def of(self, case: Case) -> Value:
        """Return what is worked out of a case."""
        last = self._last
        if last is None or Changed(last[0], case).touches(last[1]):
            asked = Asked()
            last = self._last = (case, asked, self._work(asked.of(case)))
        return last[2]


def _differ(before: Case, after: Case, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _answers(attribute: str, records: tuple[object, object]) -> bool:
    """Whether two records that differ answer an attribute differently."""
    one, two = records
    return bool(getattr(one, attribute) != getattr(two, attribute))


class _AskedCase:
    """Stands for a case: what is asked for the first time is remembered and kept."""

    def __init__(self, case: Case, asked: Asked) -> None:
        self._case = case
        self._asked = asked

    def __getattr__(self, name: str) -> object:
        value = getattr(self._case, name)
        if name in _RECORDS:
            value = _AskedRecords(value, self._asked, name)
        elif name == "parameters":
            by_name, dated = (
                _AskedNames(each, self._asked) for each in (value.by_name, value.dated)
            )
            value = Parameters(by_name, dated)
        elif name in _FIELDS:
            self._asked.fields.add(name)
        else:
            value = _worked_out(self, type(self._case), name)
        self.__dict__[name] = value
        return value


def _worked_out(noted: object, kind: type, name: str) -> object:
    """Return what a class works out under a name, of one that remembers what is asked for it."""
    found = getattr(kind, name)
    if isinstance(found, cached_property):
        return found.func(noted)
    if isinstance(found, property) and found.fget is not None:
        return found.fget(noted)
    return partial(found, noted)


class _AskedRecords(Mapping[str, object]):
    def __init__(self, records: Mapping[str, object], asked: Asked, field: str) -> None:
        self._records = records
        self._asked = asked
        self._field = field
        self._given: dict[str, _AskedRecord] = {}
        asked.attributes.add((field, "__class__"))  # which there are

    def __getitem__(self, key: str) -> object:
        if key not in self._given:
            self._given[key] = _AskedRecord(self._records[key], self._asked, self._field)
        return self._given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


class _AskedRecord:
    def __init__(self, record: object, asked: Asked, field: str) -> None:
        self._record = record
        self._asked = asked
        self._field = field

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self._record, name)
        if callable(value):
            value = _worked_out(self, type(self._record), name)
        else:
            self._asked.attributes.add((self._field, name))
        self.__dict__[name] = value
        return value


class _AskedNames(Mapping[str, Value]):
    """Parameters by name, of which it is remembered which were asked."""

    def __init__(self, given: Mapping[str, Value], asked: Asked) -> None:
        self._given = given
        self._asked = asked

    def __getitem__(self, name: str) -> Value:
        self._asked.parameters.add(name)
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        self._asked.parameters.add(_NAMES)
        return iter(self._given)

    def __len__(self) -> int:
        self._asked.parameters.add(_NAMES)
        return len(self._given)


class _Noticed(Mapping[Key, Value]):
    """A mapping that is either asked or not."""

    def __init__(self, given: Mapping[Key, Value], into: set[str], name: str) -> None:
        self._given = given
        self._into = into
        self._name = name

    def __getitem__(self, key: Key) -> Value:
        self._into.add(self._name)
        return self._given[key]

    def __iter__(self) -> Iterator[Key]:
        self._into.add(self._name)
        return iter(self._given)

    def __len__(self) -> int:
        self._into.add(self._name)
        return len(self._given)

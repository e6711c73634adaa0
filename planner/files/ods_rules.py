"""What may be typed in a cell, as OpenDocument tells it, and places as it writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PLACE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^\s'!,;:()=]+)!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?(?![\w(])"
)
_TYPES = {"whole": "whole-number", "decimal": "decimal-number", "date": "date"}


def quoted(name: str) -> str:
    """Return the name of a sheet as it stands in a place."""
    return "'" + name.replace("'", "''") + "'"


def place_of(place: str, sheet: str = "") -> str:
    """Return `'A b'!$A$1:$B$2` as OpenDocument writes it: `'A b'.$A$1:'A b'.$B$2`."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return place
    name = found["sheet"] or sheet
    if name and not name.startswith("'"):
        name = quoted(name)
    first = f"{name}.{found['first']}"
    return f"{first}:{name}.{found['last']}" if found["last"] else first


def _in_formula(found: re.Match[str]) -> str:
    name = "" if found["sheet"] is None else f"${found['sheet']}"
    last = f":.{found['last']}" if found["last"] else ""
    return f"[{name}.{found['first']}{last}]"


class Rules:
    """The rules of all sheets, each told once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._names: dict[str, str] = {}

    def of(self, page: Worksheet) -> dict[int, tuple[int, int, str]]:
        """Return the rule of each column of a sheet: its first and last row, and its name."""
        found: dict[int, tuple[int, int, str]] = {}
        for rule in page.validations:
            condition = _condition(rule)
            if not condition:
                continue
            body = f"table:condition={quoteattr(condition)}{_message(rule)}"
            name = self._names.setdefault(body, f"rule{len(self._names)}")
            for top, left, bottom, right in rule["cells"]:
                found.update(dict.fromkeys(range(left, right + 1), (top, bottom, name)))
        return found

    def xml(self) -> str:
        """Return all rules as XML; nothing where there are none."""
        if not self._names:
            return ""
        each = (
            f'<table:content-validation table:name="{name}" {body}</table:content-validation>'
            for body, name in self._names.items()
        )
        return f"<table:content-validations>{''.join(each)}</table:content-validations>"


def _condition(rule: dict[str, Any]) -> str:
    if rule["validate"] == "list":
        source = rule["value"]
        if isinstance(source, list):
            listed = ";".join('"' + str(each).replace('"', '""') + '"' for each in source)
        else:
            listed = _PLACE.sub(_in_formula, str(source).lstrip("=")).replace(",", ";")
        return f"of:cell-content-is-in-list({listed})"
    if rule["validate"] in _TYPES and rule["criteria"] == "between":
        bounds = f"cell-content-is-between({rule['value']},{rule['maximum']})"
        return f"of:cell-content-is-{_TYPES[rule['validate']]}() and {bounds}"
    return ""


def _message(rule: dict[str, Any]) -> str:
    """Return the rest of a rule: that another value is warned of, and in which words."""
    title = quoteattr(str(rule.get("error_title") or ""))
    kind = ("stop", "warning", "information")[rule["error_type"]]
    text = escape(str(rule.get("error_message") or ""))
    return (
        ' table:allow-empty-cell="true" table:display-list="unsorted">'
        f'<table:error-message table:title={title} table:display="true" '
        f'table:message-type="{kind}"><text:p>{text}</text:p></table:error-message>'
    )

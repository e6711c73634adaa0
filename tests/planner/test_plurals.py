"""A number and what it counts: one error is no "1 errors"."""

from __future__ import annotations

import re

import pytest

from planner.core.texts import Language, catalogue, say

# What is counted, as it stands for more than one: words that are never said of one thing.
_PLURALS = {
    Language.NL: (
        "maanden|dagen|weken|jaren|fouten|opmerkingen|rijen|regels|kolommen|cellen|bladen|plannen|"
        "locaties|afwijkingen|aantallen|tellingen|plekken|wijzigingen|bestanden|getallen|groepen|"
        "invoergetallen|grenzen|besluiten|scenario's|pagina's|tekorten|provincies|prioriteiten"
    ),
    Language.EN: (
        "months|days|weeks|years|errors|remarks|rows|rules|lines|columns|cells|sheets|plans|"
        "locations|breaches|numbers|counts|places|edits|files|groups|inputs|limits|decisions|"
        "scenarios|pages|times|shortfalls|provinces|priorities"
    ),
}
# With one word in between: "{count} empty cells".
_COUNTED = r"\{(\w+)\} (?:\w+ )?(?:%s)\b"


@pytest.mark.parametrize("language", list(Language))
def test_what_is_counted_stands_with_its_word_for_one(language: Language) -> None:
    counted = re.compile(_COUNTED % _PLURALS[language])
    bad = {
        key: found[0]
        for key, text in catalogue().items()
        for found in counted.finditer(text.in_(language))
        if found[1] in _FIELDS
    }
    assert {} == bad


_FIELDS = frozenset({
    "count", "errors", "remarks", "rows", "months", "days", "weeks", "cells", "pages", "solves",
    "locations", "stay", "all", "numbers", "inputs", "whole", "most",
})  # fmt: skip


@pytest.mark.parametrize(
    ("key", "fields", "nl", "en"),
    [
        (
            "check.total",
            {"errors": 1, "remarks": 1},
            "1 fout, 1 opmerking",
            "1 error, 1 remark",
        ),
        (
            "plan.unusable",
            {"count": 1},
            "De invoer kan niet gepland worden: 1 fout.",
            "The input cannot be planned: 1 error.",
        ),
        (
            "report.map.missing",
            {"count": 1},
            "1 locatie heeft geen coördinaten en staat niet op de kaart.",
            "1 location has no coordinates and is not on the map.",
        ),
        (
            "look.hidden_rows",
            {"count": 2, "row": "7"},
            (
                "2 rijen van de tabel zijn verborgen, de eerste is rij 7; "
                "verborgen rijen worden wel gelezen"
            ),
            "2 rows of the table are hidden, the first is row 7; hidden rows are read all the same",
        ),
    ],
)
def test_one_is_said_as_one(key: str, fields: dict[str, object], nl: str, en: str) -> None:
    assert nl == say(key, Language.NL, **fields)
    assert en == say(key, Language.EN, **fields)

"""The pages of the help in their order, and which of them is about a view."""

from __future__ import annotations

from planner.core.texts import Text
from ui.state import Step

START = Text("start", "start")
KEYS = Text("toetsen", "keys")  # made from the menus when it is opened
PAGES: tuple[Text, ...] = (
    START,
    Text("werkmap", "workbook"),
    Text("rommelige-werkmap", "messy-workbook"),
    Text("tabellen", "tables"),
    Text("bevindingen", "findings"),
    Text("regels-en-scenarios", "rules-and-scenarios"),
    Text("prognose", "forecast"),
    Text("berekenen", "calculating"),
    Text("plan-lezen", "reading-a-plan"),
    Text("waarom", "why"),
    Text("wat-als", "what-if"),
    Text("vergelijken", "comparing"),
    Text("als-de-prognose-niet-klopt", "if-the-forecast-is-wrong"),
    Text("uitvoeren", "exporting"),
    KEYS,
    Text("wat-het-niet-doet", "what-it-does-not-do"),
    Text("regels", "rules"),
    Text("kolommen", "columns"),
    Text("parameters", "parameters"),
)

# Views that are not named here have the page of their step.
_VIEWS = {
    "tables": "tabellen",
    "forecast": "prognose",
    "register": "regels-en-scenarios",
    "scenarios": "regels-en-scenarios",
    "rule_tables": "tabellen",
    "explanation": "waarom",
    "comparison": "vergelijken",
    "what_if": "wat-als",
    "futures": "als-de-prognose-niet-klopt",
}
_STEPS = {
    Step.START: "start",
    Step.DATA: "tabellen",
    Step.RULES: "regels-en-scenarios",
    Step.RESULTS: "plan-lezen",
}


def page_for(step: Step, view: str) -> Text:
    """Return the page about a view of a step."""
    name = _VIEWS.get(view, _STEPS[step])
    return next(each for each in PAGES if each.nl == name)

"""The legal acts, agreements and documents that rules cite.

Texts are cited by act and passage, never quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.core.texts import Text

_MORE = r"\b((?:artikel(?:en)?|lid) [\d-]+)( en|,) (\d{1,3})(?=$|[,;.:]| en |, lid)"
# How Dutch cites an article: `artikel 20, lid 10, onder b` for 20(10)(b).
_STEPS = (
    (re.compile(r"\b(\d{1,3})\((\d+)\) en \((\d+)\)"), r"\1, leden \2 en \3"),
    (re.compile(r"\b(\d{1,3})\((\d+)\)\(([a-z])\)"), r"\1, lid \2, onder \3"),
    (re.compile(r"\b(\d{1,3})\((\d+)\)"), r"\1, lid \2"),
    (re.compile(r"\b[Aa]rt\. (\d{1,3}) lid (\d+)"), r"art. \1, lid \2"),
    (re.compile(r"\b[Aa]rt\. (\d{1,3}-\d{1,3})"), r"artikelen \1"),
    (re.compile(r"\b[Aa]rt\. (?=\d)"), "artikel "),
    # Each further article of a row of them is called one too.
    *(2 * ((re.compile(_MORE), r"\1\2 artikel \3"),)),
)


def dutch_citation(text: str) -> str:
    """Return a Dutch text with its articles cited in one way: `artikel 20, lid 10, onder b`."""
    if "art. " not in text.casefold():
        return text
    for found, written in _STEPS:
        text = found.sub(written, text)
    return text


@dataclass(frozen=True)
class Act:
    """A legal act or document."""

    title: Text
    link: str = ""

    def at(self, passage_nl: str, passage_en: str | None = None) -> Source:
        """Return the source for a passage; without English words both languages share them."""
        return Source(self, Text(passage_nl, passage_nl if passage_en is None else passage_en))

    def article(self, number: str) -> Source:
        """Return the source for an article, such as `20(10)`."""
        return self.at(f"art. {number}", f"Art. {number}")


@dataclass(frozen=True)
class Source:
    """A passage of an act or document that a rule rests on."""

    act: Act
    passage: Text

    @property
    def label(self) -> Text:
        """The act and the passage in one line."""
        return Text(
            f"{self.act.title.nl}, {dutch_citation(self.passage.nl)}",
            f"{self.act.title.en}, {self.passage.en}",
        )

    def and_also(self, other: Source) -> Source:
        """Return the source that cites another one behind this."""
        more = other.label
        return self.act.at(f"{self.passage.nl}; {more.nl}", f"{self.passage.en}; {more.en}")


RECEPTION = Act(
    Text("Richtlijn (EU) 2024/1346", "Directive (EU) 2024/1346"),
    "https://eur-lex.europa.eu/eli/dir/2024/1346/oj",
)
AMMR = Act(
    Text("Verordening (EU) 2024/1351", "Regulation (EU) 2024/1351"),
    "https://eur-lex.europa.eu/eli/reg/2024/1351/oj",
)
PROCEDURE = Act(
    Text("Verordening (EU) 2024/1348", "Regulation (EU) 2024/1348"),
    "https://eur-lex.europa.eu/eli/reg/2024/1348/oj",
)
SCREENING = Act(
    Text("Verordening (EU) 2024/1356", "Regulation (EU) 2024/1356"),
    "https://eur-lex.europa.eu/eli/reg/2024/1356/oj",
)
BORDER_CAPACITY = Act(
    Text("Uitvoeringsbesluit (EU) 2024/2150", "Implementing Decision (EU) 2024/2150"),
    "https://eur-lex.europa.eu/eli/dec_impl/2024/2150/oj",
)
DISTRIBUTION_ACT = Act(
    Text(
        "Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen (Spreidingswet)",
        "Act on the municipal task of enabling asylum reception facilities (Spreidingswet)",
    ),
    "https://zoek.officielebekendmakingen.nl/stb-2024-13.html",
)
NATIONAL_RECEPTION = Act(Text("Nationaal recht", "National law"))
LETTER_APRIL_2026 = Act(
    Text("Kamerbrief van 22 april 2026", "Letter to Parliament of 22 April 2026")
)
DECISION_NOTE = Act(
    Text("Beslisnota bij de Kamerbrief over het pact", "Decision note with the letter on the Pact")
)
IMPLEMENTATION_PLAN = Act(
    Text("Nationaal Implementatieplan, december 2024", "National Implementation Plan, Dec. 2024")
)
COA_NORM = Act(
    Text("Bezettingsnorm van COA", "Occupancy norm of COA"),
    "https://www.coa.nl/nl/nieuws/het-coa-moet-volgend-jaar-opnieuw-fors-groeien",
)
COA_ARRIVAL = Act(
    Text(
        "COA, opvanglocaties tijdens de asielprocedure",
        "COA, locations during the asylum procedure",
    ),
    "https://www.coa.nl/nl/opvanglocaties-tijdens-de-asielprocedure",
)
PRODUCTION_FORECAST = Act(
    Text("Meerjaren Productie Prognose", "Multi-year production forecast (MPP)"),
    "https://zoek.officielebekendmakingen.nl/kst-19637-3478.html",
)
COA_DECISION = Act(Text("Capaciteitsbesluit van COA", "Capacity decision of COA"))
CONTRACT = Act(Text("Contract van de locatie", "Contract of the location"))
AGREEMENT = Act(Text("Lokale afspraak of uitspraak", "Local agreement or court ruling"))
MODEL = Act(Text("Keuze van het model", "Choice of the model"))
INPUT = Act(Text("Invoer van de planner", "Input by the planner"))

# What holds for whoever is no applicant with a claim under Articles 17 to 20 of the directive.
# After the notice of a transfer decision a standard of living by the Charter is left.
AFTER_TRANSFER_DECISION = RECEPTION.at(
    "art. 21, tweede zin; Verordening (EU) 2024/1351, art. 18(1)",
    "Art. 21, second sentence; Regulation (EU) 2024/1351, Art. 18(1)",
)
# Permit holders and returnees are no applicants.
BY_NATIONAL_LAW = NATIONAL_RECEPTION.at("Wet COA; Rva 2005")
SCHOOL_BY_NATIONAL_LAW = NATIONAL_RECEPTION.at("Leerplichtwet 1969")

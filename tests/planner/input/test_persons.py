"""What lists single persons is refused, and what only looks like it is not.

Every number and name here is made up; the numbers pass the eleven test of service numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from planner.core.errors import Severity
from planner.core.texts import Language
from planner.input.book import RawSheet, Uncalculated
from planner.input.personal_data.signs import is_refused, person_signs
from planner.input.recognise import recognise

Rows = Sequence[Sequence[Any]]

BSN = ("123456782", "111222333", "100000009", "100000010", "100000022", "100000034")
NAMES = ("Jan Jansen", "Fatima el Amrani", "A. Yilmaz", "Omar Hassan", "Maria de Vries")
BIRTHS = tuple(dt.date(1950 + 9 * at, at + 1, 2 * at + 1) for at in range(5))


def sheet_of(
    rows: Rows,
    name: str = "Blad1",
    formulas: Mapping[tuple[int, int], str] | None = None,
    notes: Mapping[tuple[int, int], str] | None = None,
) -> RawSheet:
    cells = {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }
    return RawSheet(name, cells, formulas or {}, notes=notes or {})


def refused(sheet: RawSheet) -> bool:
    return is_refused(tuple(person_signs(sheet)))


def wide(digits: str) -> str:
    """Return digits as an East Asian keyboard writes them."""
    return "".join(chr(ord(each) + 0xFEE0) for each in digits)


HEADINGS = (
    "BSN", "BSN nr", "BSN-nummer", "bsn nr.", "BSN bewoner", "BSN (verplicht)", "BSN kind",
    "Burgerservicenummer", "Burger service nummer", "Sofinummer", "Citizen service number", "SSN",
    "V-nummer", "V-nummers", "V-nr", "V nr.", "Vnr", "V.nummer", "V-number", "Vreemdelingennummer",
    "Vreemdelingnr", "Alien number", "CRV-nummer", "Zorgnummer", "Cliëntnummer", "Bewonersnummer",
    "Paspoortnummer", "Paspoort nr", "Passport no", "Documentnummer", "Nr. identiteitsbewijs",
    "ID-kaart nr", "Verblijfsdocument",
    "Geboortedatum", "Geboren", "Geboren op", "geb.dat.", "geb. datum", "Geb.datum (dd-mm-jjjj)",
    "Geboortejaar", "Geboorteplaats", "Datum van geboorte", "Date of birth", "DOB", "D.O.B.",
    "Birth date", "Year of birth", "Born",
    "Achternaam", "Voornaam", "Voornamen", "Voorletters", "Voor- en achternaam", "Volledige naam",
    "Familienaam", "Geslachtsnaam", "Roepnaam", "Tussenvoegsel", "Surname", "Last name",
    "First name(s)", "Full name", "Given names",
    "Bewoner", "Naam bewoner", "Naam van de bewoner", "Bewonersnaam", "Naam kind",
    "Naam asielzoeker", "Naam hoofdpersoon", "Name of resident", "Child's name", "Asielzoeker",
    "E-mail bewoner", "Telefoon bewoner", "Adres van de bewoner", "Handtekening bewoner",
    "\uff22 \uff33 \uff2e", "B\u200bSN", "Géboortedatum",
)  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_of_a_personal_datum_is_refused(heading: str) -> None:
    assert refused(sheet_of([["Overzicht"], ["Nr", heading], [1, "x"]]))


@pytest.mark.parametrize("heading", ["BSN bewoner", "Geboren", "Volledige naam", "V-nummers"])
def test_a_heading_is_refused_far_down_and_in_any_column(heading: str) -> None:
    rows: list[list[Any]] = [["Nr", "Plaats"], *([at, "Utrecht"] for at in range(24))]
    below = [[None, None, None, heading], [None, None, None, "x"]]

    assert refused(sheet_of([*rows, [], *below]))
    assert refused(sheet_of([*rows, ["Nr", heading], [1, "x"]]))


def listed(heading: str, values: Sequence[Any], *more: tuple[str, Sequence[Any]]) -> RawSheet:
    columns = ((heading, values), *more)
    return sheet_of(
        [
            [title for title, _ in columns],
            *zip(*(cells for _, cells in columns), strict=True),
        ]
    )


CASES = {
    "names with days of birth": listed("Naam", NAMES, ("Geb.", BIRTHS)),
    "names with days of birth as text": listed(
        "Naam", NAMES, ("Datum", [f"{each:%d-%m-%Y}" for each in BIRTHS])
    ),
    "names with days under no heading": sheet_of(
        [[name, birth] for name, birth in zip(NAMES, BIRTHS, strict=True)]
    ),
    "one name with a day of birth": listed("Naam", NAMES[:1], ("Geb.", BIRTHS[:1])),
    "numbers": listed("nummer", [int(each) for each in BSN]),
    "numbers in four rows": listed("nummer", [int(each) for each in BSN[:4]]),
    "numbers in two rows": listed("code", [int(each) for each in BSN[:2]]),
    "one number": listed("code", [123456782]),
    "numbers as text": listed("code", BSN[:3]),
    "numbers with dots": listed("code", ["123.456.782", "111.222.333", "100.000.009"]),
    "numbers parted in fours": listed("code", ["1234.56.782", "1112.22.333"]),
    "numbers with spaces": listed("code", ["123 456 782", "111 222 333", "100 000 009"]),
    "numbers with dashes": listed("code", ["123-456-782", "111-222-333", "100-000-009"]),
    "numbers with zero-width signs": listed("code", ["123\u200b456\u200b782", "111222\u200b333"]),
    "numbers with wide digits": listed("code", [wide("123456782"), wide("111222333")]),
    "numbers behind an apostrophe": listed("code", ["'123456782", "'111222333"]),
    "numbers that are decimal": listed("code", [123456782.0, 111222333.0]),
    "numbers as formulas": sheet_of([["code"], [Uncalculated("=123456782")]]),
    "numbers as formulas with a result": sheet_of(
        [["code"], [123456782]], formulas={(2, 1): "=123456782"}
    ),
    "numbers put together by a formula": sheet_of(
        [["code"], ["x"]], formulas={(2, 1): '="BSN "&"123456782"'}
    ),
    "numbers without their first 0": listed(
        "code", [10000008, 10000021, 10000033, 10000045, 10000057]
    ),
    "half of a column": listed(
        "code", [*map(int, BSN[:5]), 123456789, 234567891, 345678912, "a", "b"]
    ),
    "a column under amounts": listed("Bedrag", [int(each) for each in BSN]),
    "a name in the same cell": listed("wie", ["Jan Jansen 123456782", "Omar Hassan 111222333"]),
    "a name and a dotted number": listed("wie", ["Jan Jansen 123.456.782"]),
    "the word before": listed("Opmerking", ["BSN: 123456782"]),
    "the word and dots": listed("Opmerking", ["zie bsn 1234.56.782 van hem"]),
    "the word and no right number": listed("Opmerking", ["burgerservicenummer 123456789"]),
    "V-numbers": listed("Dossier", ["V2712345678", "V2712345679", "V2712345670"]),
    "V-numbers with signs": listed("Dossier", ["V-271.234.5678", "v 271 234 5679"]),
    "V-numbers without the letter": listed("Dossier", [2712345678, 2712345679, 2712345670]),
    "one V-number": listed("Dossier", [2712345678]),
    "a V-number as text": listed("Kenmerk", ["2712345678"]),
    "a V-number parted": listed("Kenmerk", ["271.234.5678"]),
    "a V-number in a remark": listed("Opmerking", ["mevrouw met v-nr. 271 234 5678"]),
    "private e-mail": listed("Naam", NAMES, ("E-mail", [f"p{at}@gmail.com" for at in range(5)])),
    "e-mail beside names": listed(
        "Naam", NAMES[:2], ("E-mail", ["jan@example.org", "f@example.org"])
    ),
    "private e-mail alone": listed("E-mail", ["jan@hotmail.com", "fatima@gmail.com"]),
    "mobile phones beside names": listed(
        "Naam", NAMES[:2], ("Telefoon", ["06-12345678", "+31 6 1234 5679"])
    ),
    "mobile phones alone": listed("Telefoon", ["0612345678", "06 12345679", 612345670]),
    "addresses beside names": listed(
        "Naam", NAMES[:2], ("Adres", ["Dorpsstraat 12", "Kade 3a, 1234 AB Ergens"])
    ),
    "all in the name of a location": listed(
        "Locatiecode", ["L1"], ("Naam", ["Jan Jansen 1990-01-01 BSN 123456782"])
    ),
    "name and day of birth in a remark": listed("Toelichting", ["Jan Jansen, 01-01-1990"]),
    "born in a remark": listed("Toelichting", ["kamer van meneer J., geboren 1 januari 1990"]),
    "a source": listed("Bron", ["gesprek met bewoner (geb. 3-4-1987)"]),
    "a comment": sheet_of([["Nr"], [1]], notes={(2, 1): "Jan Jansen 1990-01-01 BSN 123456782"}),
    "the name of the sheet": sheet_of([["Nr"], [1]], "BSN 123456782"),
    "a number as the name of the sheet": sheet_of([["Nr"], [1]], "123456782"),
    "a person as the name of the sheet": sheet_of([["Nr"], [1]], "Jan Jansen 01-01-1990"),
}


CASES |= {
    "names of other lands without any heading": sheet_of(
        [["Xerxes Qadiri", dt.date(1988, 4, 5)], ["Berhane Tsegai", dt.date(1979, 4, 5)]]
    ),
    "two V-numbers of cases": listed("Kenmerk", [2712345678, 2712345671]),
    "a number between brackets": listed("wie", ["Jansen (123456782)"]),
    "two numbers in a cell": listed("nrs", ["123456782; 111222333"]),
    "a name turned about": listed("wie", ["Jansen, Jan (1-1-1990)"]),
    "a month in words": listed("wie", ["Jan Jansen 1 januari 1990"]),
    "the data of one person below each other": sheet_of(
        [["Achternaam", "Ali"], ["Geboortedatum", dt.date(1990, 1, 1)], ["BSN", 123456782]]
    ),
    "born, in English": listed("t", ["Born 12 March 1990 in Aleppo"]),
    "the heading itself": sheet_of([["BSN 123456782", "Personen"], ["a", 1]]),
    "a note below a table": sheet_of([["Nr"], [1], [2], ["* betreft bsn 123456782"]]),
    "a column far to the right": sheet_of([["a"], [*[None] * 200, 123456782]]),
    "phones of other lands": listed("Naam", NAMES[:1], ("Mobiel", ["+963 944 123 456"])),
    "children": listed("Naam", NAMES[:2], ("Geb.", [dt.date(2019, 1, 2), dt.date(2021, 2, 3)])),
}


@pytest.mark.parametrize("case", CASES)
def test_single_persons_are_refused(case: str) -> None:
    assert refused(CASES[case])


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_names_the_place_and_not_the_datum(case: str) -> None:
    sheet = CASES[case]

    found = recognise([sheet])

    told = [each for each in found.findings if each.severity is Severity.ERROR]
    assert told
    assert not found.sheets
    for each in told:
        for language in Language:
            line = each.line(language)
            assert not any(number in line for number in (*BSN, "2712345678", "123.456.782"))
            assert not any(name in line for name in NAMES)
        assert each.cell or "name of the sheet" in case


HONEST = {
    "RSIN of owners": listed(
        "Locatie", ["L1", "L2", "L3"], ("RSIN eigenaar", list(map(int, BSN[:3])))
    ),
    "RSIN in a remark": listed("Locatie", ["L1"], ("Opmerking", ["eigenaar: RSIN 123456782"])),
    "a remark about residents": sheet_of(
        [["Locatie", "Bedden", "Opmerking"], ["L1", 400, "Naam bewoner"], ["L2", 300, "bsn"]]
    ),
    "a remark in a sentence": sheet_of([["Zet hier geen naam van een bewoner en geen BSN neer"]]),
    "postcodes": listed("Locatie", ["L1", "L2"], ("Postcode", ["1234 AB", "9561 XT"])),
    "addresses of locations": listed(
        "Naam",
        ["Ter Apel", "Hotel Zon", "Wijk bij Duurstede"],
        ("Adres", ["Ter Apelervenen 3", "Dorpsstraat 12", "Kade 3a"]),
    ),
    "phones of locations": listed(
        "Locatie", ["Ter Apel", "Zwolle"], ("Telefoon", ["0599-123456", "06-12345678"])
    ),
    "contacts of municipalities": listed(
        "Gemeente",
        ["Utrecht", "Zwolle"],
        ("Contactpersoon", ["Jan Jansen", "M. de Boer"]),
        ("E-mail", ["j.jansen@example.nl", "opvang@example.nl"]),
        ("Telefoon", ["030-1234567", "0612345678"]),
    ),
    "amounts of nine digits": listed(
        "Post",
        ["huur", "zorg", "personeel", "overig"],
        ("Kosten", [123456782, 250000000, 111222334, 987654321]),
    ),
    "amounts under no clear heading": listed(
        "Jaar",
        [2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031],
        (
            "Meerjarig",
            [
                123456789,
                123456782,
                250000000,
                312400500,
                187250000,
                199000000,
                201500000,
                143000100,
            ],
        ),
    ),
    "an amount in a sentence": sheet_of(
        [
            ["De kosten zijn € 123.456.782 in 2026"],
            ["of 123.456.782 euro"],
            ["met 123456782 plaatsen"],
        ]
    ),
    "days as numbers": listed(
        "Periode", [20260701, 20260801, 20260901, 20261001, 20261101, 20261201]
    ),
    "numbers of the chamber of commerce": listed("KvK", [12345678, 10000008, 10000021]),
    "references": sheet_of(
        [
            ["Bron"],
            ["ECLI:NL:RVS:2024:123456782"],
            ["https://example.nl/item/123456782"],
            ["Stcrt. 2024, 123456"],
        ]
    ),
    "contracts of long ago": listed(
        "Naam",
        ["Ter Apel", "Sint Anna", "Den Helder"],
        ("Open vanaf", [dt.date(1996, 1, 1), dt.date(2001, 5, 1), dt.date(2009, 1, 1)]),
    ),
    "counts": listed(
        "Aantal bewoners", [120, 80], ("Aantal kinderen", [20, 10]), ("Number of persons", [1, 2])
    ),
    "groups": listed(
        "Groep", ["amv", "kind", "gezin"], ("Soort", ["Vreemdeling", "Bewoner", "Ouder"])
    ),
    "footnotes": sheet_of([["* 1-1-2026: stand van de peildatum"], ["Wet van 23-11-2000"]]),
    "locations with owners": listed(
        "Locatiecode",
        ["NL-01", "NL-02"],
        ("Naam", ["Kazerne Noord", "Schip de Hoop"]),
        ("Eigenaar", ["Rijk", "Jan Jansen BV"]),
    ),
}


HONEST |= {
    "buildings": listed("Geb.", ["A", "B"], ("Geb. nr", [1, 2]), ("Bedden", [10, 20])),
    "years of buildings": listed("Naam", ["Huize Anna", "Villa Sofia"], ("Bouwjaar", [1930, 1988])),
    "in use since long ago": listed(
        "Naam", ["Oude Pastorie", "Sint Jan"], ("In gebruik sinds", [dt.date(1998, 1, 1)] * 2)
    ),
    "houses with names and streets": listed(
        "Naam",
        ["Huize Maria", "Villa Sofia", "Sint Jan"],
        ("Adres", ["Kade 1", "Laan 2", "Dijk 3"]),
    ),
    "children to be born": listed("Toelichting", ["kinderen geboren in 2026 tellen als instroom"]),
    "numbers counted on": listed("Id", [1_000_000_001, 1_000_000_002, 1_000_000_003]),
    "keys of buildings": listed("BAG-id", ["0363010000758545", "0363200000402685"]),
    "accounts of landlords": listed("Verhuurder", ["A BV"], ("IBAN", ["NL91ABNA0417164300"])),
    "a place with a day": sheet_of([["Ter Apel 01-03-2010"], ["Contract Hotel Zon 01-03-2010"]]),
    "a meeting of long ago": sheet_of([["Overleg 12-03-2010: J. Jansen en P. de Vries"]]),
    "by age and nationality": listed("Leeftijd", ["0-17", "18-64"], ("Nationaliteit", ["a", "b"])),
}


@pytest.mark.parametrize("case", HONEST)
def test_honest_data_are_read(case: str) -> None:
    assert not refused(HONEST[case]), [each.cell for each in person_signs(HONEST[case])]


def test_what_only_looks_like_persons_is_read_and_told() -> None:
    for case in ("RSIN of owners", "contacts of municipalities"):
        found = recognise([HONEST[case]])

        told = [each for each in found.findings if each.what.key == "finding.persons_perhaps"]
        assert told
        assert {Severity.REMARK} == {each.severity for each in told}
        assert found.sheets


def test_a_plan_s_own_total_that_passes_the_eleven_test_is_no_person() -> None:
    sheet = RawSheet("Overzicht", {(1, 1): "Overzicht", (4, 1): "kosten", (4, 2): 123456782})
    assert [] == [sign for sign in person_signs(sheet, is_result=True) if sign.sure]
    assert [] != [sign for sign in person_signs(sheet) if sign.sure]

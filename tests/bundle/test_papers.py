"""What an organisation asks for beside the program: licences, parts, and papers that stay true."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bundle.bill import bill_of
from bundle.icu_data import UnknownDataError, less
from bundle.licences import (
    COMPATIBLE,
    READ_BY_US,
    SYSTEM_LICENCES,
    UnknownLicenceError,
    goes_with_ours,
    system_licence,
)
from bundle.parts import Part, part_of
from planner import __version__
from tests.code_reading import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def needed(requirements: list[str], found: dict[str, Part] | None = None) -> dict[str, Part]:
    """Return all that requirements bring along in this environment, each with its licence."""
    found = {} if found is None else found
    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        if requirement.name.lower() not in found:
            there = distribution(requirement.name)
            found[requirement.name.lower()] = part_of(there)
            needed(there.requires or [], found)
    return found


def test_every_library_may_be_passed_on_under_our_licence() -> None:
    parts = needed(PROJECT["dependencies"])
    assert {"numpy", "highspy", "shiboken6"} <= parts.keys()
    assert [] == [each.name for each in parts.values() if not goes_with_ours(each.licence)]
    assert [] == [each.name for each in parts.values() if not each.texts]


@pytest.mark.parametrize(
    ("expression", "goes"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True),
        ("MIT AND LicenseRef-Secret", False),
        ("LicenseRef-Secret OR MIT", True),
        ("CC-BY-NC-4.0", False),
        ("SSPL-1.0", False),
    ],
)
def test_of_an_or_one_licence_is_enough_and_of_an_and_none_may_lack(
    expression: str, *, goes: bool
) -> None:
    assert goes is goes_with_ours(expression)


def test_what_we_read_ourselves_goes_with_ours_and_what_nobody_read_is_refused() -> None:
    read = {**READ_BY_US, **SYSTEM_LICENCES}
    assert [] == [name for name, licence in read.items() if not goes_with_ours(licence)]
    with pytest.raises(UnknownLicenceError):
        system_licence("libnobodyknows")


def test_a_bill_names_each_part_and_each_library_and_is_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "liba.so.1").write_bytes(b"machine code")
    parts = [Part("a", "1.2", "pypi", "MIT", [], ["a/__init__.py", "liba.so.1"])]
    bill = bill_of(parts, tmp_path, "2026-11-28T00:00:00+00:00")
    assert bill == bill_of(parts, tmp_path, "2026-11-28T00:00:00+00:00")
    (component,) = bill["components"]
    assert "pkg:pypi/a@1.2" == component["purl"]
    assert [{"expression": "MIT"}] == component["licenses"]
    (file,) = component["components"]
    expected = hashlib.sha256(b"machine code").hexdigest()
    assert [{"alg": "SHA-256", "content": expected}] == file["hashes"]
    assert "liba.so.1" == file["name"]


def test_every_file_has_a_licence_whose_text_is_there() -> None:
    """As REUSE has it; that nothing else lacks is told by `reuse lint`."""
    annotations = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    licences = {each["SPDX-License-Identifier"] for each in annotations}
    assert licences == {path.stem for path in (ROOT / "LICENSES").iterdir()}
    assert licences <= COMPATIBLE | {"CC-BY-4.0"}
    assert {"**"} | {each["path"] for each in annotations if (ROOT / each["path"]).is_file()} == {
        each["path"] for each in annotations
    }
    for name, other in (
        ("EUPL-1.2", ROOT / "LICENSE"),
        ("OFL-1.1", ROOT / "resources/fonts/LICENSE"),
    ):
        assert (ROOT / "LICENSES" / f"{name}.txt").read_bytes() == other.read_bytes()


def test_the_public_description_is_of_this_version_and_within_its_lengths() -> None:
    """As publiccode.yml has it: a short description of 150 signs, a long one of 150 to 10,000."""
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f'softwareVersion: "{__version__}"' in text
    assert f"license: {PROJECT['license']}" in text
    short = re.findall(r"shortDescription: (.+)", text)
    long = re.findall(r"longDescription: >\n((?: {6}.+\n)+)", text)
    assert len(short) == len(long) == 2
    assert all(len(each) <= 150 for each in short)
    assert all(150 <= len(" ".join(each.split())) <= 10_000 for each in long)


def test_the_register_entry_keeps_within_the_standard() -> None:
    text = (ROOT / "docs/algorithm-register.nl.md").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", text, re.MULTILINE))
    assert len(fields["Naam"]) < 100
    assert len(fields["Korte omschrijving"]) < 350
    purpose = re.search(r"\*\*Doel en impact\.\*\*(.+?)\n\n", text, re.DOTALL)
    assert purpose is not None
    assert len(purpose[1]) < 2500


@pytest.mark.parametrize(
    "paper", ["SECURITY.md", "docs/accessibility-statement.md", "docs/algorithm-audit.md"]
)
def test_what_a_paper_leans_on_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+/[\w./-]+)`", text)
    assert named
    assert [] == [each for each in named if not list(ROOT.glob(f"{each}*"))]


def test_of_the_data_of_icu_only_what_sorts_stays() -> None:
    """A table as ICU makes it: a head of 32 bytes, three entries, their names and contents."""
    names = {b"icudt73l/coll/root.res": b"order", b"icudt73l/gb18030.cnv": b"letters"}
    names[b"icudt73l/zone/nl.res"] = b"the last"
    head = bytes.fromhex("2000da27 14000000 00000200") + b"CmnD" + bytes(16)
    listed, contents, words = b"", b"", b"".join(name + b"\0" for name in names)
    at = 4 + 8 * len(names)
    for name, content in names.items():
        begin = 4 + 8 * len(names) + len(words) + len(contents)
        listed += at.to_bytes(4, "little") + begin.to_bytes(4, "little")
        contents += content
        at += len(name) + 1
    table = head + len(names).to_bytes(4, "little") + listed + words + contents

    cut = less(b"a library around it" + table)

    assert head == cut[:32]
    assert bytes.fromhex("01000000 0c000000 30000000") == cut[32:44]
    assert b"icudt73l/coll/root.res\0" == cut[44:67]
    # The content stands at the next multiple of 16 from the list on, and is filled up to one.
    assert b"order" + bytes(11) == cut[32 + 0x30 :]
    with pytest.raises(UnknownDataError):
        less(b"of another shape")

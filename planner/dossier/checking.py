"""Whether a dossier is whole: every part there, no part another, made by this version or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner import __version__
from planner.core.texts import Message, message
from planner.dossier.manifest import MANIFEST, Manifest, digest, manifest_of


@dataclass(frozen=True)
class CheckedDossier:
    """What checking a dossier gave: its manifest, what is wrong with it, and what to know."""

    manifest: Manifest
    faults: tuple[Message, ...]
    remarks: tuple[Message, ...]


def check_dossier(files: Mapping[str, bytes]) -> CheckedDossier:
    """Return whether the files of a dossier are those that its manifest names.

    `UnusableInputError` where the manifest is damaged or of another layout.
    """
    manifest = manifest_of(files[MANIFEST])
    return CheckedDossier(
        manifest, tuple(_faults(files, manifest)), tuple(_remarks(files, manifest))
    )


def _faults(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[Message]:
    for part in manifest.parts:
        if part.name not in files:
            yield message("dossier.missing", file=part.name)
        elif (found := digest(files[part.name])) != part.sha256:
            fields = {"file": part.name, "was": part.sha256[:12], "now": found[:12]}
            yield message("dossier.changed", **fields)


def _remarks(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[Message]:
    known = {MANIFEST, *(each.name for each in manifest.parts)}
    if beside := tuple(sorted(set(files) - known)):
        yield message("dossier.beside", files=beside)
    made = manifest.made_by.get("opvangplan", "")
    if made != __version__:
        yield message("dossier.other_version", made=made, here=__version__)
    if manifest.plan.get("fingerprint") != manifest.plan.get("planned_fingerprint"):
        yield message("dossier.input_changed")
    if manifest.plan.get("ending") != "optimal":
        yield message("dossier.stopped")

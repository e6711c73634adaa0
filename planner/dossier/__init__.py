"""The dossier of a plan: everything by which somebody else gets the same figures.

`contents` gathers it, `container` puts it in a folder or a ZIP and reads it back, `checking` says
whether one is whole, and `repeating` plans it again and compares every figure.
"""

from planner.dossier.checking import CheckedDossier, check_dossier
from planner.dossier.container import read_dossier, write_dossier
from planner.dossier.contents import parts_of
from planner.dossier.manifest import MANIFEST, DossierFile, Manifest
from planner.dossier.repeating import Difference, differences

__all__ = [
    "MANIFEST",
    "CheckedDossier",
    "Difference",
    "DossierFile",
    "Manifest",
    "check_dossier",
    "differences",
    "parts_of",
    "read_dossier",
    "write_dossier",
]

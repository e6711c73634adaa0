"""Makes the stand-alone bundle of this system: `python -m bundle --out DIR`.

It makes an environment of its own with the versions of `versions.txt`, runs PyInstaller in it with
`opvangplan.spec`, puts beside the program what an organisation asks for (list of parts, licence
texts, entry of the menu), and says how large the folder is and by which hash it is known.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ROOT / "bundle" / "versions.txt"
SPEC = ROOT / "bundle" / "opvangplan.spec"
# What the program is not: how long it took, and where it was made, must not show in the bundle.
MADE_AT = "1577836800"  # seconds since 1970, where the sources carry no date of their own


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a bundle; return 0, or end with the fault of the step that failed."""
    asked = argparse.ArgumentParser(prog="python -m bundle", description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder comes")
    asked.add_argument("--environment", type=Path, help="one to use again, or to keep here")
    given = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="opvangplan-bundle-") as work:
        python = environment(given.environment or Path(work) / "environment")
        made = packed(python, Path(work))
        # The environment has the libraries; what this was started with need not.
        finish = [python, "-m", "bundle.finish", str(made), str(Path(work) / "collected.json")]
        subprocess.run([*finish, str(given.out.resolve())], cwd=ROOT, check=True)  # noqa: S603 - ours
    return 0


def environment(folder: Path) -> str:
    """Make an environment with what a bundle is made of, unless it is there; return its Python."""
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    if not scripts.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603 - ours
        install = [python, "-m", "pip", "install", "--quiet", "--constraint", str(VERSIONS)]
        subprocess.run([*install, *wanted()], check=True)  # noqa: S603 - our own words
    return python


def wanted() -> list[str]:
    """Return what the project asks for to run and to be bundled; not the project itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["bundle"]]


def packed(python: str, work: Path) -> Path:
    """Run PyInstaller; return the folder it made."""
    settings = {
        **os.environ,
        "OPVANGPLAN_BUNDLE_WORK": str(work),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": date_of_sources(),
        "QT_QPA_PLATFORM": "offscreen",
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
    }
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
    quiet = ["--noconfirm", "--clean", "--log-level", "WARN"]
    command = [python, "-m", "PyInstaller", *quiet, *places, str(SPEC)]
    subprocess.run(command, cwd=ROOT, env=settings, check=True)  # noqa: S603 - our own words
    name = "Opvangplan.app" if sys.platform == "darwin" else "opvangplan"
    return work / "dist" / name


def date_of_sources() -> str:
    """Return when the sources were last changed, in seconds: by git, where they are in it."""
    git = shutil.which("git")
    if git is None:
        return MADE_AT
    asked = [git, "log", "-1", "--format=%ct"]
    said = subprocess.run(asked, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - ours
    return said.stdout.strip() or MADE_AT


if __name__ == "__main__":
    sys.exit(main())

"""Holds a new version of a library against the present one: values, proofs and times.

    python -m tests.candidate highspy==1.16.0

installs it in a folder of its own that goes before the present environment; both answer the same
problems; 1 where the new one differs, proves less or is much slower. Only a version that passes is
let in (planner/notes/0012, 0016).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

from tests.candidate.answers import Answer
from tests.candidate.judging import Judgement, judged
from tests.code_reading import ROOT

ANSWERS = ("-m", "tests.candidate.answers")
MOST_TOLD = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Compare, tell, and return 0 where the candidate may be let in."""
    asked = argparse.ArgumentParser(prog="python -m tests.candidate", description=__doc__)
    asked.add_argument("candidates", nargs="+", metavar="NAME==VERSION")
    asked.add_argument("--seeds", type=int, default=400, help="cases by chance of each sort")
    asked.add_argument("--demos", nargs="*", default=["small"], choices=["small", "national"])
    asked.add_argument("--only", default="", help="problems whose names begin so")
    given = asked.parse_args(argv)
    problems = ["--seeds", str(given.seeds), "--only", given.only, "--demos", *given.demos]
    with tempfile.TemporaryDirectory(prefix="opvangplan-candidate-") as folder:
        install = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            folder,
        ]
        subprocess.run([*install, *given.candidates], check=True)  # noqa: S603 - as the caller asked
        present = answers_of(problems, {})
        candidate = answers_of(problems, {"PYTHONPATH": folder})
    judgement = judged(present, candidate)
    sys.stdout.write(told(judgement, given.candidates))
    return 0 if judgement.passes else 1


def answers_of(problems: Sequence[str], settings: Mapping[str, str]) -> dict[str, Answer]:
    """Return the answers of an environment by the names of the problems.

    One that ends before its time has answered what it had by then.
    """
    paths = os.pathsep.join(filter(None, (settings.get("PYTHONPATH"), str(ROOT))))
    ran = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, *ANSWERS, *problems],
        cwd=ROOT,
        env={**os.environ, **settings, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    # A solver may write lines of its own there as well.
    lines = (line for line in ran.stdout.splitlines() if line.startswith('{"name"'))
    found = (Answer(**json.loads(line)) for line in lines)
    return {each.name: each for each in found}


def told(judgement: Judgement, candidates: Sequence[str]) -> str:
    """Return what came of it, the worst first."""
    lines = [f"{' '.join(candidates)}: {judgement.compared} problems, ", judgement.times, "\n"]
    for title, faults in judgement.faults.items():
        lines.append(f"  {title}: {len(faults)}\n")
        lines += [f"    {fault}\n" for fault in faults[:MOST_TOLD]]
    lines.append("passes\n" if judgement.passes else "must not be let in\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())

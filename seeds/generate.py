"""Write the two demo cases and the past years again: `python -m seeds.generate`.

Running it twice gives the same bytes. What is written is first held against the published totals;
a demo that does not reconcile is not written.
"""

import sys
from pathlib import Path

from seeds.demo_tables import SEEDS, Demo, render
from seeds.generate_national import national_demo
from seeds.generate_small import small_demo
from seeds.past_years import past_demos
from seeds.reconcile import differences


def demo_files() -> dict[str, bytes]:
    """Return the content of every demo file by its path below the seeds folder."""
    files: dict[str, bytes] = {}
    for folder, demo in (("demo_small", small_demo()), ("demo_national", national_demo())):
        wrong = differences(demo)
        if wrong:
            message = f"{folder} does not reconcile: " + "; ".join(wrong)
            raise ValueError(message)
        files |= _rendered(folder, demo)
    for folder, past in past_demos().items():
        files |= _rendered(folder, past)
    return files


def _rendered(folder: str, demo: Demo) -> dict[str, bytes]:
    return {f"{folder}/{table}.csv": render(table, rows) for table, rows in demo.items()}


def main(target: Path = SEEDS) -> None:
    """Write every demo file below the target folder."""
    for name, content in demo_files().items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()

"""`BENCHMARKS`: every measurement, in the order measured; adding one is one record in its file."""

from __future__ import annotations

from tests.benchmarks.ahead import AHEAD
from tests.benchmarks.asking import ASKING
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.comparing import COMPARING
from tests.benchmarks.growing import GROWING
from tests.benchmarks.planning import PLANNING
from tests.benchmarks.stating import STATING
from tests.benchmarks.windowed import WINDOWED
from tests.benchmarks.workbooks import WORKBOOKS

BENCHMARKS: tuple[Benchmark, ...] = (
    *PLANNING,
    *GROWING,
    *STATING,
    *ASKING,
    *AHEAD,
    *COMPARING,
    *WORKBOOKS,
    *WINDOWED,
)

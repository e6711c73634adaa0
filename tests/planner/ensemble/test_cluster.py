"""Two workers of a Dask cluster on this machine, one killed midway: the same members."""

from __future__ import annotations

import os
import signal

import distributed
import pytest

from planner.core.errors import UnusableInputError
from planner.ensemble.cluster import Cluster
from planner.ensemble.executors import SerialExecutor
from tests.planner.ensemble.test_ensemble import made


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told() -> None:
    with pytest.raises(UnusableInputError, match="no Dask scheduler answers at"):
        Cluster("tcp://127.0.0.1:1")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_two_workers_of_which_one_is_killed_give_the_same() -> None:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as there:
        killed: list[int] = []

        def kill_one(done: int) -> None:
            if done > 1 and not killed:
                killed.append(next(iter(there.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        found = made(Cluster(there.scheduler_address), 40, tell=kill_one)

    assert 1 == len(killed)
    assert made(SerialExecutor(), 40).members == found.members

"""Two workers of a Dask cluster on this machine, one killed midway: the same members."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading

import distributed
import pytest

from planner.core.errors import UnusableInputError
from planner.ensemble.cluster import Cluster
from planner.ensemble.ensemble import Ensemble
from planner.ensemble.executors import SerialExecutor
from tests.planner.ensemble.test_ensemble import made


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told() -> None:
    with pytest.raises(UnusableInputError, match="no Dask scheduler answers at"):
        Cluster("tcp://127.0.0.1:1")


@pytest.mark.slow
def test_what_is_no_scheduler_is_told() -> None:
    """A web server takes what a client says for a request, and what it says for a size."""

    def refuse(server: socket.socket) -> None:
        with contextlib.suppress(OSError):  # once the test is over
            while True:
                with server.accept()[0] as caller:
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=refuse, args=(server,), daemon=True).start()
        with pytest.raises(UnusableInputError, match="is no Dask scheduler that can be reached"):
            Cluster(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_another_version_is_told() -> None:
    older = "import planner; planner.__version__ = '0.0.1'"
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=None, preload=older
        ) as there,
        pytest.raises(UnusableInputError, match="no workers of the same versions"),
    ):
        Cluster(there.scheduler_address)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_goes_away_is_told_and_no_member_counted_as_failed() -> None:
    there = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)
    cluster = Cluster(there.scheduler_address)
    done: list[int] = []

    def end(count: int) -> None:
        done.append(count)
        if len(done) == 1:
            there.close()

    with pytest.raises(UnusableInputError, match="has gone away"):
        made(cluster, 40, tell=end)


def made_while_workers_die(count: int, dying: int) -> tuple[Ensemble, list[int]]:
    """Return members by two workers, and who of these was killed after the second member."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as there:
        killed: list[int] = []

        def kill(done: int) -> None:
            if done > 1 and not killed:
                killed.extend([each.pid for each in there.workers.values()][:dying])
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)

        return made(Cluster(there.scheduler_address), count, tell=kill), killed


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_two_workers_of_which_one_is_killed_give_the_same() -> None:
    found, killed = made_while_workers_die(40, 1)

    assert 1 == len(killed)
    assert made(SerialExecutor(), 40).members == found.members


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_what_is_gone_with_every_worker_is_handed_out_anew() -> None:
    """Both are killed at once, with all that was sent to them; others come in their place."""
    found, killed = made_while_workers_die(20, 2)

    assert 2 == len(killed)
    assert not found.failed
    assert made(SerialExecutor(), 20).members == found.members

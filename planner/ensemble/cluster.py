"""A Dask cluster that works members out; its library is needed nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError as GoneError
from typing import Any

from planner.core.errors import OpvangplanError, UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import message
from planner.ensemble.executors import LOOK_S, Futures, heed
from planner.ensemble.member import Member, Task, handed, member_of

# So often in turn what members need is handed out without one that comes back; where there is no
# worker each takes five seconds, and on a busy machine one takes a minute to start.
_FRUITLESS = 60


class Cluster:
    """A Dask cluster, by the address of its scheduler.

    The library is needed nowhere else. It hands out again by itself what a lost worker had in
    hand; what was lost with every worker is handed out anew here.
    """

    def __init__(self, address: str) -> None:
        """Reach the scheduler; `UnusableInputError` where it is not there or speaks otherwise."""
        self._address = address
        self._client = _reached(address)

    def members(self, task: Task, futures: Futures, cancel: CancelToken | None) -> Iterator[Member]:
        """Yield the members as they come; `UnusableInputError` where the scheduler goes away."""
        try:
            yield from self._members(task, futures, cancel)
        except OpvangplanError:
            raise
        except Exception as fault:
            # The library says it in many ways, of which some are slips of its own.
            if self._client.status == "running":
                raise
            raise self._lost() from fault

    def _lost(self) -> UnusableInputError:
        return UnusableInputError(message("ensemble.scheduler_lost", address=self._address))

    def _members(
        self, task: Task, futures: Futures, cancel: CancelToken | None
    ) -> Iterator[Member]:
        """Yield the members; what was lost with the workers that had it is handed out again."""
        left, fruitless = dict(futures), 0
        while left:
            before = len(left)
            for each in self._handed_out(task, left, cancel):
                del left[each.number]
                yield each
            fruitless = fruitless + 1 if len(left) == before else 0
            if fruitless == _FRUITLESS:
                raise self._lost()

    def _handed_out(
        self, task: Task, futures: Futures, cancel: CancelToken | None
    ) -> Iterator[Member]:
        """Yield members until all are done, or what they need is gone with every worker."""
        from distributed import wait as settled  # noqa: PLC0415 - only where it is asked for

        heed(cancel)
        try:
            shared = self._client.scatter(handed(task), broadcast=True)
        except TimeoutError:  # no worker is there; those that were may be starting again
            return
        running = {
            self._client.submit(member_of, shared, number, people, pure=False): number
            for number, people in futures.items()
        }
        try:
            while running:
                heed(cancel)
                try:
                    done = settled(list(running), LOOK_S, "FIRST_COMPLETED").done
                except TimeoutError:
                    continue
                except GoneError:  # by nobody here: what they need is gone
                    return
                for each in done:
                    number = running[each]
                    try:
                        fault = each.exception()
                        failed = fault is not None
                        member = Member(number, {}, {}, str(fault)) if failed else each.result()
                    except GoneError:  # also of one that was done, on a worker that is no more
                        return
                    del running[each]
                    yield member
        finally:
            if self._client.status == "running":
                self._client.cancel([*running, shared])


def _reached(address: str) -> Any:  # noqa: ANN401 - a library without types that may be absent
    """Return a client of a scheduler whose workers have this program and the same versions."""
    try:
        from distributed import Client  # noqa: PLC0415 - only where it is asked for
    except ImportError as fault:
        raise UnusableInputError(message("ensemble.no_dask")) from fault
    # What goes wrong is told in our words; its own lines would stand in the midst of the progress.
    for name in ("distributed", "distributed.client", "distributed.utils"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=5)
    except (OSError, TimeoutError, ValueError) as fault:
        raise UnusableInputError(message("ensemble.no_scheduler", address=address)) from fault
    except Exception as fault:  # something answers, in no way that is known
        raise UnusableInputError(message("ensemble.no_dask_there", address=address)) from fault
    try:
        client.get_versions(check=True)
        there = client.run(_program, on_error="ignore")
    except Exception as fault:
        client.close()
        told = message("ensemble.other_versions", address=address, why=str(fault))
        raise UnusableInputError(told) from fault
    own = _program()
    others = {str(each) for each in there.values() if each != own}
    if others or not there:
        client.close()
        why = ", ".join(sorted(others)) or "-"
        raise UnusableInputError(message("ensemble.other_versions", address=address, why=why))
    return client


def _program() -> str:
    """Return the version of the program and of the solver in this process."""
    from planner import __version__  # noqa: PLC0415 - asked of another machine too
    from planner.solver.highs import version  # noqa: PLC0415 - the same

    return f"Opvangplan {__version__}, {version()}"

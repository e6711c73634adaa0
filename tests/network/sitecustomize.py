"""Ends whatever opens a connection: every Python that has this folder on its path loads it first.

Sockets between our own processes are let through, for those are files of this machine.
"""

from __future__ import annotations

import os
import socket
import sys

OWN = {socket.AF_UNIX}
STATUS = 86


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """End the process at the first sign of a connection; nobody can catch that."""
    if event == "socket.__new__":
        _, family, *_ = arguments
        refused = family not in OWN
    else:
        refused = event in {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}
    if refused:
        os.write(2, f"a connection was asked for: {event} {arguments[1:]}\n".encode())
        os._exit(STATUS)


sys.addaudithook(refuse)

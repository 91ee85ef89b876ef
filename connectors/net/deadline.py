"""A limit for the whole of an answer, however steadily its bytes drip.

The timeouts of a socket run from one byte to the next. Here each answer has its own last moment:
headers and body are read through `_Answer`, which gives every read no more than what is left. To
watch the clock while the body is read would not do: `http.client` has read all headers before.
"""

import io
import socket
import time
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

LONGEST = 300.0
"""Seconds from asking to the last byte; a page of the largest list takes a few."""


class _Answer(io.RawIOBase):
    """The bytes of one answer."""

    def __init__(self, sock: socket.socket) -> None:
        self._raw = sock.makefile("rb", buffering=0)
        self._sock, self._each = sock, sock.gettimeout()
        self._last = time.monotonic() + LONGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._last - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._sock.settimeout(left if self._each is None else min(left, self._each))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(HTTPResponse):
    """What `http.client` reads an answer's headers and body with."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_Answer(sock))


class _Connection(HTTPConnection):
    response_class = _Response


class _SecureConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS = {"http": _Pool, "https": _SecurePool}
"""For `urllib3.PoolManager.pool_classes_by_scheme`."""

"""Ways to have code in C do the sending, for `outlaws.py`; and those that the net cannot see."""

import _ctypes
import ctypes
import importlib
import importlib.machinery
import importlib.util
import shutil
import socket
import sqlite3
import struct
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import _cffi_backend
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from connectors.net import network_allowlist as exits


def attempts(unlisted: int) -> dict[str, Callable[[], object]]:
    """Each way, by the name under which the docs list it."""
    return {
        "`ctypes`, the C library as loaded": lambda: _connect(ctypes.CDLL(None), unlisted),
        "`ctypes`, the C library by its name": lambda: _connect(ctypes.CDLL("libc.so.6"), unlisted),
        "`ctypes`, the symbol alone": lambda: _ctypes.dlsym(_ctypes.dlopen(None, 0), "connect"),
        "`ctypes`, a function by its address": _by_its_address,
        "a compiled module from elsewhere": _from_elsewhere,
        "`cffi`": lambda: __import__("cffi").FFI().dlopen(None),
        "another interpreter in this process": _another_interpreter,
    } | (
        {"a library for SQLite": _for_sqlite}
        if hasattr(sqlite3.Connection, "load_extension")
        else {}
    )


def open_ways(unlisted: int) -> dict[str, Callable[[], object]]:
    """What reaches whom it likes, by the name under which the docs list it."""
    return {
        "cffi's compiled part, called by itself": lambda: _by_cffi(unlisted),
        "code that writes into the guard's own variables": lambda: _unguarded(unlisted),
    }


def _address(port: int) -> bytes:
    return struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), bytes((127, 0, 0, 1)))


def _connect(c: Any, port: int) -> None:
    where = _address(port)
    assert c.connect(c.socket(socket.AF_INET, socket.SOCK_STREAM, 0), where, len(where)) == 0


def _by_its_address() -> None:
    address = ctypes.cast(ctypes.pythonapi.Py_GetVersion, ctypes.c_void_p).value
    _ctypes.call_function(address, ())  # type: ignore[arg-type]  # it is there


def _from_elsewhere() -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(_cffi_backend.__file__, folder)
        loader = importlib.machinery.ExtensionFileLoader("_cffi_backend", copy)
        spec = importlib.util.spec_from_loader("_cffi_backend", loader)
        assert spec
        importlib.util.module_from_spec(spec)


def _another_interpreter() -> None:
    name = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"
    interpreters: Any = importlib.import_module(name)
    interpreters.create()


def _for_sqlite() -> None:
    with sqlite3.connect(":memory:") as ledger:
        ledger.enable_load_extension(True)


def _by_cffi(port: int) -> None:
    c, number = _cffi_backend, _cffi_backend.new_primitive_type("int")
    text = c.new_pointer_type(c.new_primitive_type("char"))
    library, where = c.load_library(None, 0), _address(port)
    make = library.load_function(c.new_function_type((number,) * 3, number, False), "socket")
    go = library.load_function(
        c.new_function_type((number, text, number), number, False), "connect"
    )
    assert go(make(socket.AF_INET, socket.SOCK_STREAM, 0), where, len(where)) == 0


def _unguarded(port: int) -> None:
    net, exits._net = exits._net, None
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    finally:
        exits._net = net


def of_the_interpreter() -> None:
    """What `ctypes` may call."""
    assert ctypes.pythonapi.PyLong_AsLong(ctypes.py_object(1)) == 1


def a_key() -> None:
    """What google-auth and the sealed ledger need of C."""
    made = rsa.generate_private_key(65537, 2048)
    kept = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    serialization.load_pem_private_key(kept, None)

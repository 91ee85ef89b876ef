"""What doctor finds of the officers' page: its port, its address, and who may sign in."""

import socket
from collections.abc import Iterator
from functools import partial
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request

from connectors.net.network_allowlist import AllowedHost, allow
from connectors.settings import Chapter
from connectors.settings.sections import Desk
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.scheduler.server import OPENER
from models.errors import FixTheSettings, TryAgainLater
from models.text.formats import amount

HERE = "127.0.0.1"
_ENOUGH = 20_000
"""Bytes of an answer."""
_ELSEWHERE = b"This page is not at this address."
"""What the page answers that was started at another one."""
_OURS = (b'href="/static/desk.css"', b"Chapter Clerk")


def officers_page(context: ChapterContext) -> Iterator[Look]:
    """Where the chapter has one."""
    if context.chapter.desk or context.chapter.officers:
        yield "officers' page", partial(_said, context.chapter)


def _said(chapter: Chapter) -> str:
    if not chapter.officers:
        raise FixTheSettings(
            "no officers are named, so no one can sign in",
            where="chapter.toml [[officers]]",
            next_step='add three lines to chapter.toml: [[officers]], name = "…", '
            'may = ["look", "act"]',
        )
    desk, acting = chapter.desk or Desk(), sum(one.acts for one in chapter.officers)
    many = amount(len(chapter.officers), "officer")
    who = f"{many}, {acting or 'none'} of them can act"
    address = desk.address or f"http://{HERE}:{desk.port}"
    return f"{who}; {_port(desk)}; opened at {address}"


def _port(desk: Desk) -> str:
    """Whether the page could listen, or does."""
    if _is_free(desk.port):
        return f"not running now; port {desk.port} is free"
    answer = _answer(desk)
    if all(part in answer for part in _OURS):
        return f"running on port {desk.port}, on this computer only"
    if answer == _ELSEWHERE:
        raise FixTheSettings(
            "the page runs at its old address: it was started before the address was changed",
            where="chapter.toml [desk] address",
            next_step="restart it: stop `clerk desk` or `clerk serve`, and start it again",
        )
    raise TryAgainLater(
        f"something else on this computer uses port {desk.port}",
        where="chapter.toml [desk] port",
        next_step="choose another port, or stop the other program",
    )


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HERE, port))
        except OSError:
            return False
    return True


def _answer(desk: Desk) -> bytes:
    """What answers there when it is asked by this chapter's address; b"" if nothing does."""
    allow([AllowedHost(HERE, desk.port, "the officers' page, on this computer")])
    host = urlsplit(desk.address).netloc or f"{HERE}:{desk.port}"
    asked = Request(f"http://{HERE}:{desk.port}/sign-in", headers={"Host": host})
    try:
        with OPENER.open(asked, timeout=5) as answer:
            return bytes(answer.read(_ENOUGH))
    except HTTPError as refused:
        return refused.read(_ENOUGH)
    except (URLError, HTTPException, OSError, ValueError):
        return b""

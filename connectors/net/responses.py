"""What a service answers, read by its form or not at all.

A sign-in page of the network, a proxy's own JSON, half a body: they all come with status 200 as
well. Each call therefore names the form that its answer has, with what only the service itself
could say: the id it was asked about, the count of what it did. Anything else is not the service
answering, and a later try may cure it. Fields that nobody asked for are dropped here (DP-5).
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import TryAgainLater

if TYPE_CHECKING:
    import requests


class Answer(BaseModel):
    """A form: strict about what it names, blind to the rest, silent about what it refuses.

    Pydantic reads the bytes themselves: JSON that nests too deep, numbers of thousands of digits
    and halves of characters are refused there, without an error of their own.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="ignore", allow_inf_nan=False, hide_input_in_errors=True
    )


A = TypeVar("A", bound=BaseModel)
_MUCH = 4 * 2**20
"""Bytes; a chapter's tabs are far below."""
Fits = Callable[[A], bool]
"""Whether an answer is about what was asked."""


def any_such(answer: object) -> bool:
    """Of calls whose form alone says enough."""
    return True


def read(service: str, kind: type[A], response: "requests.Response", fits: Fits[A] = any_such) -> A:
    """The answer in its form.

    Raises:
        TryAgainLater: it is something else, so it was not the service that answered.
    """
    if response.status_code != HTTPStatus.OK:
        raise not_from(service)
    answer = parsed(kind, response)
    if answer is None or not fits(answer):
        raise not_from(service)
    return answer


def parsed(kind: type[A], response: "requests.Response") -> A | None:
    """A body of this form, whatever the status; None when it has another."""
    try:
        return kind.model_validate_json(response.content)
    except ValidationError:
        return None
    finally:
        if len(response.content) > _MUCH:
            _give_back()


def _give_back() -> None:
    """Return to the system what the parser of a large answer held.

    It holds ten times the answer. C's allocator keeps that for later, but what is made of the
    answer are Python's objects, which live elsewhere. Only glibc has a call for this; without it a
    process stays as large as it once was.
    """
    if sys.platform != "linux":
        return
    with suppress(ImportError, OSError, AttributeError):  # a Python or a C library without it
        import ctypes

        ctypes.CDLL(None).malloc_trim(0)


def is_nothing(service: str, response: "requests.Response") -> None:
    """What answers "done" without a word: 204, and no byte.

    Raises:
        TryAgainLater: anything else, a page with status 200 among it.
    """
    if response.status_code != HTTPStatus.NO_CONTENT or response.content:
        raise not_from(service)


def not_from(service: str) -> TryAgainLater:
    """Somebody else answered in the service's place."""
    return TryAgainLater(
        f"this is not {service} answering: perhaps a page of the network, such as its sign-in",
        where=service,
        next_step="open any page in a browser on this network; "
        "then run it again: nothing is done twice",
    )


Nothing = tuple[()] | None
"""Where an object is due and is empty, Mailchimp may send `[]`, null, or leave it out."""

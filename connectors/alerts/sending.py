"""One message to one address, by Apprise's plug-in for its service.

The plug-ins are taken one by one, by their class: Apprise's own reading of addresses, its loading
of plug-ins and configurations, its attachments, its storage and its threads are never used.
"""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator

from connectors.alerts.schemes import HTTPS, Target, where
from connectors.net.retries import LATER
from models.errors import TryAgainLater
from models.outgoing import Payload, naming_nobody

if TYPE_CHECKING:
    from apprise import AppriseAsset

APP = "Chapter Clerk"
_PLAIN = {"include_image": False}
"""No picture is linked to that the reader's own program would fetch from elsewhere."""


def _text(said: str) -> str:
    return naming_nobody(said, "an alert")


FITS: Mapping[str, int] = {
    "ntfy": 3_900, "ntfys": 3_900, "mmost": 3_800, "mmosts": 3_800, "gchat": 3_800,
    "discord": 1_800,
}  # fmt: skip
"""Bytes of a text that stay one message: of more ntfy makes a file, and Apprise several."""
MORE = "… `clerk alerts list` shows everything."


class Message(Payload):
    """What an address is told."""

    title: Annotated[str, AfterValidator(_text)]
    body: Annotated[str, AfterValidator(_text)]


def send(target: Target, message: Message) -> None:
    """Send a message, once; nothing is tried again here.

    Raises:
        FixTheSettings: the service does not know the address, or does not take the message.
        TryAgainLater: it is busy, or cannot be reached; whether the message came is not known.
        Refused: its certificate does not fit.
    """
    _hush()
    with _plugin(target) as plugin:
        body = fitting(target.scheme, message.body)
        arrived = plugin.notify(body=body, title=message.title, body_format="text")
    if not arrived:
        raise TryAgainLater(
            "the service did not confirm the message", where=where(target), next_step=LATER
        )


def fitting(scheme: str, body: str) -> str:
    """A text, cut at the end of a line where a service would not show it as one message."""
    most = FITS.get(scheme)
    if most is None or len(body.encode()) <= most:
        return body
    kept = body.encode()[: most - len(MORE.encode())].decode(errors="ignore")
    return f"{kept.rpartition(chr(10))[0] or kept}\n{MORE}"


@contextmanager
def _plugin(target: Target) -> Iterator[Any]:
    """The plug-in of an address, with our door in the place of its library of connections."""
    from connectors.alerts.doors import HttpDoor, MailDoor

    if target.scheme in ("mailto", "mailtos"):
        module = _mail()
        with _handed(module, "AppriseSMTPController", MailDoor(target)):
            yield module.NotifyEmail(
                asset=_asset(),
                schema=target.scheme,
                secure=not target.is_stand_in,
                host=target.host,
                smtp_host=target.host,
                port=target.port,
                from_addr=f"{APP} <{target.part('user')}>",
                targets=[target.part("to")],
            )
        return
    module, name, options = _web(target)
    with closing(HttpDoor(target)) as door, _handed(module, "requests", door):
        yield getattr(module, name)(
            asset=_asset(),
            schema=target.scheme if target.is_stand_in else "https",
            secure=not target.is_stand_in,
            host=target.host,
            port=None if target.port == HTTPS else target.port,
            **options,
        )


@contextmanager
def _handed(module: Any, name: str, ours: object) -> Iterator[None]:
    theirs = getattr(module, name)
    setattr(module, name, ours)
    try:
        yield
    finally:
        setattr(module, name, theirs)


def _web(target: Target) -> tuple[Any, str, Mapping[str, Any]]:
    """The module of a service's plug-in, its class, and what that is told of an address."""
    part = target.part
    match target.scheme:
        case "slack":
            from apprise.plugins import slack

            tokens = {"token_a": part("a"), "token_b": part("b"), "token_c": part("c")}
            return slack, "NotifySlack", {**tokens, **_PLAIN, "include_footer": False}
        case "discord":
            from apprise.plugins import discord

            hook = {"webhook_id": part("id"), "webhook_token": part("token")}
            return discord, "NotifyDiscord", {**hook, **_PLAIN, "avatar": False}
        case "gchat":
            from apprise.plugins import google_chat

            keys = {"webhook_key": part("key"), "webhook_token": part("token")}
            return google_chat, "NotifyGoogleChat", {"workspace": part("space"), **keys}
        case "mmost" | "mmosts":
            from apprise.plugins import mattermost

            return mattermost, "NotifyMattermost", {"token": part("token"), **_PLAIN}
        case _:
            from apprise.plugins import ntfy

            return ntfy, "NotifyNtfy", {"targets": [part("topic")], **_who(target), **_PLAIN}


def _who(target: Target) -> dict[str, Any]:
    """How ntfy knows the sender: not, by name and password, or by a token."""
    user, password = target.part("user"), target.part("password")
    if user and not password:
        return {"auth": "token", "token": user, "mode": "private"}
    return {"user": user or None, "password": password or None, "mode": "private"}


def _mail() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # on Python 3.11 and 3.12 it uses imghdr
        from apprise.plugins.email import base
    return base


def _asset() -> "AppriseAsset":
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id=APP,
        app_desc=APP,
        app_url="",
        image_url_mask="",
        image_url_logo="",
        image_path_mask="",
        storage_mode="memory",
        http_redirects=False,
        interpret_emojis=False,
        async_mode=False,
        pgp_autogen=False,
        pem_autogen=False,
        allow_templates=False,
        timezone="UTC",
    )


def _hush() -> None:
    """Apprise's log names addresses and quotes what services answer: none of it is kept (DP-3)."""
    log = logging.getLogger("apprise")
    log.disabled, log.propagate = True, False

"""What is no page and every application of pages needs: a form's bytes, style, the language."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from flows.web import render
from flows.web.forms import KIND, LARGEST
from models.text.languages import Language

LANGUAGE: Final = "clerk_language"
"""The cookie of the language that was chosen."""
_FILES: Final[Mapping[str, str]] = {
    "desk.css": "text/css", "htmx.min.js": "text/javascript", "icon.svg": "image/svg+xml",
}  # fmt: skip


async def body_of(request: Request) -> bytes:
    """A form's bytes; b"" if it is no form, or too long for one of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != KIND:
        return b""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return b""  # no form of ours: its token is not there either
    return bytes(body)


def chosen(
    request: Request, languages: tuple[Language, ...], otherwise: Language = "en"
) -> Language:
    """The language that was chosen before, if it is one of these."""
    wanted = request.cookies.get(LANGUAGE, otherwise)
    return next((one for one in languages if one == wanted), "en")


async def static(request: Request) -> Response:
    """A file of style or script."""
    name = request.path_params["name"]
    if name not in _FILES:
        return Response("Not found.", 404)
    text = render.style() if name == "desk.css" else (render.STATIC / name).read_text("utf-8")
    return Response(text, media_type=_FILES[name])

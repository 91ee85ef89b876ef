"""The pages of a rehearsal as an application on this computer.

Nobody signs in: everybody in it is invented. What holds for every request of the officers' page
holds here: hosts, origins, sizes, headers, a token in each form.
"""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from flows.rehearsal.pages import (
    desk,
    forms,
    home,
    inbox,
    progress,
    published,
    render,
    report,
    sheets,
    trouble,
)
from flows.rehearsal.pages.visits import Answer, Asked, Document, Shared, Visit
from flows.rehearsal.pages.wording import wording
from flows.rehearsal.world import World
from flows.web.forms import is_ours, read
from flows.web.outside import POLICY, Outside, origins_of
from flows.web.served import LANGUAGE, body_of, chosen, static
from flows.web.visits import GoTo, Page
from flows.web.works import Works
from models.errors import ClerkError, Refused, TryAgainLater, describe_bug
from models.text.languages import LANGUAGES

_FIELDS: Final = 500


def choose_language(visit: Visit) -> GoTo:
    """From now on the pages are in this language."""
    wanted, here = visit.sent.one("language"), desk.path_here(visit.sent.one("back"))
    return GoTo(here, language=next((one for one in LANGUAGES if one == wanted), None))


ASKED: Final[tuple[Asked, ...]] = (
    *home.ASKED,
    *progress.ASKED,
    *sheets.ASKED,
    *forms.ASKED,
    *inbox.ASKED,
    *published.ASKED,
    *desk.ASKED,
    *trouble.ASKED,
    *report.ASKED,
    Asked("POST", "/language", choose_language),
)
"""Everything that can be asked for."""


def application(world: World, works: Works | None = None) -> Outside:
    """The pages of one rehearsal, at its `home_url`.

    Args:
        works: where what takes time is held, for whoever stops the pages.
    """
    shared = Shared(world, works=works or Works())
    routes = [
        *(Route(one.path, _endpoint(one, shared), methods=[one.method]) for one in ASKED),
        Route("/static/rehearsal.css", _style, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
    ]
    return Outside(Starlette(routes=routes), origins_of("", urlsplit(world.home_url).port or 0))


def _endpoint(asked: Asked, shared: Shared) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = await body_of(request) if asked.method == "POST" else b""
        return await run_in_threadpool(_answered, asked, shared, request, body)

    return answer


def _answered(asked: Asked, shared: Shared, request: Request, body: bytes) -> Response:
    visit = Visit(
        shared=shared,
        words=wording(chosen(request, LANGUAGES)),
        path=request.url.path,
        at=dict(request.path_params),
        asked=_query(request),
        sent=read(body),
        cookies=request.cookies,
    )
    try:
        if asked.method == "POST" and not is_ours(visit.sent, shared.key, visit.path):
            say = visit.words.say
            raise Refused(say("rehearsal.not_our_form"), next_step=say("desk.go_back"))
        return _response(visit, asked.handler(visit))
    except ClerkError as fault:
        return _fault(visit, fault, 503 if isinstance(fault, TryAgainLater) else 409)
    except Exception as bug:  # noqa: BLE001 - the page says where it is; nobody else is there to
        return _fault(visit, ClerkError(describe_bug(bug)), 500)


def _query(request: Request) -> dict[str, list[str]]:
    try:
        return parse_qs(request.url.query, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return {}


def _response(visit: Visit, answer: Answer) -> Response:
    match answer:
        case Page():
            return _page(visit, answer, answer.status)
        case Document():
            framed = {"Content-Security-Policy": answer.policy, "X-Frame-Options": "SAMEORIGIN"}
            return HTMLResponse(answer.html, headers=framed)
        case GoTo():
            visit.shared.memory.say_next(answer.path.partition("?")[0], answer.said)
            response = RedirectResponse(answer.path, 303)
            if answer.language:
                response.set_cookie(LANGUAGE, answer.language, max_age=31_536_000, httponly=True,
                                    samesite="strict")  # fmt: skip
            return response


def _fault(visit: Visit, fault: ClerkError, status: int) -> Response:
    return _page(visit, Page("fault.html", {"fault": fault}), status)


def _page(visit: Visit, shown: Page, status: int) -> Response:
    """A page, whose form may also lead to the officers' page of this rehearsal."""
    policy = POLICY.replace("form-action 'self'", f"form-action 'self' {visit.world.desk_url}")
    headers = {"Content-Security-Policy": policy}
    return HTMLResponse(render.page(visit, shown), status, headers=headers)


async def _style(_: Request) -> Response:
    return FileResponse(render.STYLE, media_type="text/css")

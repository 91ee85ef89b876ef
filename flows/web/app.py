"""The officers' page as an application: who asks for what, and what it is answered with.

Every page and every act stands in `ASKED`, with who may; nothing is answered beside it but the
sign-in and two files of style and script.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from connectors.settings import load_chapter
from flows.clock import Clock, utc_now
from flows.context import ChapterContext, open_chapter
from flows.web import render
from flows.web.access import desk_of, session, sign_in, sign_out
from flows.web.forms import Sent, is_ours, read
from flows.web.limits import Limit
from flows.web.outside import FRAMED, Outside, origins_of
from flows.web.pages import ASKED
from flows.web.served import LANGUAGE, body_of, chosen, static
from flows.web.texts import texts
from flows.web.visits import Answer, Asked, Document, GoTo, Page, Shared, Visit
from flows.web.works import Works
from models.errors import ClerkError, Refused, TryAgainLater, describe_bug
from models.privacy import redact_addresses
from models.text.languages import Language

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,100}")


def application(folder: Path, now: Clock = utc_now, works: Works | None = None) -> Outside:
    """The page of one chapter.

    Args:
        works: where what takes time is held, for whoever stops the page.

    Raises:
        FixTheSettings: the settings are wrong.
    """
    desk = desk_of(load_chapter(folder))
    shared = Shared(now, works=works or Works())
    shared.works.at_stop.append(shared.talks.stop)
    here = _Here(folder, shared, cookie_of(desk.port), secure=bool(desk.address))
    routes = [
        *(Route(one.path, here.endpoint(one), methods=[one.method]) for one in ASKED),
        Route("/sign-in", here.welcome, methods=["GET"]),
        Route("/sign-in", here.come_in, methods=["POST"]),
        Route("/sign-in/{key}", here.welcome, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
    ]
    return Outside(Starlette(routes=routes), origins_of(desk.address, desk.port))


def cookie_of(port: int) -> str:
    """What the page's cookie is called: one host's pages share their cookies, whatever the port."""
    return f"clerk_desk_{port}"


class _Here:
    """One chapter's page."""

    def __init__(self, folder: Path, shared: Shared, cookie: str, *, secure: bool) -> None:
        self._folder, self._shared, self._secure = folder, shared, secure
        self._cookie = f"__Host-{cookie}" if secure else cookie
        self._wrong = Limit(30, timedelta(minutes=1))
        self._strange = Limit(300, timedelta(minutes=1))
        self._asked = Limit(600, timedelta(minutes=1))
        self._sent = Limit(120, timedelta(minutes=1))
        self._known: set[str] = set()

    def endpoint(self, asked: Asked) -> Callable[[Request], Awaitable[Response]]:
        """Who answers a route: the session is looked at first, whatever the route."""

        async def answer(request: Request) -> Response:
            body = await body_of(request) if asked.method == "POST" else b""
            return await run_in_threadpool(self._answer, asked, request, body)

        return answer

    async def welcome(self, request: Request) -> Response:
        """The page of whoever is not signed in; a link is not used up by being looked at."""
        key = request.path_params.get("key", "")
        key = key if _KEY.fullmatch(key) else ""
        return HTMLResponse(render.outside("sign-in.html", _spoken(request), key=key, failed=False))

    async def come_in(self, request: Request) -> Response:
        """Sign in by a link."""
        body = await body_of(request)
        return await run_in_threadpool(self._let_in, request, body)

    def _let_in(self, request: Request, body: bytes) -> Response:
        try:
            return self._come_in(request, read(body))
        except ClerkError:
            return HTMLResponse(render.outside("closed.html", _spoken(request)), 503)

    def _come_in(self, request: Request, sent: Sent) -> Response:
        with open_chapter(self._folder, self._shared.now) as context:
            if former := request.cookies.get(self._cookie, ""):
                self._end(context, former)
            found = sign_in(context, sent.one("key"))
            if found is None:
                said = render.outside("sign-in.html", _spoken(request), key="", failed=True)
                many = not self._wrong.allows("all", self._shared.now())
                return HTMLResponse(said, 429 if many else 403)
            self._known.add(found.key)
            response = RedirectResponse("/", 303)
            response.set_cookie(
                self._cookie,
                found.key,
                max_age=desk_of(context.chapter).session_hours * 3600,
                httponly=True,
                samesite="strict",
                secure=self._secure,
            )
            return response

    def _end(self, context: ChapterContext, key: str) -> None:
        sign_out(context, key)
        self._shared.memories.forget(key)
        self._known.discard(key)

    def _answer(self, asked: Asked, request: Request, body: bytes) -> Response:
        key = request.cookies.get(self._cookie, "")
        if not key:
            return RedirectResponse("/sign-in", 303)
        # Officers have a budget each, strangers one together: nobody without a session shuts a
        # signed-in officer out.
        budget, who = (self._asked, key) if key in self._known else (self._strange, "all")
        if not budget.allows(who, self._shared.now()):
            return HTMLResponse(render.outside("slow.html", _spoken(request)), 429)
        try:
            with open_chapter(self._folder, self._shared.now) as context:
                return self._answered(asked, request, body, context)
        except ClerkError:  # nobody is known to be signed in: what is wrong is not told here
            return HTMLResponse(render.outside("closed.html", _spoken(request)), 503)
        except Exception:  # noqa: BLE001 - a page of a fault that fails itself: a log would tell why
            return HTMLResponse(render.outside("closed.html", _spoken(request)), 500)

    def _answered(
        self, asked: Asked, request: Request, body: bytes, context: ChapterContext
    ) -> Response:
        key = request.cookies.get(self._cookie, "")
        found = session(context, key)
        if found is None:
            self._known.discard(key)
            return RedirectResponse("/sign-in", 303)
        self._known.add(key)
        language = chosen(request, context.chapter.languages)
        visit = Visit(
            context=context,
            session=found,
            shared=self._shared,
            words=texts(language),
            path=request.url.path,
            at=dict(request.path_params),
        )
        try:
            answer = self._handled(asked, visit, body)
            return self._response(visit, answer)
        except ClerkError as fault:
            status = 503 if isinstance(fault, TryAgainLater) else 409
            return HTMLResponse(_fault(visit, fault), getattr(fault, "status", status))
        except Exception as bug:  # noqa: BLE001 - its words could name a person: its place is said
            return HTMLResponse(_fault(visit, ClerkError(describe_bug(bug))), 500)

    def _handled(self, asked: Asked, visit: Visit, body: bytes) -> Answer:
        if asked.method == "POST":
            if not self._sent.allows(visit.session.key, self._shared.now()):
                raise TryAgainLater(visit.words.say("desk.too_often"))
            sent = read(body)
            if not is_ours(sent, visit.session.key, visit.path):
                raise Refused(
                    visit.words.say("desk.not_our_form"), next_step=visit.words.say("desk.go_back")
                )
            visit = replace(visit, sent=sent)
        if asked.needs == "act" and not visit.officer.acts:
            raise Refused(
                visit.words.say("desk.may_only_look"),
                next_step=visit.words.say("desk.may_act"),
            )
        return asked.handler(visit)

    def _response(self, visit: Visit, answer: Answer) -> Response:
        match answer:
            case Page():
                return HTMLResponse(render.page(visit, answer), answer.status)
            case Document():
                headers = {"Content-Security-Policy": FRAMED, "X-Frame-Options": "SAMEORIGIN"}
                return HTMLResponse(answer.html, headers=headers)
            case GoTo():
                return self._gone(visit, answer)

    def _gone(self, visit: Visit, answer: GoTo) -> Response:
        visit.memory.say_next(answer.path, answer.said)
        response = RedirectResponse(answer.path, 303)
        if answer.path == "/sign-in":
            self._end(visit.context, visit.session.key)
            response.delete_cookie(self._cookie, secure=self._secure, httponly=True)
        if answer.language:
            response.set_cookie(LANGUAGE, answer.language, max_age=31_536_000, httponly=True,
                                samesite="strict", secure=self._secure)  # fmt: skip
        return response


def _fault(visit: Visit, fault: ClerkError) -> str:
    """What went wrong; addresses are dots in it, and in the path that it is told at."""
    said = (fault.fact, fault.where, fault.next_step)
    fact, where, next_step = map(redact_addresses, said)
    shown = ClerkError(fact, where=where, rule=fault.rule, next_step=next_step)
    visit = replace(visit, path=redact_addresses(visit.path))
    return render.page(visit, Page("fault.html", {"fault": shown}))


def _spoken(request: Request) -> Language:
    """What whoever is not signed in reads: as chosen before, or as their browser asks."""
    asked = request.headers.get("accept-language", "").casefold()
    return chosen(request, ("en", "es"), "es" if asked.startswith("es") else "en")

"""Forms v1, `forms.responses`: what people sent."""

import base64
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from connectors.sandbox.google.call import NOT_FOUND, Call, GoogleError, rfc3339
from connectors.sandbox.google.form_state import FormResponse
from connectors.sandbox.google.state import GoogleState

FILTER = re.compile(r"timestamp\s*(?P<op>>=|>)\s*(?P<moment>\d{4}-\d\d-\d\dT[\d:.]+)Z")
INVALID = "Request contains an invalid argument."
PAGE = 5000


def list_(state: GoogleState, call: Call) -> dict[str, Any]:
    """`forms.responses.list`: in no useful order, at most 5000 a page, filtered by time only."""
    wanted = _filter(call.one("filter"))
    found = sorted(
        (response for response in state.form(call).responses if wanted(response.submitted)),
        key=lambda response: response.id,
    )
    start = _page_start(call)
    size = min(int(call.one("pageSize") or PAGE) or PAGE, PAGE)
    answer: dict[str, Any] = {}
    if page := found[start : start + size]:
        answer["responses"] = [_response(response) for response in page]
    if start + size < len(found):
        answer["nextPageToken"] = _token(call, start + size)
    return answer


def get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`forms.responses.get`."""
    form = state.form(call)
    for response in form.responses:
        if response.id == call.ids["response_id"]:
            return {"formId": form.id, **_response(response)}
    raise GoogleError(404, NOT_FOUND)


def _response(response: FormResponse) -> dict[str, Any]:
    mail = {"respondentEmail": response.respondent_email} if response.respondent_email else {}
    answers = {
        question: {
            "questionId": question,
            "textAnswers": {"answers": [{"value": text} for text in texts]},
        }
        for question, texts in response.answers.items()
        if texts
    }
    return {
        "responseId": response.id,
        "createTime": rfc3339(response.created),
        "lastSubmittedTime": rfc3339(response.submitted),
        **mail,
        **({"answers": answers} if answers else {}),
    }


def _filter(text: str) -> Callable[[datetime], bool]:
    if not text:
        return lambda submitted: True
    found = FILTER.fullmatch(text.strip())
    if not found:
        raise GoogleError(400, INVALID)
    moment = datetime.fromisoformat(f"{found['moment']}+00:00")
    if found["op"] == ">":
        return lambda submitted: submitted > moment
    return lambda submitted: submitted >= moment


def _token(call: Call, start: int) -> str:
    return base64.urlsafe_b64encode(f"{start} {call.one('filter')}".encode()).decode()


def _page_start(call: Call) -> int:
    """Where the page token goes on; it holds for the same filter only."""
    token = call.one("pageToken")
    if not token:
        return 0
    try:
        start, _, text = base64.urlsafe_b64decode(token).decode().partition(" ")
        if text == call.one("filter"):
            return int(start)
    except ValueError:
        pass
    raise GoogleError(400, INVALID)

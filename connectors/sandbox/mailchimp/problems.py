"""What Mailchimp says when it will not: problem documents, and request bodies it refuses.

Source: mailchimp.com/developer/marketing/docs/errors, and the wordings that clients quote from
real answers.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

GLOSSARY = "https://mailchimp.com/developer/marketing/docs/errors/"
UNFIT = (
    "The resource submitted could not be validated. For field-specific details, see the"
    " 'errors' array."
)
T = TypeVar("T", bound=BaseModel)


class Problem(Exception):
    """An answer that is an error."""

    def __init__(
        self, status: int, title: str, detail: str, errors: Sequence[dict[str, str]] = ()
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.errors = status, title, detail, list(errors)

    def document(self, instance: str) -> dict[str, Any]:
        """The problem as JSON; `instance` tells this one from all others."""
        told = {"type": GLOSSARY, "title": self.title, "status": self.status,
                "detail": self.detail, "instance": instance}  # fmt: skip
        return told | ({"errors": self.errors} if self.errors else {})


def unfit(field: str, message: str) -> Problem:
    """400 about one field of the request."""
    return Problem(400, "Invalid Resource", UNFIT, [{"field": field, "message": message}])


def bad(detail: str) -> Problem:
    """400 about the state of things."""
    return Problem(400, "Bad Request", detail)


def missing(detail: str = "The requested resource could not be found.") -> Problem:
    """404."""
    return Problem(404, "Resource Not Found", detail)


class Body(BaseModel):
    """A request body: strict about types, deaf to fields it does not know, as Mailchimp is."""

    model_config = ConfigDict(strict=True, extra="ignore")

    def given(self) -> dict[str, Any]:
        """Only what the request named."""
        return self.model_dump(exclude_unset=True)


def read(model: type[T], raw: bytes) -> T:
    """The request's body as `model`.

    Raises:
        Problem: 400, with one entry a fault.
    """
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as exc:
        faults = exc.errors(include_url=False, include_context=False)
        if any(fault["type"] == "json_invalid" for fault in faults):
            detail = "We encountered an unspecified JSON parsing error."
            raise Problem(400, "JSON Parse Error", detail) from None
        raise Problem(400, "Invalid Resource", UNFIT, [_told(each) for each in faults]) from None


def _told(fault: Mapping[str, Any]) -> dict[str, str]:
    *place, last = [str(step) for step in fault["loc"]] or [""]
    if fault["type"] == "missing":
        where, message = place, f"Required fields were not provided: {last}"
    else:
        where, message = [*place, last], f"Schema describes otherwise: {fault['msg']}"
    return {"field": ".".join(where), "message": message}

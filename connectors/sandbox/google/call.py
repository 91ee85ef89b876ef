"""One call to a Google API: who asks, for what; and the errors said as Google says them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    501: "UNIMPLEMENTED",
}


class GoogleError(Exception):
    """An error answer. `reason` is Drive's word for it; `status` and `details` are google.rpc's."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        reason: str = "badRequest",
        status: str = "",
        details: Any = None,
    ) -> None:
        self.code, self.message, self.reason, self.details = code, message, reason, details
        self.status = status or STATUS[code]
        super().__init__(message)

    def as_rpc(self) -> dict[str, Any]:
        """`google.rpc.Status`, as Sheets and Forms say it."""
        error = {"code": self.code, "message": self.message, "status": self.status}
        return {"error": error | ({"details": self.details} if self.details else {})}

    def as_drive(self) -> dict[str, Any]:
        """The older form, as Drive says it."""
        one = {"message": self.message, "domain": "global", "reason": self.reason}
        return {"error": {"errors": [one], "code": self.code, "message": self.message}}


NOT_FOUND = "Requested entity was not found."
NO_PERMISSION = "The caller does not have permission"


@dataclass(frozen=True)
class Call:
    """A request after authentication.

    Args:
        mail: the service account that asks.
        ids: path parameters.
        query: query parameters in order; a name may repeat.
        body: the JSON body; an empty dict if there was none.
    """

    mail: str
    ids: dict[str, str]
    query: list[tuple[str, str]]
    body: dict[str, Any]

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query parameter."""
        return dict(self.query).get(name, default)

    def many(self, name: str) -> list[str]:
        """All values of a repeated query parameter."""
        return [value for key, value in self.query if key == name]

    def flag(self, name: str) -> bool:
        """A boolean query parameter; Google reads `True` as well as `true`."""
        return self.one(name).lower() == "true"

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """An enumerated query parameter."""
        return chosen(name, self.one(name) or default, allowed)


def chosen(name: str, value: str, allowed: Collection[str]) -> str:
    """The value if the enumeration has it; Google's complaint otherwise."""
    if value not in allowed:
        snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
        raise GoogleError(400, f"Invalid value at '{snake}' (TYPE_ENUM), \"{value}\"")
    return value


def without_nulls(body: Any) -> Any:
    """A field that is null is one that is not set (proto3's JSON); a null cell is left a null."""
    if isinstance(body, dict):
        return {name: without_nulls(value) for name, value in body.items() if value is not None}
    if isinstance(body, list) and body and isinstance(body[0], dict):
        return [without_nulls(item) for item in body]
    return body


def rfc3339(moment: datetime) -> str:
    """`2024-10-02T15:01:23.045Z`: UTC, with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

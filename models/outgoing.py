"""What leaves the process: values that hold nobody but where a field says so (DP-3).

A connector sends one of these and never a loose dict. A person in a field of text is a type error,
and a refusal when it runs; an address typed into a title is a refusal too. Only a connector's own
fields, typed `Email` or `Name`, write a person plainly.
"""

from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from models.base import Value
from models.errors import Refused
from models.privacy import redact_addresses


class Payload(Value):
    """One thing that is sent; `model_dump` is its JSON.

    Raises:
        TypeError: something stands where it has no right to; which field, and not what.
    """

    model_config = ConfigDict(strict=True)

    @model_validator(mode="wrap")
    @classmethod
    def _tell_no_value(cls, given: Any, make: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(given, Payload) and not isinstance(given, cls):
            return make(given)  # one of a choice: pydantic goes on to the next
        try:
            return make(given)
        except ValidationError as exc:  # it would quote the keys of a mapping
            places = {str(place) for fault in exc.errors() for place in fault["loc"][:1]}
            fields = ", ".join(sorted(places))
            raise TypeError(f"{cls.__name__}: no such value belongs in {fields} (DP-3)") from None


def naming_nobody(text: str, where: str) -> str:
    """The text, as long as it may be published and kept for good.

    Raises:
        Refused: an address stands in it.
    """
    if redact_addresses(text) != text:
        raise Refused(
            "this contains what looks like an email address, which this text must not",
            where=where,
            rule="DP-3",
            next_step="write it without the address: a title, a reason, an officer's name",
        )
    return text


def _checked(text: str, info: ValidationInfo) -> str:
    return naming_nobody(text, str(info.field_name))


Text = Annotated[str, AfterValidator(_checked)]
"""Words of ours or of the chapter's: a title, a subject, the name of a segment."""

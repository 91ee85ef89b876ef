"""Small parts of the sandbox's Mailchimp account, and what a new one has of them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class MergeField:
    """One column of an audience; its tag is what letters and members call it by."""

    merge_id: int
    tag: str
    name: str
    type: str = "text"
    required: bool = False
    default_value: str = ""
    public: bool = False
    display_order: int = 0
    help_text: str = ""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Domain:
    """A domain that letters come from."""

    verified: bool = True
    authenticated: bool = True


def usual_domains() -> dict[str, Domain]:
    return {name: Domain() for name in ("rivertown.example.org", "example.org")}


def usual_fields() -> dict[int, MergeField]:
    usual = (("FNAME", "First Name", "text"), ("LNAME", "Last Name", "text"),
             ("ADDRESS", "Address", "address"), ("PHONE", "Phone Number", "phone"))  # fmt: skip
    return {
        n: MergeField(n, tag, name, kind, public=True, display_order=n + 1)
        for n, (tag, name, kind) in enumerate(usual, 1)
    }


def usual_contact() -> dict[str, str]:
    return {
        "company": "Sandbox Chapter",
        "address1": "1 Centre Street",
        "address2": "",
        "city": "Boston",
        "state": "MA",
        "zip": "02130",
        "country": "US",
        "phone": "",
    }

"""The tables that decide who may vote, and statewide sign-ups: their fields and headers (VM-2)."""

from collections.abc import Mapping

from models.intake.tables import Columns
from models.intake.year_columns import YEAR_COLUMNS

_IN_TWO = {"first_name": "First name", "last_name": "Last name"}

COLUMNS: Mapping[str, Columns] = {
    c.kind: c
    for c in (
        Columns(
            "events",
            {"day": "Date", "name": "Event", "kind": "Kind", "counts": "Counts", "held": "Held",
             "cancelled": "Cancelled", "partner": "Partner", "sign_in_tab": "Sign-in tab",
             "also": "Also called"},
            frozenset({"day", "name", "kind"}),
        ).renamed({"cancelled": ("Cancelled", "Canceled")}),
        Columns(
            "sign_ins",
            {"at": "Timestamp", "event": "Event", "address": "Email address", "name": "Name",
             **_IN_TWO},
            frozenset({"event", "address"}),
        ),
        Columns(
            "event_sign_ins",
            {"at": "Timestamp", "address": "Email address", "name": "Name", **_IN_TWO},
            frozenset({"address"}),
        ),
        Columns(
            "volunteers",
            {"day": "Date", "activity": "Activity", "address": "Email address", "name": "Name",
             **_IN_TWO},
            frozenset({"day", "activity", "address"}),
        ),
        Columns(
            "registrations",
            {"at": "Timestamp", "name": "Name", "address": "Email address",
             "other_addresses": "Other addresses", "phone": "Phone", "district": "District",
             "wants_email": "Mailing list", **_IN_TWO},
            frozenset({"name", "address"}),
        ),
        Columns(
            "exceptions",
            {"decided": "Date", "decided_by": "Decided by", "reason": "Reason", "kind": "What",
             "address": "Email address", "name": "Name", "event": "Event",
             "event_day": "Event date", "other_address": "Other address"},
            frozenset({"decided", "decided_by", "reason", "kind", "address"}),
        ),
        Columns(
            "statewide",
            {"at": "Timestamp", "address": "Email address", "town": "Town", "zip": "ZIP code",
             "wants_email": "Email me"},
            frozenset({"at", "address", "wants_email"}),
        ),
    )
}  # fmt: skip
"""The kinds of table, their fields and the headers looked for unless the chapter names its own."""
ALL_COLUMNS: Mapping[str, Columns] = {**COLUMNS, **YEAR_COLUMNS}
"""The same, with the committee's own tabs."""

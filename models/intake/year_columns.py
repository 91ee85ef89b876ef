"""The committee's own tabs and forms, volunteer profiles, and requests: fields and their headers.

None of them decides who may vote. What stands in them is read by the parts of `models.year`.
"""

from collections.abc import Mapping

from models.intake.tables import Columns

YEAR_COLUMNS: Mapping[str, Columns] = {
    c.kind: c
    for c in (
        Columns(
            "committee",
            {"name": "Name", "address": "Email address", "confirmed": "Confirmed",
             "co_chair_since": "Co-chair since", "leave_from": "On leave from",
             "leave_through": "On leave through", "left": "Left"},
            frozenset({"name", "confirmed"}),
        ),
        Columns(
            "disclosures",
            {"at": "Timestamp", "name": "Member", "address": "Email address",
             "tie": "Campaign or tie", "kind": "Kind", "since": "Since", "through": "Until"},
            frozenset({"name", "tie", "kind"}),
        ),
        Columns(
            "races",
            {"cycle": "Cycle", "office": "Office", "district": "District", "scope": "Scope",
             "decision": "Decision", "about": "About candidate", "reason": "Reason"},
            frozenset({"cycle", "office"}),
        ),
        Columns(
            "candidates",
            {"cycle": "Cycle", "office": "Race", "candidate": "Candidate", "website": "Website",
             "ocpf": "OCPF account", "fec": "FEC registration", "incumbent": "Incumbent",
             "endorsed_before": "Previously endorsed", "withdrawn": "Withdrawn"},
            frozenset({"office", "candidate"}),
        ),
        Columns(
            "steps",
            {"cycle": "Cycle", "office": "Race", "candidate": "Candidate", "kind": "Step",
             "day": "Date", "link": "Link", "done_by": "By", "announced": "Open to all members"},
            frozenset({"office", "kind", "day"}),
        ),
        Columns(
            "nominations",
            {"at": "Timestamp", "name": "Nominee", "address": "Nominee's email address",
             "other_address": "Nominated by", "consents": "Nominee agrees", "bio": "Bio",
             "summary": "Summary of work", "activities": "Proposed activities",
             "committees": "Committees", "registered_voter": "Registered voter",
             "exception": "Exception for", "exception_reason": "Reason for the exception",
             "exception_by": "Exception decided by", "exception_on": "Exception decided on"},
            frozenset({"name", "address"}),
        ),
        Columns(
            "dues",
            {"address": "Email address", "paid": "Paid on", "through": "Paid until"},
            frozenset({"address", "paid"}),
        ),
        Columns(
            "proposals",
            {"at": "Timestamp", "address": "Email address", "text": "Proposal",
             "code": "Code", "confirmed_by": "Confirmed by"},
            frozenset({"address", "text"}),
        ),
        Columns(
            "priorities",
            {"number": "Proposal", "decision": "Decision", "merged_with": "Merged with",
             "text": "Text"},
            frozenset({"number", "decision"}),
        ),
        Columns(
            "ad_hoc",
            {"name": "Name", "address": "Email address", "side": "From", "since": "Since",
             "closed": "Closed on"},
            frozenset({"name", "side"}),
        ),
        Columns(
            "profiles",
            {"at": "Timestamp", "address": "Email address", "offers": "How I want to help",
             "languages": "Languages", "times": "Times", "wants_email": "Email me"},
            frozenset({"address", "offers", "wants_email"}),
        ),
        Columns(
            "requests",
            {"at": "Timestamp", "address": "Email address", "kind": "Request",
             "about": "What it is about", "other_address": "Nominee's email address",
             "code": "Code"},
            frozenset({"address", "kind"}),
        ),
    )
}  # fmt: skip
"""Kind of table → its fields."""

"""All that is ever written to Mailchimp, each as a type (DP-3).

The plain text of a person comes out here and nowhere else in this connector. An address stands in
the fields typed `Email`, a name in a new contact's; our own fields take a status, a number or a
day, and have no room for a name.
"""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, model_serializer

from models.ballots.received import Code
from models.mail.audience import ContactState
from models.membership.status_periods import NO_LAST_DAY
from models.membership.voting_status import Status
from models.outgoing import Payload, Text
from models.privacy import Email, Name
from models.text.greeting import first_and_last
from models.unmask import reveal
from models.votes.codes import written

MOST = 500
"""Members a batch upsert, or a change of a segment, takes at once."""
CODE_TAG, COMMITTEE_TAG = "CLBALLOT", "CLCOMMIT"
"""The merge fields of a voter's code: of a vote of the members, and of one of the committee."""

PROPOSAL_TAG = "CLPROPOSE"
"""The merge field of the code by which a member's proposals are known (SC-7)."""
PROOF_TAG = "CLPROOF"
"""The merge field of the code that proves whose address it is (DP-6)."""
FIELD_OF = {
    "members": CODE_TAG,
    "committee": COMMITTEE_TAG,
    "proposals": PROPOSAL_TAG,
    "requests": PROOF_TAG,
}
"""By whose codes they are: of who votes, may propose, or asks about their own data."""

IS = "static_is"
"""Mailchimp's word for "is in this segment"."""

Address = Annotated[Email, PlainSerializer(reveal, return_type=str)]
Addresses = Annotated[tuple[Address, ...], Field(max_length=MOST)]
Tag = Annotated[str, Field(pattern="^[A-Za-z0-9_]{1,10}$")]
Fact = Annotated[
    str, Field(pattern=rf"^({'|'.join(Status)}|{NO_LAST_DAY}|\d+|\d{{4}}-\d\d-\d\d)?$")
]
"""What a field of ours may say: a status, a number, a day or that there is none, or nothing."""


class NewContact(Payload):
    """Somebody who asked (DP-4): the one payload with a name, and with a status."""

    address: Email
    name: Name | None
    fields: Mapping[Tag, Fact]

    @model_serializer
    def _told(self) -> dict[str, object]:
        return {
            "email_address": reveal(self.address),
            "merge_fields": {**self.fields, **_names(self.name)},
            "status": ContactState.SUBSCRIBED.value,
        }


class ChangedContact(Payload):
    """Our fields on somebody who is there."""

    email_address: Address
    merge_fields: Mapping[Tag, Fact]


class BallotCode(Payload):
    """A voter's code, or that there is none any more."""

    address: Email
    code: Code | None
    tag: Tag = CODE_TAG

    @model_serializer
    def _told(self) -> dict[str, object]:
        code = written(self.code) if self.code else ""
        return {"email_address": reveal(self.address), "merge_fields": {self.tag: code}}


class NewContacts(Payload):
    """Add a contact, and leave one that is there already alone.

    A status sent for somebody who has unsubscribed or was archived in the meantime would subscribe
    them again.
    """

    members: Annotated[tuple[NewContact, ...], Field(max_length=MOST)]
    update_existing: Literal[False] = False


class ChangedContacts(Payload):
    """Changed fields or codes, without any status."""

    members: Annotated[tuple[ChangedContact | BallotCode, ...], Field(max_length=MOST)]
    update_existing: Literal[True] = True


class SegmentChange(Payload):
    """Who comes into a tag or segment of ours, and who goes."""

    members_to_add: Addresses = ()
    members_to_remove: Addresses = ()


class EmptySegment(Payload):
    """A tag or segment of ours that holds nobody."""

    name: Text
    static_segment: tuple[()] = ()


class NewMergeField(Payload):
    """A merge field of ours."""

    tag: Tag
    name: Text
    type: Literal["text"] = "text"
    required: Literal[False] = False
    public: Literal[False] = False


class NewCampaign(Payload):
    """A letter to a segment. `reply_to` is the chapter's own address, which everybody may know.

    Whom it goes to is said in full, as Mailchimp itself says it: what is incomplete there may be
    dropped, and a campaign without it goes to the whole list. Nobody is watched while reading
    unless the chapter says so, and never with a ballot: of who opened one nobody should learn from
    us (DP-8).
    """

    audience: str
    segment: int
    title: Text
    subject: Text
    from_name: Text
    reply_to: str
    tracked: bool = False

    @model_serializer
    def _told(self) -> dict[str, object]:
        tracked = dict.fromkeys(("opens", "html_clicks", "text_clicks"), self.tracked)
        ours = {
            "condition_type": "StaticSegment",
            "field": "static_segment",
            "op": IS,
            "value": self.segment,
        }
        options = {"saved_segment_id": self.segment, "match": "any", "conditions": [ours]}
        return {
            "type": "regular",
            "recipients": {"list_id": self.audience, "segment_opts": options},
            "tracking": tracked,
            "settings": {
                "title": self.title,
                "subject_line": self.subject,
                "from_name": self.from_name,
                "reply_to": self.reply_to,
            },
        }


class Content(Payload):
    """The words of a letter, one for all: Mailchimp puts each person's values in their place."""

    html: str
    plain_text: str


class TrialLetter(Payload):
    """A letter to the one address that an officer typed."""

    test_emails: tuple[Address]
    send_type: Literal["html"] = "html"


_NO_MARKUP = str.maketrans("", "", "<>|")


def _names(name: Name | None) -> dict[str, str]:
    """First and last name, without what makes a merge tag or HTML; nobody's name has any of it.

    Mailchimp's documents do not promise that a value is escaped where a letter shows it.
    """
    text = reveal(name).translate(_NO_MARKUP) if name else ""
    fields = zip(("FNAME", "LNAME"), first_and_last(text), strict=True)
    return {tag: value for tag, value in fields if value}


def member_hash(address: Email) -> str:
    """How a URL names a contact: Mailchimp's own choice of hash."""
    return hashlib.md5(reveal(address).encode(), usedforsecurity=False).hexdigest()

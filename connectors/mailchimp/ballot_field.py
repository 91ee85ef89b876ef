"""A merge field with a code for each reader: of a ballot while a vote is open, or of proposals.

Reads who carries one, and not which. Writes: the one field; after the close it is emptied on every
contact that carries one, in whatever state. Owns: that field. A status is never sent, so nobody is
ever subscribed by it (DP-4).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from connectors.mailchimp import wire
from connectors.mailchimp.answers import Holder, Holders
from connectors.mailchimp.fields import Fields
from connectors.mailchimp.payloads import (
    CODE_TAG,
    COMMITTEE_TAG,
    MOST,
    PROOF_TAG,
    PROPOSAL_TAG,
    BallotCode,
    ChangedContacts,
    member_hash,
)
from connectors.mailchimp.refusing import NotThere
from connectors.net.retries import RetryPolicy
from models.ballots.received import Code
from models.errors import Refused
from models.mail.audience import ContactState
from models.mail.refusals import WhyRefused
from models.privacy import Email
from models.votes.codes import written

if TYPE_CHECKING:
    from connectors.mailchimp.client import MailchimpClient

NONE = Code("")
LABELS = {
    CODE_TAG: "Ballot code",
    COMMITTEE_TAG: "Committee ballot code",
    PROPOSAL_TAG: "Proposal code",
    PROOF_TAG: "Request code",
}
"""The fields, and what a volunteer sees of each."""


class BallotField(Fields):
    """The field of one audience.

    Args:
        tag: whose votes it is for: the committee may vote while the members do, and each letter
            takes the code of its own vote.
    """

    def __init__(
        self, client: "MailchimpClient", list_id: str, patience: RetryPolicy, tag: str = CODE_TAG
    ) -> None:
        super().__init__(client, list_id, patience)
        self._tag, self._label = tag, {tag: LABELS[tag]}
        self._why: dict[Email, WhyRefused] = {}

    def fill(self, codes: Mapping[Email, Code | None]) -> set[Email]:
        """Write codes, at most 500 a request; None empties the field.

        What stands there already is not written again: a letter that waits for its readers is
        tried every few minutes, and each write looks at all fields of a contact.

        Returns:
            Who was refused, twice: once may be an accident. `why` tells the reasons.

        Raises:
            FixTheSettings: the field cannot be made, or holds no text.
        """
        if not codes:
            return set()
        self.make_fields(self._label)
        there = self._carrying()
        news = {who: code for who, code in codes.items() if there.get(who, NONE) != _shown(code)}
        refused = self._write(news)
        return self._write({address: codes[address] for address in refused & codes.keys()})

    def why(self, address: Email) -> WhyRefused:
        """Why a contact was refused, the last time it was."""
        return self._why.get(address, WhyRefused.OTHER)

    def unmade(self) -> list[str]:
        """The field, if it is still to be made.

        Raises:
            FixTheSettings: it cannot be made, or holds no text.
        """
        return self.missing_fields(self._label)

    def _write(self, codes: Mapping[Email, Code | None]) -> set[Email]:
        refused: set[Email] = set()
        items = sorted(codes.items(), key=lambda item: item[0])
        for start in range(0, len(items), MOST):
            part = items[start : start + MOST]
            members = tuple(
                BallotCode(address=address, code=code, tag=self._tag) for address, code in part
            )
            answer = self._upsert(ChangedContacts(members=members))
            why = wire.refused_in(answer, (address for address, _ in part))
            self._why |= why
            refused |= why.keys()
        return refused

    def holders(self, state: ContactState = ContactState.SUBSCRIBED) -> set[Email]:
        """The contacts in a state that carry a code."""
        return set(self._carrying(status=state.value))

    def clear(self, begun: Callable[[int], None] = lambda _: None) -> int:
        """Remove every ballot code from the list.

        This includes the codes of contacts who have left it.

        Args:
            begun: told how many carry one, before the first is emptied.

        Returns:
            How many of them were refused.
        """
        held = self._carrying()  # a list without a state leaves the archived contacts out
        archived = self._carrying(status=ContactState.ARCHIVED.value)
        begun(len(held) + len(archived))
        refused = self.fill(dict.fromkeys(held)) & held.keys()
        left = [address for address in archived if not self._emptied(address)]
        return len(refused) + len(left)

    def _emptied(self, archived: Email) -> bool:
        """One by one, and without a state: it stays archived, which of a batch nobody promises."""
        try:
            self._call(
                Holder,
                self._client.lists.update_list_member,
                self._list,
                member_hash(archived),
                BallotCode(address=archived, code=None, tag=self._tag),
                fits=lambda one: (
                    wire.address_of(one.email_address) == archived and not _carries(one, self._tag)
                ),
                **wire.OTHERS_GAPS,
            )
        except (NotThere, Refused):
            return False
        return True

    def _carrying(self, **asked: str) -> dict[Email, Code]:
        """What the field holds, where it holds anything."""
        pages = self._pages(
            Holders,
            self._client.lists.get_list_members_info,
            self._list,
            fits=lambda page: page.list_id == self._list,
            fields=[
                "members.email_address",
                f"members.merge_fields.{self._tag}",
                "list_id",
                "total_items",
            ],
            **asked,
        )
        holders = (one for page in pages for one in page.members if _carries(one, self._tag))
        held = {
            wire.address_of(one.email_address): Code(_carries(one, self._tag)) for one in holders
        }
        return {address: code for address, code in held.items() if address}


def _carries(one: Holder, tag: str) -> str:
    """The code that a contact carries, as it stands there; "" if none."""
    return str((one.merge_fields or {}).get(tag) or "")


def _shown(code: Code | None) -> Code:
    """A code as it stands in the field."""
    return Code(written(code)) if code else NONE

"""The merge field with each voter's code, while a vote is open.

Reads who carries one, and not which. Writes: the one field; after the close it is emptied on every
contact that carries one, in whatever state. Owns: that field. A status is never sent, so nobody is
ever subscribed by it (DP-4).
"""

from collections.abc import Callable, Mapping

from connectors.http import Patience
from connectors.mailchimp import wire
from connectors.mailchimp.client import MailchimpClient, NotThere
from connectors.mailchimp.payloads import (
    CODE_TAG,
    MOST,
    BallotCode,
    ChangedContacts,
    NewMergeField,
    member_hash,
)
from models.audience import ContactState
from models.ballots.received import Code
from models.errors import Refused
from models.privacy import Email


class BallotField:
    """The field of one audience."""

    def __init__(self, client: MailchimpClient, list_id: str, patience: Patience) -> None:
        self._client, self._list, self._again = client, list_id, patience

    def fill(self, codes: Mapping[Email, Code | None]) -> set[Email]:
        """Write codes, at most 500 a request; None empties the field.

        Returns:
            Who was refused, twice: once may be an accident.
        """
        if not codes:
            return set()
        self._prepare()
        refused = self._write(codes)
        return self._write({address: codes[address] for address in refused & codes.keys()})

    def _write(self, codes: Mapping[Email, Code | None]) -> set[Email]:
        refused: set[Email] = set()
        items = sorted(codes.items(), key=lambda item: item[0])
        for start in range(0, len(items), MOST):
            part = items[start : start + MOST]
            members = tuple(BallotCode(address=address, code=code) for address, code in part)
            answer = self._again(
                self._client.call,
                self._client.lists.batch_list_members,
                self._list,
                ChangedContacts(members=members),
                **wire.OTHERS_GAPS,
            )
            refused |= wire.refused_in(answer).keys()
        return refused

    def holders(self) -> set[Email]:
        """The subscribed contacts that carry a code."""
        return self._carrying(status=ContactState.SUBSCRIBED.value)

    def clear(self, begun: Callable[[int], None] = lambda _: None) -> int:
        """Empty the field wherever it holds a code: who has left the list since carries theirs on.

        Args:
            begun: told how many carry one, before the first is emptied.

        Returns:
            How many of them were refused.
        """
        held = self._carrying()  # a list without a state leaves the archived contacts out
        archived = self._carrying(status=ContactState.ARCHIVED.value)
        begun(len(held) + len(archived))
        refused = self.fill(dict.fromkeys(held)) & held
        left = [address for address in archived if not self._emptied(address)]
        return len(refused) + len(left)

    def _emptied(self, archived: Email) -> bool:
        """One by one, and without a state: it stays archived, which of a batch nobody promises."""
        try:
            self._again(
                self._client.call,
                self._client.lists.update_list_member,
                self._list,
                member_hash(archived),
                BallotCode(address=archived, code=None),
                **wire.OTHERS_GAPS,
            )
        except (NotThere, Refused):
            return False
        return True

    def _carrying(self, **asked: str) -> set[Email]:
        found: set[Email] = set()
        offset, total = 0, 1
        while offset < total:
            answer = self._again(
                self._client.call,
                self._client.lists.get_list_members_info,
                self._list,
                fields=[
                    "members.email_address",
                    f"members.merge_fields.{CODE_TAG}",
                    "total_items",
                ],
                count=wire.PAGE,
                offset=offset,
                **asked,
            )
            total, page = int(answer.get("total_items", 0)), answer.get("members", [])
            carrying = [one for one in page if (one.get("merge_fields") or {}).get(CODE_TAG)]
            found |= {Email.parse(str(one["email_address"])) for one in carrying}
            if not page:
                break
            offset += len(page)
        return found

    def _prepare(self) -> None:
        if CODE_TAG in self._tags():
            return
        body = NewMergeField(tag=CODE_TAG, name="Ballot code")
        try:
            self._again(
                self._client.call, self._client.lists.add_list_merge_field, self._list, body
            )
        except Refused:  # a try whose answer got lost may have made it
            if CODE_TAG not in self._tags():
                raise

    def _tags(self) -> set[str]:
        answer = self._again(
            self._client.call,
            self._client.lists.get_list_merge_fields,
            self._list,
            fields=["merge_fields.tag"],
            count=wire.PAGE,
        )
        return {str(each["tag"]) for each in answer.get("merge_fields", [])}

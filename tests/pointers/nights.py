"""What stops a night, and what the volunteer is told who looks into it."""

import json
import re
from collections.abc import Generator
from dataclasses import replace

from connectors.sandbox.invented import address_of, name_of
from connectors.settings import EDITIONS
from tests.flows.town import MARKS
from tests.pointers.night import Night, Truth
from tests.pointers.scene import Rows, Said

scene = Rows("nights")
Acts = Generator[None, Said, Truth | None]
STANDS = "everybody stands as before, on the mailing list too"
EMPTY = r"“Sign-ins” has 0 rows but had \d+ before"
LOOK = r"^`clerk review` shows what to check and who is affected; fix the sheet or the setting"
APPROVE = r"if the plan is right, run `clerk sync --approve [0-9a-f]{12}`"


def approve(at: Night, next_step: str) -> str:
    """Run the approval that is named, as it is named."""
    found = re.search(r"clerk (sync --approve [0-9a-f]{12})", next_step)
    assert found, next_step
    return at.clerk(*found[1].split())


def empty(at: Night, tab: str) -> list[list[object]]:
    with at.tab(tab) as rows:
        gone = rows[1:]
        del rows[1:]
    return [*gone]


def shown(at: Night) -> dict[str, str]:
    """Whom `clerk review` says the newest look concerns: id → how."""
    told = json.loads(at.clerk("review", "--json"))
    assert told["look"]["became"] == "refused"
    return {one["person"]: one["what"] for one in told["concerned"]}


@scene("a tab is emptied by mistake", EMPTY, LOOK, STANDS)
def emptied(at: Night) -> Acts:
    gone = empty(at, "Sign-ins")
    yield
    assert set(shown(at).values()) == {"loses the voting membership"}
    assert "Refused on" in at.clerk("review")
    with at.tab("Sign-ins") as rows:
        rows += gone


@scene(
    "a tab is emptied on purpose",
    EMPTY,
    APPROVE,
    "those whom the review named have lost the vote, and nobody else",
)
def emptied_on_purpose(at: Night) -> Acts:
    empty(at, "Sign-ins")
    found = yield
    named = shown(at)
    assert "Done." in approve(at, found.next_step)
    expected = at.truth()
    lost = [who for who, (status, _) in at.before.items()
            if status == "Voting member" and expected.get(who, ("", ()))[0] != status]  # fmt: skip
    assert len(lost) == list(named.values()).count("loses the voting membership") > 3
    assert len(at.town.tagged(MARKS.voting_tag)) < len(at.before)
    return expected


@scene(
    "all rows of a meeting lose its name",
    r"\d of 7 voting members would lose their status before",
    LOOK,
    STANDS,
)
def names_lost(at: Night) -> Acts:
    with at.tab("Sign-ins") as rows:
        before = [row[1] for row in rows]
        for row in rows[1:]:
            row[1] = "Gathering of some kind"
    yield
    told = json.loads(at.clerk("review", "--json"))["review"]
    places = [one["where"] for one in told if one["reason"].startswith("no event has this name")]
    assert len(places) > 40
    with at.tab("Sign-ins") as rows:
        for place in places:  # the rows that the review names, and no others
            number = int(place.rpartition(":")[2])
            rows[number - 1][1] = before[number - 1]
        for number, row in enumerate(rows):  # what another question hid
            row[1] = before[number]


@scene(
    "an option of the form was renamed, and old answers keep the old name",
    r"\d of 7 voting members would lose their status before",
    LOOK,
    "who chose the old name has the event",
)
def option_renamed(at: Night) -> Acts:
    with at.tab("Events") as rows:
        rows[0].append("Also called")
        for row in rows[1:]:
            row += [""] * (len(rows[0]) - len(row))
            if row[1] in ("Candidate forum: Council", "Transit workstream", "Housing forum"):
                row[1] = f"The {row[1]} of this year"
    yield
    told = json.loads(at.clerk("review", "--json"))["review"]
    asked = next(one for one in told if "no event has this name" in one["reason"])
    assert "write it under “Also called” of its event" in asked["next"]
    with at.tab("Events") as rows:
        for row in rows[1:]:
            if str(row[1]).startswith("The "):
                row[-1] = str(row[1]).removeprefix("The ").removesuffix(" of this year")
    expected = at.truth()
    renamed = re.sub(r"The ([^']+) of this year", r"\1", repr(expected))
    assert renamed == repr(at.before)
    return expected


@scene(
    "somebody approves a plan that is not tonight's any more",
    r"the approval names plan 0123456789ab, but the plan is now [0-9a-f]{12}",
    r"run `clerk sync` to see what changed, then approve that",
    "what was approved is done",
)
def approval_of_another(at: Night) -> Acts:
    empty(at, "Sign-ins")
    at.command = ("sync", "--approve", "0123456789ab")
    yield
    assert "Done." in approve(at, at.clerk("sync"))
    at.command = ("sync", "--apply")
    return at.truth()


@scene(
    "a number of the bylaws is mistyped, and many would gain the vote",
    r"\d+ people would become voting members in one nightly run; there were 7 before",
    LOOK,
    STANDS,
)
def bar_lowered(at: Night) -> Acts:
    bylaws = (EDITIONS / "jp-progressives.toml").read_text()
    own = at.town.folder / "bylaws.toml"
    own.touch(mode=0o600)
    one = 'condition = "events"\nat_least = 1\n'
    own.write_text(bylaws.replace('condition = "events"\nat_least = 3\n', one))
    at.settings('bylaws = "jp-progressives"', 'bylaws = "bylaws.toml"')
    yield
    assert set(shown(at).values()) >= {"becomes a voting member"}
    own.write_text(bylaws)


@scene(
    "Mailchimp is down",
    r"busy or down \(status 500\)",
    r"run it again later; nothing is done twice",
    STANDS,
)
def service_down(at: Night) -> Acts:
    at.town.sandbox.faults.matching("", r"/3\.0/", "500", times=99)
    yield
    assert "busy or down" in at.clerk("review")
    at.town.sandbox.faults.clear()


@scene(
    "the network wants somebody to sign in first",
    r"this is not .* answering: perhaps a page of the network, such as its sign-in",
    r"open any page in a browser on this network",
    STANDS,
)
def sign_in_page(at: Night) -> Acts:
    at.town.sandbox.faults.matching("", r"/v4/spreadsheets", "html-200", times=99)
    yield
    at.town.sandbox.faults.clear()


@scene(
    "a night breaks off while the mailing list is written",
    r"busy or down \(status 500\)",
    r"run it again later; nothing is done twice",
    "what was left is done, and doctor and review say that it was broken off until then",
)
def broken_off(at: Night) -> Acts:
    at.town.tag(MARKS.voting_tag).members.clear()
    at.town.sandbox.faults.matching("POST", r"/segments/", "500", times=99)
    yield
    assert "Interrupted on" in at.clerk("review")
    checks = {one["what"]: one for one in json.loads(at.clerk("doctor", "--json"))}
    assert (
        "the next nightly run does what is left; to do it now, run `clerk sync"
        in checks["ledger"]["next_step"]
    )
    at.town.sandbox.faults.clear()
    at.clerk("sync", "--apply")
    assert len(at.town.tagged(MARKS.voting_tag)) > 3
    assert "Broken off" not in at.clerk("review")


@scene(
    "a field of ours is a number in Mailchimp",
    r"the program writes text, but of its fields CLSTATUS is a number",
    r"delete CLSTATUS there, or give the field another tag; the program creates its own",
    "everybody's status stands in the field again",
)
def field_of_another_type(at: Night) -> Acts:
    fields = at.town.audience.fields
    number, ours = next((n, one) for n, one in fields.items() if one.tag == "CLSTATUS")
    fields[number] = replace(ours, type="number")
    at.town.tag(MARKS.voting_tag).members.clear()
    yield
    del fields[number]
    for member in at.town.audience.members.values():
        member.merge_fields.pop("CLSTATUS", None)
    at.clerk("sync", "--apply", "--full")
    held = {m.merge_fields.get("CLSTATUS") for m in at.town.audience.members.values()}
    assert "Voting member" in held
    assert "text" in {one.type for one in fields.values() if one.tag == "CLSTATUS"}


@scene(
    "the ledger is deleted",
    r"the ledger is gone, but there was one here",
    r"restore the latest backup: clerk restore FILE \(--replace if it asks",
    STANDS,
)
def ledger_deleted(at: Night) -> Acts:
    backup = at.town.folder.parent / "before.backup"
    at.clerk("backup", str(backup))
    for file in (at.town.folder / "ledger").glob("*.sqlite*"):
        file.unlink()
    yield
    at.clerk("restore", str(backup))


@scene(
    "the ledger is damaged",
    r"the ledger is damaged or is not a database",
    r"restore the latest backup: clerk restore FILE --replace keeps the",
    STANDS,
)
def ledger_damaged(at: Night) -> Acts:
    backup = at.town.folder.parent / "whole.backup"
    at.clerk("backup", str(backup))
    for file in (at.town.folder / "ledger").glob("*.sqlite-*"):
        file.unlink()
    ledger = at.town.folder / "ledger/clerk.sqlite"
    ledger.write_bytes(b"no database at all" * 500)
    yield
    at.clerk("restore", str(backup), "--replace")


@scene(
    "somebody asks for a person whom no sheet knew at the last night",
    r"no one in the sheets has this id, email address, or name",
    r"`clerk roll` lists everyone; if a sheet was just changed, run `clerk",
    "they stand in the plan, and nobody else has changed",
)
def newcomer(at: Night) -> Acts:
    at.command = ("explain", "newcomer")
    with at.tab("Sign-ins") as rows:
        rows.append([rows[4][0], "Housing forum", "newcomer@example.org", "Nia Newcomer"])
    yield
    at.clerk("sync")
    assert "Nia Newcomer" in at.clerk("explain", "newcomer", "--planned")
    at.command = ("explain", "newcomer", "--planned")
    expected = at.truth()
    assert {**expected, "newcomer@example.org": 0} == {**at.before, "newcomer@example.org": 0}
    return expected


@scene(
    "several people fit a name",
    r"\d people match: p-",
    r"use the id of one of them",
    STANDS,
)
def several_fit(at: Night) -> Acts:
    at.command = ("explain", "b")
    found = yield
    first = re.search(r"(p-\w+)", found.fact)
    assert first
    at.command = ("explain", first[1])


@scene(
    "the list with addresses is asked for without a reason",
    r"the list with email addresses needs a stated reason, and the export is recorded",
    r"clerk roll --csv --with-addresses --by NAME --reason",
    STANDS,
)
def list_without_reason(at: Night) -> Acts:
    at.command = ("roll", "--with-addresses")
    found = yield
    words = found.next_step.removeprefix("clerk ").replace("NAME", "Olu").replace('"…"', "a-call")
    at.command = tuple(words.split())
    assert address_of(1) in at.clerk(*at.command)
    assert name_of(1) in at.clerk(*at.command)

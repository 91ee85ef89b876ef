"""A town whose sheets hold what would be markup, if a page let it."""

from datetime import timedelta

from connectors.sandbox.invented import serial
from tests.conftest import Clock
from tests.flows.town import Town
from tests.privacy.colony import EVENTS

SCRIPT = "<script>alert(1)</script>"
IMAGE = "\"><img src=x onerror=alert(2)> '"
STYLE = "</title></table><style>*{display:none}</style>"
NAMES = (f"Zoe {SCRIPT}", f"Zora {IMAGE}", f"Zev {STYLE}", "Zia {{ 7*7 }} {% raw %} ${7*7}")
REASON = f"moved {SCRIPT} {IMAGE}"


def fill(town: Town, clock: Clock) -> list[str]:
    """Let people of such names sign in at such events. Returns their addresses."""
    addresses = []
    for number, name in enumerate(NAMES):
        address = f"hostile{number}x@example.org"
        addresses.append(address)
        with town.edit("Sign-ins") as rows:
            for ago, event in EVENTS:
                at = serial(clock.today - timedelta(days=ago)) + 0.8
                rows.append([at, event, address, name])
            rows.append([serial(clock.today - timedelta(days=3)), SCRIPT, address, name])
            rows.append(["not a day", f"Monthly meeting {IMAGE}", address, name])
            rows.append([serial(clock.today), "Monthly meeting", SCRIPT, name])
        with town.edit("Registrations") as rows:
            at = serial(clock.today)
            rows.append([at, name, address, "", "6175550123", REASON, STYLE, IMAGE, "Yes"])
    return addresses

"""The alerts' ways out: the committee's chat, phones and mailboxes, by Apprise (decision 90).

It reads the file of addresses, and sends one text to one address; it writes nothing and owns
nothing. What is told, to whom, and what was told already is not known here.

schemes    the closed list of kinds of address, and what each needs
addresses  the file of addresses, each line an exit known before anything is sent
doors      Apprise's connections, held to the one exit of an address
sending    one message to one address
"""

from connectors.alerts.addresses import read as read
from connectors.alerts.schemes import Target as Target
from connectors.alerts.sending import Message as Message
from connectors.alerts.sending import send as send

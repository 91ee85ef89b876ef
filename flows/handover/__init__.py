"""`clerk handover`: a checklist made of facts, for the next volunteer.

It says where things are and who can reach them, and never what is in a key or whose an address is.

items      one line of the checklist
keys       where the keys are, and who else has them
access     who can open the sheets, the mailing list and the officers' page
work       what runs where
waiting    what comes next, what is open, and the last backup
leaving    what must be changed when a person leaves
checklist  all of it, in the order of an evening
"""

from flows.handover.checklist import checklist
from flows.handover.items import Item

__all__ = ["Item", "checklist"]

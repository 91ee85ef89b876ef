"""One job a folder. Only here is the clock read, is a terminal written to, is Prefect known.

counting   `clerk count`: ballots in a file, counted without a chapter
printable  text for a screen: what somebody typed into a cell gives a terminal no orders
console    the terminal: tables and progress for people
rehearsed  what holds in a rehearsal's folder, and nowhere else
clock      what a job takes for the time
services   a chapter's services, each made when it is first used
context    the composition root: a chapter's folder → settings, ledger, services
notes      a job's small notes in the ledger, as values
mail       letters to people: one engine sends each exactly once
nightly    the night: sheets are read
committee  the committee and its year, from its own tabs
lists      lists given as files: attendees of partners, and dues
alerts     what officers are told, once, and once again when it is over
scheduler  the Prefect server: the chapter's own, or one that is there
sharing    who can open the chapter's files and list (DP-7)
votes      the life of a vote, from the check of its contests to the published result
requests   members' requests: one form, one queue
volunteers  calls to action: to those who said how they help
views      what the terminal shows of a roll, a night and a vote
tabs       the tabs that the program writes into the chapter's workbooks
privacy    a person's rights, retention, and backups
doctor     `clerk doctor`: everything a night needs
setup      `clerk init`: a chapter's folder from questions and looks
web        `clerk desk`: the officers' page
service    `clerk serve`: the flows, and what is due whenever the clock strikes
state      `clerk state`: many chapters on one engine, on several machines
handover   `clerk handover`: what the next volunteer must know, as facts
rehearsal  `clerk rehearse`: a vote tried beside the real chapter, on the sandbox
demo       `make demo`: a chapter's night and a vote, told on the sandbox
cli        the command `clerk`
"""

import atexit
import gc

gc.set_threshold(250_000, 20)
"""What a job makes stays until its end, thousands of definitions and rows: looking through them for
circles after every 700 new ones was a fifth of a night's CPU, and gave back no memory."""
atexit.register(gc.freeze)
"""And at the end the system takes all of it back at once: a quarter of a short command's CPU."""

"""`clerk doctor`: everything a night needs, checked one by one: pass, or the exact fix.

`run` goes through the checks; each module beside it looks at one place: `settings` and `bylaws` at
the chapter's folder, `nights` and `backups` at the ledger, `google`, `mailing`, `votes` and
`scheduler` at those.

bylaws     what `clerk doctor` says of the bylaws
checks     one thing that `clerk doctor` looks at
telling    each on the terminal as it is done, then the sum
backups    what doctor finds of the scheduled backups
desk       what doctor finds of the officers' page
google     what doctor finds at Google: workbooks, their tabs, forms
letters    what doctor says of letters that Mailchimp accepted
nights     what doctor says of the nights
scheduler  whether a Prefect server of the chapter's own is locked
settings   what doctor finds in the chapter's own folder
mailing    what doctor finds at Mailchimp
sharing    what doctor finds of who can open the chapter's files
votes      what `clerk doctor` says of votes that are on their way
run        the checks of `clerk doctor`, one after the other
"""

from flows.doctor.checks import Check, exit_code_of, summary_of
from flows.doctor.run import at_hand, examine, fit_to_run, local
from flows.doctor.settings import SAMPLES

__all__ = [
    "SAMPLES",
    "Check",
    "at_hand",
    "examine",
    "exit_code_of",
    "fit_to_run",
    "local",
    "summary_of",
]

"""`clerk doctor`: everything a night needs, checked one by one: pass, or the exact fix.

`run` goes through the checks; each module beside it looks at one place: `settings` and `bylaws` at
the chapter's folder, `nights` at the ledger, `google`, `mailing`, `votes` and `scheduler` at those.
"""

from flows.doctor.checks import Check, exit_code_of, summary_of
from flows.doctor.run import examine, fit_to_run, local
from flows.doctor.settings import SAMPLES

__all__ = ["SAMPLES", "Check", "examine", "exit_code_of", "fit_to_run", "local", "summary_of"]

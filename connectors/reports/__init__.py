"""Reports of a count for other programs.

`rctab` has the numbers, `published` what everybody may know of them, `rankings` the ballots.

Everything here is text; `folder` writes it: what may be published to the folder asked for, the
ballots to the tellers' folder inside it, which only its owner can open (BA-6).

folder     the files of a report on the disk, each in its place
published  what a report says to everybody
rankings   the ballots themselves, for a check with somebody else's counter
rctab      `detailed_report.json` in the layout of RCTab 2.x
"""

from connectors.reports.folder import REPORT as REPORT
from connectors.reports.folder import TELLERS as TELLERS
from connectors.reports.folder import as_text as as_text
from connectors.reports.folder import earlier_report as earlier_report
from connectors.reports.folder import read_report as read_report
from connectors.reports.folder import remove_report as remove_report
from connectors.reports.folder import reports_in as reports_in
from connectors.reports.folder import write_published as write_published
from connectors.reports.folder import write_tellers as write_tellers
from connectors.reports.published import has_rounds as has_rounds
from connectors.reports.published import published as published
from connectors.reports.rctab import About as About
from connectors.reports.rctab import detailed_report as detailed_report
from connectors.reports.rctab import rcvis_report as rcvis_report

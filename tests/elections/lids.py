"""What is late and what is lost while a laptop's lid is closed: the rows of docs/running.md.

`test_closed_lid.py` has a test for each row, by its first word or words.
"""

HEADERS = ("The lid was closed", "What is late", "What is lost")
ROWS: dict[str, tuple[str, str]] = {
    "over a night": (
        "the changes and emails of that nightly run come when the lid opens, once",
        "nothing: everyone's status counts from the events, not from the run",
    ),
    "over several nights": (
        "the same, in one run. The officers are told after 27 hours, and told that it is over",
        "no email: each change of status that still holds is emailed once",
    ),
    "over an opening": (
        "the opening and the invitation. The roll is the one of the record date all the same",
        "hours of voting: the close stays where it is",
    ),
    "over a reminder": (
        "the reminder goes immediately, the next ones at least half a day apart",
        "nothing, while there is time for three",
    ),
    "over two reminders": (
        "the first goes immediately",
        "those for which no time is left before the close. The result page says how many were sent",
    ),
    "over a close": (
        "the close, the count, and the officers' report",
        "nothing: ballots until the closing time count, later ones do not",
    ),
    "over a whole election": (
        "nothing comes later",
        "the election: it never opened. The officers are told, and can move its dates",
    ),
    "over the hour that comes twice": (
        "the nightly run of that day, as over any night",
        "nothing. A schedule that runs twice in that hour sends nothing twice and makes one backup",
    ),
}

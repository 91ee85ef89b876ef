"""The night: sheets are read, the roll is judged, the mailing list follows.

endings      what ends a night for good
keeping      what is kept of the sheets
looks_words  what is said of a look that was not applied, in words
mirror       the mailing list as it is
applying     the plan's changes to the mailing list, and what it refused of them
published    how the races of the published votes ended
endorsed     whom the chapter has endorsed before, by its own record
remembered   people whom the sheets may not name any more
proposals    which proposals for the priorities count, and their numbers
held_sources  what the ledger holds of them, when it is needed
dues         what is read of dues, only where a rule asks for them
fields       which columns there have been, so that one that is gone is asked about
sources      the chapter's workbooks and forms as snapshots
facts        what they say of people, events, and the committee's year
reading      the services are asked, for what has changed
night        one night as a value, and what a person or a schedule asks of it
links        links to the very cell in Google that a line of the review is about
looks        the newest look at the sources
review       what a person should look at
unusable     tabs and forms of which no row can be used
plan         the night's plan, with what the ledger remembers of those who had the vote
known_kinds  which kinds of news a night of this chapter has known
rests_on     what a night's result rests on beside what was read
people       what is known of people, as the last full night found it
towns        towns with people and without a chapter
kept         what a night found, for the nights after it that find nothing changed
sync         the nightly job: read, judge, compare, guard, record, apply, tell
"""

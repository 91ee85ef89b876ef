"""The rules of a chapter, pure: no network, no file, no clock.

base        how every value behaves: frozen, strict, silent about its input
errors      errors named by what to do next
text        texts as people write them: what is compared, and what is greeted
privacy     addresses, phones and names that print as dots
faults      what is wrong with a file, in plain words
bounds      what no file of settings holds, whatever it is about
old_names   names of settings that changed, and are read for one release
unmask      the one door to their plain text
outgoing    what leaves the process
texts       what a chapter writes in its own words, and how long that may be
lookalikes  texts that a reader takes for one
google_ids  a form's or workbook's id, out of its address
dates       what a sheet calls a day
days_ahead  until when a result holds that was found on a day
bylaws      the numbers stand in editions/*.toml
intake      from rows to facts: every row becomes a record or is set aside
membership  from facts to the roll: who may vote on this day, why, and until when
mail        what the night does about it
committee   who sits on the committee, who is away, and who may be nominated
contests    what is voted on: a contest, its kinds, and what a ballot says of it
tally       whole numbers only, explained round by round
ballots     from a form's rows to boxes
votes       what becomes of a vote, as values
year        the committee's year, from its own tabs
state       a statewide body and its chapters
"""

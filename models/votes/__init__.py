"""The life of a vote as values.

states          draft, open, closed, counted, published; or cancelled
election        what is voted on, when, by whom; the calendar
windows         how long it is open, and how its close may move
reminders       when the next reminder goes
codes           the code that stands for a voter
frozen_roll     the roll of one vote, with evidence
became          what became of one voter's ballots
chapter_events  what officers do with the chapter's people
change_events   what officers cancel or withdraw
roll_events     what exceptions do with the frozen roll
notice_events   what is found out of its letters
form_events     what becomes of its ballot form
approval_events  an officer's approval where the chapter asks for several
look_events     what officers looked at that few may see
events          what can happen to it: the typed lines of its history
earlier         lines of former versions, read as events
audit_log       a record sealed line by line
history         what a record says last of something
notices         what goes out to voters, each with one text
delivered       which letters came out of the mailing service
reminded        how many of the three reminders went out
replay          a vote as its record tells it
changes         what was cancelled or withdrawn, and what stands
results         what a count leaves, and the ties it asks about
election_record  what was fixed of it, and how far it has come
withheld        what is kept back, so that nobody can be found in a number
reports         what the chapter says to the public
guide           the words of its endorsement guide
"""

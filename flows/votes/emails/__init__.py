"""The letters of a vote, and what becomes of them.

ballot_told  what letters say of each race on the ballot, in both languages
ballots      the letters with a ballot in them: invitation, extension, test
cancelled    what the clock does about a cancelled vote
clean_up     after its letters: a vote leaves no code on the mailing list
delivered    what became of a vote's letters, in its record (EN-R13)
bring_again  bring a letter again that Mailchimp accepted and sent to nobody
reminders    what the calendar wants sent now
calls        an email to members that an officer approves and sends once
call_for_proposals  the call for priorities to each voting member, once a year
to_all_members  the call for nominees, and the reminder of the annual meeting
tellers      the tellers' report by mail, to the officers alone
to_call      the voters whom no letter of a vote reaches
"""

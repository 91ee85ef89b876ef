"""The life of a vote, from the check of its contests to the published result.

phone_calls   which voters an officer called about a vote, and how it ended
ahead         a vote as it will be once something is a line of its record
drafts        a vote before its approval: what is asked about it, and its folder
fact_names    the facts of the audit log as people read them
history       the record in words
nominations   what is held on a person as a nominee of a slate, before its vote
sending       the letters of a vote, each to its own segment, exactly once
overlaps      two votes that would carry their codes in the mailing list's one field at the same
              time
arrived       whose ballot has arrived
calendars     when everything of a vote happens
quorum        quorum at the close of a vote of the committee
who_answers   who can answer a vote's form
untranslated  what Spanish readers of a vote will read in English
unread_tabs   tabs that hold ballots of a vote and are not read
approvals     more than one officer approves
ballot_form   the ballot form of a vote, and building it
check_tab     what must hold of a tab with ballots
against_tabs  an election held against the committee's tabs
check         what must hold before a vote may open
officers_words  what an officer says with an act
lifecycle     a vote before it closes
roll_exceptions  exceptions to a frozen roll
guide         the endorsement guide of a published vote, for the chapter's own site
checked       what was found by a check, whether or not its form could be reached
remarks       what a result page says beside its numbers
pages         what a count leaves in the election's folder
committee_result  what the committee is told of its own vote
publish       publish a counted vote, and announce it
emails        the letters of a vote, and what becomes of them
thanks        after an endorsement: a letter to the candidate, and the report back
cancelling    until a vote closes
tally         the count of a vote that closed, its recount, and its audit
moments       the moments still to come at which a vote wants something of the clock
schedule      the clock of all votes
voiding       the committee voids a race that was counted, by two thirds
watch_emails  what a strike finds of the letters
watch_endings  what a strike finds of the reminders and of the end
watch         each strike of the clock compares the ballot forms with what was approved
what_became   what became of one voter's ballot
what_next     what happens next with a vote, and when
"""

"""What the terminal shows of a roll, a night and a vote.

words          what a status and a change are called on the screen
roll           what the terminal shows of a night, a roll and a person
for_scripts    a roll, a night and a person as facts for a script
night_page     the page of the nights in the chapter's folder
calls          the links of voters whom no letter reached, for an officer's personal calls
turnout        how many have voted, and whom no letter reaches
timeline       the steps of a vote: done, next, overdue
election       what the terminal shows of a vote
committee      nominees of the committee, what is due, and who disclosed what
status         what `clerk election status` prints of it
cycle          an endorsement cycle as a table
lists          a list from a file: counts, headers, and cells
requests       members' requests: a list without names, and one with its words
previews       the emails as they will be sent, with values of an example
vote_standing  why somebody may or may not vote in one vote
"""

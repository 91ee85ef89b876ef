"""The committee's year: what its own tabs say, and what follows from them by the bylaws.

cells          cells with a vocabulary of their own
seats       the tab with the committee's seats, as the committee
electorate  who votes when the committee decides
proposals   members' proposals for the priorities, and whose counts
moderation  what the committee makes of them, by their numbers
ad_hoc      the ad hoc committee after a vote of no confidence
disclosures  what members disclosed, and from what it may keep them away
nomination_rows  a row of the nominations
nominations  what all rows of one nominee say
nominees     who is nominated, held against the chapter's own record
annual       the annual meeting, and what is due at it
cycles         an endorsement cycle: its races, their candidates, what was done
forum_work     who worked on a race's forums although a tie keeps them from it
race_names     which race a text means
race_rows      the tab with the races
campaign_rows  the tabs with their candidates, and with what was done
endorsed       whom the chapter endorsed, as the record has it
process        which process fits a race, what it lacks, what is striven for
standing       how each race of a cycle stands
profiles       volunteer profiles: who wants to help, and how
calls          a call to action: whom it goes to, and what it says
requests       what members ask for, row by row
request_queue  when a request is new, part of another, or over
questionnaire  what candidates are asked, and who
book           everything that these tabs say, read as one
"""

"""The command `clerk`.

about               the program's version, and the completion of commands in a shell
manual              `clerk help`: the docs in the terminal
options             options and arguments that many commands have
bylaws              `clerk bylaws`: the file of a chapter's bylaws
privacy             `clerk person`, `retention`, `ledger`, `backup`, `restore`
people_interview    what is asked about each person whom a contest names
race_interview      what `clerk election new` asks of each race
election_interview  what `clerk election new` asks
init                `clerk init`: a chapter's folder, asked for
desk                `clerk desk`: the officers' page
rehearse            `clerk rehearse`: a vote tried beside the real chapter
calls               how an email to members is shown before it is sent
proposals           `clerk call-for-proposals`
lists               `clerk attendees` and `clerk dues`: lists from files
tick                `clerk tick`: what is due now
typed               what somebody typed on the command line
committee           `clerk committee`: who sits today
cycle               `clerk cycle`: the endorsement cycle
count               `clerk count` and `clerk recount`
election_drafts     `clerk election new` and `about`
election            `clerk election …`, until the vote opens
changes             `clerk election …`, until the close
election_run        `clerk election …`, once it is open
requests            `clerk requests …`: what members ask for, and its end
volunteers          `clerk call …`: a call to action, from its folder to its sending
towns               `clerk towns`: where a chapter could be started
alerts              `clerk alerts …`: what officers are told, and whether it reaches them
handover            `clerk handover`: the checklist for the next volunteer
emails              `clerk emails …`: look at a letter, or send it to yourself
roll                `clerk roll`, `explain` and `review`: what was read, asked about
main                `clerk`: the commands
"""

"""The committee's year: what its own tabs say, and what follows from them by the bylaws.

cells          cells with a vocabulary of their own
seats          the tab with the committee's seats, as the committee
cycles         an endorsement cycle: its races, their candidates, what was done
race_names     which race a text means
race_rows      the tab with the races
campaign_rows  the tabs with their candidates, and with what was done
process        which process fits a race, what it lacks, what is striven for
standing       how each race of a cycle stands
questionnaire  what candidates are asked, and who
book           everything that these tabs say, read as one
"""

"""From rows to facts: every row becomes a record or is set aside.

locations      cells and answers, and what is asked about them
twice          the hour that comes twice in autumn
unchanged      when a source need not be read again
headers        headers for comparing
cells          what a cell may be
marks          what a mark says of who came
dated          a text with a date in it
unread         columns that hold what rows lack
held_words     words that say that an event was called off
opposites      headers that say the opposite of their field
states         columns of a few values, one line for a tab
undecided      columns that nobody reads and that would decide over a vote
tables         a tab or form as a table; headers found tolerantly
day_order      dates of which the day may be the month
yearless       dates without a year, as those around them leave it
unsent         rows that nobody sent
rosters        a row a person, a column a meeting
layouts        a tab as people lay it out: a title above, a roster
parsing        what a cell says, parsed once
rows           one row, field by field
held           whether an event was held, in a sheet's words
participation  events, sign-ins, volunteer activities, exceptions
row_results    every row becomes a record or is set aside
unusable       sources of which no row can be used
people         who somebody is
report         what each kind of table says, as records
"""

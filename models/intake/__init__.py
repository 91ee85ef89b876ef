"""Turn rows into facts: every row becomes a record or is skipped.

locations      cells and answers, and what is asked about them
twice          the hour that comes twice in the fall
unchanged      when a source need not be read again
field_names    what a field is called within a sentence
headers        headers for comparing
cells          what a cell can be
marks          whether a mark says that a person came
dated          a text with a date in it
unread         columns that are not read and have what rows lack
held_words     words that say that an event was called off
opposites      headers that say the opposite of their field
states         columns of a few values, one note per tab
undecided      columns that are not read and could change who can vote
tables         a tab or form as a table; headers found tolerantly
year_columns   the committee's own tabs and forms
lost_columns   columns that were read before and are gone
columns        the tables that decide who may vote
day_order      dates whose day might be the month
yearless       dates without a year, from those around them
unsent         rows that no one sent
rosters        one row per person, one column per meeting
wordings       how sheets word headers that a chapter has not set
proposals      what a tab might be, for a person to confirm
layouts        a tab as people lay it out: a title above, a roster
imported       a list given as a file: which column is which
parsing        what a cell says, parsed once
consents       yes, no, and the text of a consent box
rows           one row, field by field
held           whether an event was held, in a sheet's words
participation  events, sign-ins, volunteer activities, exceptions
row_results    every row becomes a record or is skipped
unusable       sources without a usable row
people         who a person is
sign_ups       statewide sign-ups: where somebody lives
event_rows     the rows of the Events tab
report         what each kind of table says, as records
"""

"""The pages of a rehearsal: its clock, sheets, ballots, and everybody's inbox.

Everybody in it is invented, so these pages show addresses and keep nothing from an address line.

wording    the words of the pages, in English and Spanish, beside those of the officers' page
visits     one request, and what it is answered with
progress   what takes time: start it, and see how far it is
tables     a tab as a person sees it, and what they type into it
sheets     the workbooks, to look at and to change
questions  a form as its reader sees it, with what they answered
forms      the forms, answered as a member would
links      where the links of an email lead in a rehearsal
inbox      everybody's emails as they look
desk       the way to the officers' page, by signing in with a click
home       the guided half hour, the clock, and what the members do by themselves
published  the pages of published votes
trouble    what can go wrong, begun and put back
report     what was rehearsed so far
render     pages from templates, in the frame of the officers' page
app        the application
"""

"""`clerk init`: a chapter's folder from questions and looks, and more sheets for one that is there.

sorts      what sort of thing a cell is
face       who is asked: a terminal, or a page
lock       one set-up of a chapter at a time
interview  questions whose answers are kept
trial      a chapter that is not written yet, opened for a look
keys       the two keys and what they open
headers    what the settings must say of headers
sheet      the top of a tab, as it is shown
cells      what the cells of a column say, as far as that names nobody
tabs       tabs by their names
shown      how a tab would be read, as it is shown
columns    what a tab is, and which column is which
reading    a source that was confirmed, read once
workbooks  the chapter's spreadsheets
forms      forms that are read directly
consent    which texts are a yes to email
kinds      which kinds of event count
bylaws     an edition that is built in, or a few questions that write one
file       `chapter.toml`, written with its comments
template   sheets for a chapter that has none
adding     the same for a chapter that is there
run        the interview, from the name to the first plan
"""

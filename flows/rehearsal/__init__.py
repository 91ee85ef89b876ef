"""`clerk rehearse`: a vote tried beside the real chapter, on the stand-in.

values      what the rehearsal's pages show: moments, people, troubles, steps, acts
notes       what a rehearsal remembers of itself
people      invented people in the shape of a roll
attendance  who came to what, so that they have the status they play
sheets      the chapter's workbooks, forms and mailing list on the stand-in
settings    the chapter's settings without any key, address or way out
drafts      the drafts of the chapter's votes, with a form of their own
kept        a rehearsal as it was at a moment, in one file
folder      its folder: made, taken up, removed
passing     time passes, and what is due is done
acts        what the invented members do by themselves
troubles    what can go wrong, to be tried
power       power is cut in the middle of a nightly run
facts       what is a fact of a rehearsal
steps       the guided half hour
report      what was rehearsed, and what was not
world       one rehearsal while it runs, as its pages use it
pages       its pages in the browser
run         it runs, is taken up, and ends
"""

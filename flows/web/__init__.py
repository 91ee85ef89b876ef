"""`clerk desk`: the officers' page, for those without a terminal.

Each page is a function from a visit to an answer: it asks and does what the commands ask and do.
Nobody sees a page without signing in; what is done, and each look at a person, is recorded under
the officer's name (DP-3).

texts     the words of the pages, in English and Spanish
limits    how much may be asked in how short a time
fields    a form's fields, with what was typed and what is wrong with it
forms     what a form sends, and the token that proves which page made it
memory    what a session keeps on the server, so that no name stands in an address
access    who may come in: sign-in links, sessions, and whose they are
rolls     the voter roll as last read, judged once and then kept
works     what takes time: done beside the page, its progress shown
talks     the questions of a set-up, asked of an officer
trend     how many may vote, month by month, as a small chart
turnouts  how many have voted, read beside the page
visits    one request of a signed-in officer, and what it is answered with
contest_fields  the fields in which an officer says what a contest is
spoken    days and moments as an officer reads them
questions  what the review asks, each cell with its link
own_account  the program's own address at Google, where a file must be shared with it
rules     what each rule says that a page names
render    pages from templates
served    what is no page: a form's bytes, style and script, the language
outside   what holds for every request, signed in or not: hosts, headers, sizes
pages     the pages
app       the application: who asks for what, and what it is answered with
run       the page's own server, on this machine
"""

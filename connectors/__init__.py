"""All I/O. The connectors are strangers to one another; what they share is in `net` and `files`.

files         files on this machine: written whole, to their owner alone
backups       the file that `clerk backup` writes
ballot_files  ballots in files: CSV or XLSX → how many ballots carry each ranking
list_files    lists of people in files: CSV or XLSX → cells, as a tab has them
elections     an election's folder
calls         the folder of a call to action
drafts        a draft's files: read as they lie there, and changed in place
emails        the letters' texts: a folder a letter
net           what holds this process to the list of exits
alerts        the alerts' ways out: the committee's chat, phones and mailboxes
ledger        the ledger: what the program decided, did and must never do twice
mailchimp     the chapter's own mailing-list account
pages         the result pages: one self-contained HTML file a race and one for the election
reports       reports of a count for other programs
sandbox       Google and Mailchimp on loopback, for the demo and the tests
settings      a chapter's settings: `chapter.toml` and the environment
google        the chapter's own Google workbooks and forms
"""

"""A person's rights, retention, and backups.

ledger_key     `clerk ledger encrypt`: the ledger under the newest of its keys
backup         `clerk backup`: the ledger and the chapter's own texts in one private file
household      people who share an address
person         a person's rights: to be shown all that is held on them, and to be erased
export         the roll with addresses: the one command that writes the list
restore        `clerk restore`: a backup proves itself
restore_trial  a backup restored beside the chapter, checked, and removed
kept_backups   the scheduled backups there are, as the ledger knows them
scheduled      backups on a schedule: made, tried, and the old ones removed
retention      what is kept no longer than it is needed (DP-6)
"""

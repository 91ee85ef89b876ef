"""Who can open the chapter's files and list (DP-7).

look    who can open what: each workbook and form of the chapter's
alerts  what officers are told of who can open what
"""

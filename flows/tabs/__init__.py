"""The tabs that the program writes into the chapter's workbooks, beside the review tab.

written   what was written last of a tab, so that only what changed is written
proposed  members' proposals for the priorities, by number
requested  the queue of members' requests, by receipt
status    what waits for a person, in counts
roll      everybody's name and status, while named people alone can open the workbook (DP-7)
seats     whom the members confirmed with the newest slate, closed like the roll
cycle     the endorsement cycle as a table for a meeting
keep      all of them, after each night and whenever the clock strikes
by_hand   a night that a person asks for: officers and the tabs hear of it
"""

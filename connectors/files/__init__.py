"""Files on this machine: written whole, to their owner alone.

disk           what a disk or the machine refuses, in our words
own_files      a chapter's own files
private_files  files that their owner alone may read, from the first byte on (DP-3)
toml_files     files of settings, parsed
old_names      tells of old names of settings
table_kinds    what a file of rows is: it is what it holds, whatever its name ends with
table_limits   how large a file of rows may be
"""

"""The tests. Every process of theirs, and every program they start, keeps what it compiled."""

import os
import sys

# Some machines set it to keep their disks small. Then each worker would rewrite 600 files of tests
# anew, and each program that a test starts would compile all it imports: a third of the whole time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

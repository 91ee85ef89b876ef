"""What a worker takes up before it forks: its children may not be able to read the program."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from connectors.sandbox.server import Sandbox
from models.state.engine import Job
from tests.conftest import Clock
from tests.elections.polls import CLOSES, OPENS, Poll
from tests.flows.town import Town
from tests.house.project import ROOT

PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path

from flows.state import forker
from models.state.engine import Job

forker.preload()
found = []

class Looked:
    def find_spec(self, name, path=None, target=None):
        found.append(name)

sys.meta_path.insert(0, Looked())
job, folder, at = Job(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
ended = forker.run(job, "town", folder, shared=False, now=lambda: at)
print("looked for", ended.code, *found)
"""


def looked_for(town: Town, job: Job, at: datetime) -> list[str]:
    """What a child that does this job looks for and has not."""
    program = [sys.executable, "-c", PROGRAM, job.value, str(town.folder), at.isoformat()]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    code, *found = done.stdout.rpartition("looked for ")[2].split()
    assert code == "0", done.stdout
    return found


def test_a_night_imports_nothing_more(town: Town) -> None:
    assert looked_for(town, Job.NIGHT, town.clock()) == []


def test_the_checks_that_open_and_count_a_vote_import_nothing_more(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter").approved()
    for clock.at in (OPENS, CLOSES, CLOSES + timedelta(hours=1)):
        assert looked_for(poll.town, Job.CHECK, clock.at) == []
    with poll.context() as context:
        assert context.ledger.votes.get(poll.name).state == "counted"

"""`clerk serve` whose every process loads the watcher; run by `test_canaries_everywhere.py`.

`clerk serve` takes PYTHONPATH out of what it hands on, so the watcher comes in by what is imported:
a job imports this file anew, as multiprocessing does with whatever started it, and the server is
started by way of it. The guard lets that one more form of start pass.
"""

import re
import runpy
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__)


def _as_the_server(listening: str) -> None:
    from flows.scheduler.server import main

    main(int(listening))


def _serve() -> None:
    from connectors.net import starts
    from flows.cli.main import main
    from flows.scheduler import own_server

    def started(server: own_server.Server) -> "subprocess.Popen[bytes]":
        listening = server._listener.fileno()
        return subprocess.Popen(
            [sys.executable, str(HERE), str(listening)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            pass_fds=[listening], start_new_session=True,
        )  # fmt: skip

    own_server.Server._start = started  # type: ignore[method-assign]
    starts._FORMS += ((re.escape(str(HERE)), r"\d+"),)
    sys.argv[1:] = ["serve"]
    main()


if "WATCHED" not in globals():
    WATCHED = runpy.run_path(str(HERE.with_name("watcher") / "sitecustomize.py"))
if __name__ == "__main__":
    _as_the_server(sys.argv[1]) if sys.argv[1:] else _serve()

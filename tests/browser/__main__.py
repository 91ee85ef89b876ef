"""`python -m tests.browser FOLDER`: write the invented pages there, with pictures of each view."""

import sys
import tempfile
from pathlib import Path

from tests.browser.chromium import tab
from tests.browser.look import VIEWS, screenshot, show
from tests.connectors.pages.invented import write_pages

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        tab(Path(profile)) as one,
    ):
        for page in write_pages(folder):
            for view in VIEWS:
                show(one, page, view)
                page.with_name(f"{page.stem}-{view.name}.png").write_bytes(screenshot(one))

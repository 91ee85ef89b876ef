"""Whether the folders of a chapter's own letters are letters: others are passed over in silence."""

from difflib import get_close_matches
from pathlib import Path

from connectors.emails import BUILT_IN
from connectors.settings import Chapter
from models.errors import FixTheSettings
from models.faults import shown
from models.mail.notices import KINDS
from models.privacy import redact_addresses

_PARTS = ("subject.txt", "body.html", "body.txt")


def own_letters(chapter: Chapter) -> str:
    """The letters that a chapter has texts of its own for.

    Raises:
        FixTheSettings: there is no folder as `[emails] folder` names it, or one inside that is
            meant for a letter bears no letter's name.
    """
    setting = chapter.emails.folder or Path()
    built_in = (path.name for path in BUILT_IN.iterdir() if (path / _PARTS[0]).is_file())
    known = sorted({*built_in, *KINDS})
    inside = _inside(chapter.path(setting), setting)
    faults = [_fault(setting, path, known) for path in inside if path.name not in known]
    if wrong := list(filter(None, faults)):
        raise FixTheSettings(
            "; ".join(wrong), next_step=f"rename the folder; the emails are {', '.join(known)}"
        )
    own = [path.name for path in inside if path.name in known]
    return ", ".join(own) or "none; the built-in texts are used"


def _inside(folder: Path, setting: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        raise FixTheSettings(
            f"the folder {redact_addresses(str(setting))} does not exist or cannot be read",
            where="chapter.toml [emails] folder",
            next_step="create it, or remove the setting: the built-in texts need no folder",
        ) from None


def _fault(setting: Path, path: Path, known: list[str]) -> str:
    """What is wrong with a folder of another name; "" if it may hold parts of several texts."""
    near = get_close_matches(path.name, known, n=1)
    if not near and not any((path / part).exists() for part in _PARTS):
        return ""
    fault = f"{redact_addresses(str(setting))}/{shown(path.name)}: there is no such email"
    return f"{fault}; did you mean {near[0]}?" if near else fault

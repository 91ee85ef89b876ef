"""The two files of a chapter's bylaws: built in, or of its own beside `chapter.toml`."""

from pathlib import Path

from connectors.settings.files import read_toml
from models.bylaws.counting import CountingRules, counting_rules_from
from models.bylaws.rules import Bylaws, bylaws_from
from models.errors import FixTheSettings

EDITIONS = Path(__file__).parents[2] / "models" / "bylaws" / "editions"


def read(folder: Path, wanted: str) -> Bylaws:
    """Who may vote, by the bylaws of this name.

    Raises:
        FixTheSettings: there are none of this name, or their file is wrong.
    """
    own = folder / wanted
    file = own if own.is_file() else EDITIONS / f"{wanted}.toml"
    if not file.is_file():
        built = (path.stem for path in EDITIONS.glob("*.toml"))
        names = ", ".join(sorted(name for name in built if not name.startswith("counting-")))
        raise FixTheSettings(
            f"there are no bylaws “{wanted}”",
            where="chapter.toml bylaws",
            next_step=f"name a file of yours, or one of: {names}",
        )
    return bylaws_from(read_toml(file), file.name)


def read_counting_rules(folder: Path, wanted: str) -> CountingRules:
    """How votes are counted, by the bylaws of this name.

    Raises:
        FixTheSettings: their second file is missing or wrong.
    """
    name = f"counting-{Path(wanted).stem}.toml"
    own = (folder / wanted).with_name(name)
    file = own if own.is_file() else EDITIONS / name
    if not file.is_file():
        raise FixTheSettings(
            f"there is no {name}",
            where="chapter.toml bylaws",
            next_step=f"put the counting rules into {own}, or name a built-in edition",
        )
    return counting_rules_from(read_toml(file), name)

"""A letter's texts are data: they name facts, choose and repeat, and can do nothing else.

Jinja's sandbox keeps a text from reaching into the program; `grammar` is the list of what is left
to a text. Work and length are limited while it is filled in, so that a text without end ends.
"""

import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    nodes,
)
from jinja2.exceptions import TemplateError
from jinja2.loaders import split_template_path
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from connectors.emails.grammar import COUNTED, FILTERS, LOOP, TESTS, refuse_unlisted
from connectors.emails.tags import merge_tags
from connectors.files.own_files import as_text, is_there, read_named, read_own
from models.errors import FixTheSettings
from models.privacy import redact_addresses

LONGEST_FILE = 64_000
"""Bytes of one text; the longest built-in one has two thousand."""
LONGEST_LETTER = 400_000
"""Letters of a filled-in text; mail programs cut a letter off at a quarter of that."""
MOST_STEPS = 20_000
"""Rounds of loops and texts fetched; the announcement of a long ballot takes some hundred."""
_BROKEN = (TemplateError, RecursionError, SyntaxError, TypeError, ValueError)
"""What a text can end in; Python's own come from its compiler, and from numbers without end."""

_MADE = "what is filled in makes a merge tag, and each must be written out whole in the text"

_COMPILED: dict[tuple[object, ...], tuple[Any, frozenset[str]]] = {}
"""What a text became, by the text itself and its name: it depends on nothing else."""
_MOST_COMPILED = 200


class Texts(ImmutableSandboxedEnvironment):
    """The texts of letters: the chapter's own folder before the built-in one."""

    def __init__(self, built_in: Path, own: Path | None) -> None:
        loaders = [Folder(own, own=True)] if own else []
        super().__init__(
            loader=ChoiceLoader([*loaders, Folder(built_in, own=False)]),
            autoescape=lambda name: bool(name) and str(name).endswith(".html"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_as_plain_text,
        )
        self.globals.clear()  # a text may name what it is given; there is no range, no namespace
        self.filters = {name: self.filters[name] for name in FILTERS} | {COUNTED: self._counted}
        self.tests = {name: self.tests[name] for name in TESTS}
        self._folders = [f"{folder}{os.sep}" for folder in (own, built_in) if folder]
        self._steps = 0
        self._tags: set[str] = set()

    def fill(self, name: str, facts: Mapping[str, object]) -> str:
        """One text, filled in.

        Raises:
            FixTheSettings: it is missing or broken, asks for what there is not, holds what no
                letter needs, or does not end; with its place.
        """
        self._steps, said, length = 0, [], 0
        try:
            for part in self.get_template(name).generate(dict(facts)):
                said.append(part)
                if (length := length + len(part)) > LONGEST_LETTER:
                    raise TemplateRuntimeError(f"it grows beyond {LONGEST_LETTER} letters")
            filled = "".join(said)
            if not self._tags.issuperset(merge_tags(filled)):
                raise TemplateRuntimeError(_MADE)
        except _BROKEN as exc:
            self._refuse(name, exc)
        return filled

    def get_template(self, *args: Any, **kwargs: Any) -> Template:
        """A text by its name, counted: a text that includes itself has no end either."""
        self._step()
        return super().get_template(*args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of what the text was given; a method or anything else is not there."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def compile(self, source: Any, *named: Any, **how: Any) -> Any:
        """A text made to work, with the merge tags written in it; the same text only once."""
        key = (source, *named, *how.items())
        if key not in _COMPILED:
            known, self._tags = self._tags, set()
            try:
                code = super().compile(source, *named, **how)
                if len(_COMPILED) >= _MOST_COMPILED:
                    _COMPILED.clear()
                _COMPILED[key] = code, frozenset(self._tags)
            finally:
                self._tags = known
        code, tags = _COMPILED[key]
        self._tags.update(tags)
        return code

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """Jinja's own hook between reading a text and making it work."""
        refuse_unlisted(source, *args[:2])
        for written in source.find_all(nodes.TemplateData):
            self._tags.update(merge_tags(written.data))
        return super()._generate(source, *args, **kwargs)

    def _counted(self, many: Iterable[object]) -> Iterator[object]:
        for one in many:
            self._step()
            yield one

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TemplateRuntimeError(f"it takes more than {MOST_STEPS} steps")

    def _refuse(self, name: str, exc: Exception) -> NoReturn:
        where = name
        for frame, line in traceback.walk_tb(exc.__traceback__):
            file = frame.f_code.co_filename
            folder = next((each for each in self._folders if file.startswith(each)), "")
            if folder and not file.endswith(".py"):  # the built-in texts lie beside our own code
                where = f"{file.removeprefix(folder)}, line {line}"
        raise FixTheSettings(
            f"a text of the letter cannot be filled in: {redact_addresses(_said(exc))}",
            where=redact_addresses(f"emails/{where}"),
            next_step="compare with the built-in one; docs/adopting.md says what may stand there",
        ) from None


class Folder(BaseLoader):
    """The texts of one folder, and nothing outside it.

    Args:
        own: it is a chapter's own, which others must not be able to write.
    """

    def __init__(self, folder: Path, *, own: bool) -> None:
        self._folder, self._own = folder, own

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """A text, its file's name, and that it stays as it is."""
        file = self._folder.joinpath(*split_template_path(template))
        if file.suffix not in (".txt", ".html") or not is_there(file):
            raise TemplateNotFound(template)
        where = f"emails/{redact_addresses(template)}"
        if self._own:
            _refuse_a_way_out(file, self._folder, where)
            content = read_own(file, self._folder, most=LONGEST_FILE)
        else:
            content = read_named(file)
        return as_text(content, where), str(file), lambda: True


def _refuse_a_way_out(file: Path, folder: Path, where: str) -> None:
    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder)):
        raise FixTheSettings(
            "this is a link to a file outside the letters' folder",
            where=where,
            rule="DP-3",
            next_step="put the text itself there",
        )


def _as_plain_text(filled_in: object) -> object:
    """A text that is filled in stays text: nothing in it is a merge tag."""
    if isinstance(filled_in, str):
        return filled_in.replace("*|", "* |").replace("|*", "| *")
    if isinstance(filled_in, int):
        return filled_in
    str(filled_in)  # what is not defined says so itself
    raise TemplateRuntimeError("only texts and numbers can be filled in; name a field of it")


def _said(exc: Exception) -> str:
    if isinstance(exc, TemplateNotFound):
        return f"there is no text “{exc.name}”"
    if isinstance(exc, RecursionError | SyntaxError):
        return "its parts stand in one another without end"
    return " ".join(str(exc).split())

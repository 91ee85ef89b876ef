"""Google forms that are read directly, without a sheet."""

from collections.abc import Collection, Sequence
from typing import Any

from connectors.google import FormQuestions, NotOpen
from connectors.settings import Form
from flows.context import ChapterContext
from flows.setup.face import About, Wrong, about
from flows.setup.headers import Use, Wordings
from flows.setup.interview import Interview
from flows.setup.reading import settled
from flows.setup.sheet import Sheet
from flows.setup.workbooks import id_of, shared_with_us
from models.intake.headers import heads_of
from models.intake.proposals import resolved
from models.intake.tables import Columns, Table
from models.privacy import one_line, redact_addresses

HOLDS = ("sign_ins", "event_sign_ins", "volunteers", "registrations", "requests")


class FormsAsked:
    """Asks for forms, one after the other."""

    def __init__(
        self,
        interview: Interview,
        context: ChapterContext,
        wordings: Wordings,
        there: Sequence[Form] = (),
    ) -> None:
        self._interview, self._context, self._wordings = interview, context, wordings
        self._there = {form.id for form in there}
        self.boxes: dict[str, tuple[str, ...]] = {}
        """Of a registration form: the question about email → what can be ticked."""

    def ask(self, workbooks: Collection[str]) -> list[dict[str, Any]]:
        """The `[[forms]]` that were added.

        Args:
            workbooks: the ids of those that are read.
        """
        found: dict[str, dict[str, Any]] = {}
        seen = set(self._there)

        def check(typed: str) -> str:
            form = id_of(typed, "form")
            if form in seen:
                raise Wrong("this form is in the list already; paste another", About("form_twice"))
            try:
                self._context.forms.questions(form)
            except NotOpen as fault:
                raise shared_with_us(fault, self._context, "form") from None
            return form

        while form := self._interview.text(
            "form",
            "Paste the address of a form whose responses are read directly, as your browser shows "
            "it while you edit the form (press Enter if there are no more)",
            lambda typed: typed and check(typed),
            default="",
            about=About("form"),
        ):
            asked = self._context.forms.questions(form)
            if not asked.asks:
                self._interview.tell(
                    f"“{one_line(redact_addresses(asked.title))}” asks nothing yet. It is not "
                    "read. Write its questions, and add it then.",
                    about("no_questions", title=one_line(redact_addresses(asked.title))),
                )
                continue
            seen.add(form)
            if self._is_wanted(form, asked, workbooks) and (table := self._table(form, asked)):
                found[form] = table
        return list(found.values())

    def know(self, form: Form) -> None:
        """Take up how a form that is in the settings is read: that must stay as it is."""
        asked = self._context.forms.questions(form.id)
        heads = heads_of(asked.headers)
        columns = resolved(self._wordings.columns_of(form.holds), heads)
        self._wordings.uses.append(Use(f"“{asked.title}”", form.holds, tuple(heads), columns))

    def _is_wanted(self, form: str, asked: FormQuestions, workbooks: Collection[str]) -> bool:
        return asked.linked not in workbooks or self._interview.confirm(
            f"{form} twice",
            f"The responses of “{asked.title}” also go into a spreadsheet that is read. Reading "
            "them once is enough. Read the form as well?",
            default=False,
            about=about("twice", title=one_line(redact_addresses(asked.title))),
        )

    def _table(self, form: str, asked: FormQuestions) -> dict[str, Any]:
        event = ""

        def look(use: Use, wanted: Columns) -> Table:
            nonlocal event
            if use.kind == "event_sign_ins" and not event:
                event = self._interview.text(
                    f"{form} event",
                    "Which event is this form for? Type its name as in the Events tab; if several "
                    "have it, with its date before it, as in 2026-03-31 Forum",
                    about=about("event", title=sheet.shown),
                )
            read = Form(id=form, holds=use.kind, event=event)
            return self._context.forms.read(read, wanted, self._context.today).table

        sheet = self._sheet(form, asked)
        use = settled(
            self._interview, sheet, self._wordings, HOLDS, look,
            lambda: self._sheet(form, self._context.forms.questions(form)),
        )  # fmt: skip
        if use is None:
            return {}
        for title in use.titles("wants_email"):
            self.boxes[title] = asked.options.get(title, ())
        return {"id": form, "holds": use.kind, **({"event": event} if event else {})}

    def _sheet(self, form: str, asked: FormQuestions) -> Sheet:
        return Sheet(form, asked.title, f"the form “{asked.title}”", [list(asked.headers)])

"""What the ballot form says in Spanish, in the help below each of its questions.

Titles and answers stay in English: the count reads them by their exact words (BA-4). So the
help says what is asked, and what each answer means.
"""

from collections.abc import Iterable, Mapping

from connectors import pages
from models.contests import Contest, RatifyOrPrefer

CONFIDENTIAL = (
    "Su papeleta es confidencial, no secreta: quien administra este formulario podría relacionar "
    "un código con un voto. Quienes hacen el conteo no ven nombres. Si vota más de una vez, cuenta "
    "solo la última papeleta que llegue antes del cierre."
)
CODE = "Ya está escrito si usa su propio enlace."


def spanish_help(contests: Iterable[Contest], ranked: Iterable[str]) -> Mapping[str, str]:
    """Contest's id → its help in Spanish; "" → that of the code's question.

    Args:
        ranked: the ids of those whose choices are ranked.
    """
    grids = set(ranked)
    return {"": CODE} | {one.id: " ".join(_sentences(one, one.id in grids)) for one in contests}


def _sentences(contest: Contest, is_ranked: bool) -> Iterable[str]:
    said = pages.words("es")
    names = dict(said.names(contest))
    advised = names.get(contest.recommendation, contest.recommendation)
    if isinstance(contest, RatifyOrPrefer):
        names[contest.ratify] = contest.ratify_es
    if said.title_language(contest) == "es":
        yield f"En español: {said.title(contest)}."
    subject = getattr(contest, "subject", "")
    if names.get(subject, subject) != subject:
        yield f"Se trata de: {names[subject]}."
    if contest.districts:
        yield f"Solo para votantes de {said.listed(contest.districts)}."
    if advised:
        yield f"El Comité Directivo recomienda: {advised}."
    if is_ranked:
        yield "«1st» es su primera opción, «2nd» la segunda, y así en adelante."
    answers = [choice for choice in names if choice != subject]
    meant = [f"«{one}» es «{names[one]}»" for one in answers if names[one] not in ("", one)]
    if meant:
        yield f"{said.listed(meant)}."

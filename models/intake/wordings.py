"""How sheets word the headers that a chapter has not set: suggestions, which a person confirms.

The reading itself never goes by these (BA-7): it compares whole headers with those in the settings.
"""

import re
from collections.abc import Mapping

from models.text.folding import unmarked

_POLITE = re.compile(
    r"^(?:(?:please )?(?:enter|provide|give|type|write|tell us|add)(?: us)? )?"
    r"(?:what(?:'s| is| are) |cu[aá]l es )?(?:your |the |my |tu |su |el |la )?"
)
_BEHIND = re.compile(r" ?\((?:[^()]*)\)$| ?(?:-|:) ?(?:required|optional|obligatorio)$")
_PERSON = (
    "name", "full name", "first and last name", "first & last name", "first name and last name",
    "first/last name", "participant", "participant name", "attendee", "attendee name", "member",
    "member name", "volunteer", "volunteer name", "person", "who", "nombre completo",
    "nombre y apellido", "nombre y apellidos", "nombre",
)  # fmt: skip
_ADDRESS = (
    "email address", "email", "e-mail", "e-mail address", "emailaddress", "email addr", "mail",
    "mail address", "email id", "contact email", "email contact", "personal email",
    "primary email", "best email", "email (primary)", "email adress", "correo",
    "correo electrónico", "dirección de correo electrónico", "dirección de correo",
    "dirección de email",
)  # fmt: skip
_OF_A_PERSON: Mapping[str, tuple[str, ...]] = {
    "address": _ADDRESS,
    "name": _PERSON,
    "first_name": ("first name", "first", "firstname", "given name", "forename", "preferred name",
                   "nombre", "nombres", "primer nombre"),
    "last_name": ("last name", "last", "lastname", "surname", "family name", "apellido",
                  "apellidos"),
}  # fmt: skip
_AT = (
    "timestamp",
    "time stamp",
    "submitted at",
    "submission time",
    "submitted",
    "submission date",
    "date/time",
    "date and time",
    "marca temporal",
    "marca de tiempo",
    "fecha y hora",
)
_EVENT = (
    "event",
    "event name",
    "name of event",
    "meeting",
    "meeting name",
    "which event",
    "which meeting",
    "which event did you come to",
    "which event are you attending",
    "what event are you attending",
    "event attended",
    "meeting attended",
    "evento",
    "nombre del evento",
    "reunión",
    "a qué evento viniste",
)
_DATE = ("date", "day", "when", "event date", "date of event", "meeting date", "fecha", "día")

WORDINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "events": {
        "day": _DATE,
        "name": (*_EVENT, "name", "title", "event title", "actividad", "nombre"),
        "kind": ("kind", "type", "event type", "type of event", "kind of event", "category",
                 "meeting type", "tipo", "tipo de evento", "clase"),
        "counts": ("counts", "counts toward membership", "counts toward voting", "counts?",
                   "counts for voting", "qualifies", "qualifying", "cuenta"),
        "held": ("held", "took place", "was it held", "did it happen", "happened", "was held"),
        "cancelled": ("cancelled", "canceled", "called off", "was it cancelled", "cancelado"),
        "partner": ("partner", "partners", "partner organization", "co-host", "cohost",
                    "hosted by", "co-sponsor", "organizer", "organizers"),
        "sign_in_tab": ("sign-in tab", "sign in tab", "signin tab", "tab", "sheet"),
        "also": ("also called", "other names", "aka", "also known as"),
    },
    "sign_ins": {"at": _AT, "event": _EVENT, **_OF_A_PERSON},
    "event_sign_ins": {"at": _AT, **_OF_A_PERSON},
    "volunteers": {
        "day": (*_DATE, "date of activity", "activity date", "shift date", "volunteer date"),
        "activity": ("activity", "volunteer activity", "task", "shift", "role", "action",
                     "type of activity", "what did you do", "what they did", "actividad", "tarea"),
        **_OF_A_PERSON,
    },
    "registrations": {
        "at": _AT,
        "other_addresses": ("other addresses", "other emails", "other email", "alternate email",
                            "alternative email", "secondary email", "second email",
                            "other email addresses", "additional email", "otros correos"),
        "phone": ("phone", "phone number", "telephone", "telephone number", "cell", "cell phone",
                  "mobile", "mobile number", "tel", "teléfono", "celular", "número de teléfono"),
        "district": ("district", "state rep district", "state representative district",
                     "representative district", "house district", "distrito"),
        "wants_email": (),  # consent is never suggested, only asked about (DP-4)
        **_OF_A_PERSON,
    },
    "exceptions": {
        "decided": ("date", "date decided", "decision date", "decided on", "decided", "fecha"),
        "decided_by": ("decided by", "by", "who decided", "approved by", "decidido por"),
        "reason": ("reason", "why", "explanation", "because", "razón", "motivo"),
        "kind": ("what", "kind", "type", "exception", "type of exception", "kind of exception"),
        "event": _EVENT,
        "event_day": ("event date", "date of event", "event day", "meeting date"),
        "other_address": ("other address", "other email", "second email", "other email address"),
        "address": _ADDRESS,
        "name": _PERSON,
    },
    "committee": {
        "confirmed": ("confirmed", "confirmed on", "date confirmed", "elected", "elected on",
                      "date elected", "seated", "confirmado", "confirmada"),
        "co_chair_since": ("co-chair since", "cochair since", "chair since"),
        "leave_from": ("on leave from", "leave from", "leave start", "leave begins"),
        "leave_through": ("on leave through", "leave through", "leave until", "leave end",
                          "leave ends"),
        "left": ("left", "left on", "resigned", "resigned on", "date left"),
        "address": _ADDRESS,
        "name": _PERSON,
    },
    "requests": {
        "at": _AT,
        "address": _ADDRESS,
        "kind": ("request", "type of request", "kind of request", "what do you ask for",
                 "what are you asking for", "what would you like", "solicitud",
                 "tipo de solicitud", "qué solicita"),
        "about": ("what it is about", "what is it about", "what is your request about", "details",
                  "de qué se trata", "detalles"),
        "other_address": ("nominee's email address", "nominee's email", "nominee email",
                          "correo de la persona nominada"),
        "code": ("code", "your code", "código"),
    },
    "dues": {
        "address": _ADDRESS,
        "paid": ("paid on", "date paid", "payment date", "date of payment", "date", "day paid",
                 "last payment", "last payment date", "contribution date", "donation date"),
        "through": ("paid until", "paid through", "good through", "valid through", "valid until",
                    "expires", "expires on", "expiration date", "expiration", "member until",
                    "membership expires", "end date", "renewal date"),
    },
}  # fmt: skip
"""Kind of table → field → headers that may be its; of kinds that set-up does not propose, none."""

_MAY_BE: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("registrations", "wants_email"): re.compile(
        r"mailing list|newsletter|subscribe|consent|(?:e-?mail|contact|write to) (?:you|me)\b"
        r"|email list|stay in touch|updates|suscrib|lista de correo|avisos|recibir"
        r"|\b(?:get|receive|want|send|like)\b.*\be-?mails?\b|\b(?:our|your) e-?mails\b"
    ),
    ("sign_ins", "at"): re.compile(r"^(?:date|day|when|fecha|time|hora)$"),
    ("event_sign_ins", "at"): re.compile(r"^(?:date|day|when|fecha|time|hora)$"),
    ("registrations", "at"): re.compile(r"^(?:date|day|fecha|date joined|joined|member since)$"),
    ("sign_ins", "event"): re.compile(r"\b(?:event|meeting|forum|evento|reuni[oó]n)\b"),
    ("registrations", "district"): re.compile(r"\b(?:district|distrito)\b"),
    ("events", "kind"): re.compile(r"\b(?:kind|type|category|tipo)\b"),
    ("events", "name"): re.compile(r"\b(?:event|meeting|title|topic|evento)\b"),
    ("events", "held"): re.compile(r"\bstatus\b"),
    ("volunteers", "activity"): re.compile(r"\b(?:activity|volunteer|task|shift|actividad)\b"),
}
"""What a header has in it that may be a field's, where its wording is none of the above."""
_EMAIL = re.compile(r"\be-?mail\b|\bcorreo\b|^username$|nombre de usuario|\bcontact\b")
_NAME = re.compile(r"\bname\b|\bnombre\b|\battendee\b|\bparticipant\b")

HINTS: Mapping[str, re.Pattern[str]] = {
    "events": re.compile(r"\b(?:events?|calendar|meetings|eventos|calendario)\b"),
    "sign_ins": re.compile(r"sign[- ]?ins?\b|attend|check[- ]?in|roster|asisten"),
    "volunteers": re.compile(r"volunt|canvass"),
    "registrations": re.compile(r"registra|member|miembro|registro|join"),
    "exceptions": re.compile(r"exception|correction|excepci|correcci"),
    "committee": re.compile(r"committee|comit[eé]|board"),
    "requests": re.compile(r"\brequests?\b|solicitud"),
}
"""What the title of a tab says about its kind."""


def is_worded(kind: str, field: str, header: str) -> bool:
    """Whether a header is one of a field's wordings, apart from “your” and remarks behind it."""
    known = {unmarked(one) for one in WORDINGS.get(kind, {}).get(field, ())}
    plain = unmarked(header).lstrip("¿¡ ")
    bare = unmarked(_BEHIND.sub("", plain))
    return bool({plain, bare, _POLITE.sub("", plain), _POLITE.sub("", bare)} & known)


def may_be(kind: str, field: str, header: str) -> bool:
    """Whether a header might be a field's, so that a person is asked."""
    plain = unmarked(header)
    pattern = _MAY_BE.get((kind, field))
    if field == "address":
        pattern = _EMAIL
    elif field == "name" and kind != "events":
        pattern = _NAME
    return bool(pattern and pattern.search(plain))

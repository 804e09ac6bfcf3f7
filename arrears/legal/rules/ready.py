"""Whether a legal document may be finished: what 4.4 to 4.7 ask for, as a code with its field."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from arrears.legal.rules.pen import Field
from arrears.legal.rules.venue import basic_court
from values.because import Because, because

LETTER: Final = "LAWYER_LETTER"
ORDER: Final = "PAYMENT_ORDER_APPLICATION"
COMPLAINT: Final = "COMPLAINT"
EVIDENCE: Final = "EVIDENCE_LIST"
# The check of the gates where legal writes why another court issues the order.
COURT_CHECK: Final = "court_of_domicile"
WITHDRAWAL: Final = "PAYMENT_ORDER_WITHDRAWAL"
_CLAIMS: Final = frozenset({LETTER, ORDER, COMPLAINT})


class Standing(NamedTuple):
    """What a document's readiness depends on besides its fields.

    `answered`: a court has answered the application that is to be withdrawn. `reasoned`: legal has written
    why another court than that of the domicile issues the order.
    """

    principal_fen: int = 0
    disputed: bool = False
    held: bool = False
    firm_chosen: bool = False
    firm_agreed: bool = False
    items: int = 0
    answered: bool = False
    reasoned: bool = False


class Unready(NamedTuple):
    """Why it cannot be finished yet, and which field to look at."""

    because: Because
    field: str = ""


def unready(kind: str, fields: Sequence[Field], standing: Standing) -> tuple[Unready, ...]:
    """Everything that stands in the way, the gravest first; empty when it may be finished.

    >>> [one.because.code for one in unready(LETTER, [], Standing(principal_fen=21_002, disputed=True))]
    ['draft_disputed']
    """
    found = [*_in_general(kind, standing)]
    found += [Unready(because("draft_field_missing"), one.key) for one in fields if one.missing]
    if kind == ORDER:
        found += _of_an_order(fields, reasoned=standing.reasoned)
    return tuple(found)


def _in_general(kind: str, standing: Standing) -> list[Unready]:
    checks = (
        (kind in _CLAIMS and standing.principal_fen <= 0, "draft_nothing_claimed", ""),
        (kind in _CLAIMS and standing.disputed, "draft_disputed", ""),
        (kind in _CLAIMS and standing.held, "draft_held", ""),
        (standing.firm_chosen and not standing.firm_agreed, "draft_firm_without_agreement", "firm"),
        (kind == EVIDENCE and not standing.items, "draft_no_evidence", ""),
        (kind == WITHDRAWAL and standing.answered, "draft_answered", ""),
    )
    return [Unready(because(code), field) for wrong, code, field in checks if wrong]


def _of_an_order(fields: Sequence[Field], *, reasoned: bool) -> list[Unready]:
    """No statement may be denied, and the court is the one of the domicile (L-P3).

    That of a habitual residence takes it as well, but a register proves none: legal writes it down.
    """
    values = {one.key: one.value for one in fields}
    found = [
        Unready(because("draft_statement_denied"), key)
        for key, value in values.items()
        if key.startswith("statement.") and value is False
    ]
    home = basic_court(str(values.get("respondents.0.domicile") or ""))
    court = str(values.get("court") or "").strip()
    if court and not reasoned and court != home:
        why = because("draft_court_of_another_place", court=home) if home else because("draft_court_unproven")
        found.append(Unready(why, "court"))
    return found

"""What stands in the way of finishing a document, read from the document itself."""

from __future__ import annotations

from arrears.legal.documents.written import Written
from arrears.legal.models import GateNote, Result
from arrears.legal.rules.ready import COURT_CHECK, Standing, Unready, unready


def obstacles(kind: str, written: Written) -> tuple[Unready, ...]:
    """Everything that must be mended first; empty when it may be finished."""
    return unready(kind, written.pen.fields, _standing(written))


def _standing(written: Written) -> Standing:
    material = written.material
    filing = material.filing
    chosen = next((one.value for one in written.pen.fields if one.key == "firm"), "")
    firm = next((one for one in material.firms if f"{one.name}（{one.lawyer}）" == chosen), None)
    return Standing(
        principal_fen=written.claimed.principal_fen,
        # A suit that goes on from an objection is there to decide it.
        disputed=material.disputed and filing is None,
        held=material.held,
        firm_chosen=firm is not None,
        firm_agreed=firm is not None and firm.name in material.agreed,
        items=len(getattr(written.paper, "items", ())),
        reasoned=GateNote.says(material.sheet.order.case_id, COURT_CHECK),
        answered=filing is not None and Result.objects.filter(filing=filing).exists(),
    )

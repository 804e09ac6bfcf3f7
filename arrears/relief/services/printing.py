"""缓缴申请表 for one application, as it stands: to be signed by the owner and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from arrears.relief.documents.form import DECISIONS, FormCharge, FormData, FormPart, Signature, render_pdf
from arrears.relief.queries.applications import ApplicationCard, application_card
from billing.charges.queries import account_card
from owners.queries import community_card, contacts_of
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id
from values.plain import plain

_PARTS: Final = {"relief.check": "核查意见（客服领班）", "relief.grant": "审批意见"}
_ATTACHED: Final = "共 {} 份，仅供办理本申请，不随本表提供"
_BY_OWNER: Final = "业主本人登录业主服务平台提交"
_AT_DESK: Final = "业主提出，物业服务人员登记"
_PHONES: Final = ("MOBILE", "LANDLINE")


def print_form(*, application_id: int, on: date) -> bytes:
    """The form as PDF. Raises NotFound."""
    return render_pdf(form_data(application_card(application_id, as_of=on), on=on))


def print_as_asked(*, application_id: int, on: date) -> bytes:
    """The form as it was handed in, without what was decided on it: evidence of an acknowledgement.

    What came with it is counted, not named: it serves the application alone. Raises NotFound.
    """
    card = application_card(application_id, as_of=on)
    data = form_data(card, on=on)
    proofs = (_ATTACHED.format(len(data.proofs)),) if data.proofs else ()
    way = _BY_OWNER if card.row.by_owner else _AT_DESK
    return render_pdf(replace(data, signatures=(), proofs=proofs, handed_in=way))


def form_data(card: ApplicationCard, *, on: date) -> FormData:
    """What the form says."""
    row = card.row
    account = account_card(row.account_id)
    reach = contacts_of([account.party_id]).get(account.party_id, [])
    parts = [one.part for one in card.plan.parts] if card.plan else card.offered
    return FormData(
        kind=row.kind,
        number=row.application_id,
        company=Tenant.objects.get(pk=current_tenant_id()).name,
        community=community_card(row.community_id).name,
        party=row.party_name,
        unit=row.unit_code,
        phone=next((one.masked for one in reach if one.kind in _PHONES), ""),
        asked_on=row.asked_on,
        printed_on=on,
        reason_code=row.reason_code,
        statement=plain(row.statement),
        from_on=row.from_on,
        to_on=row.to_on,
        down_percent=row.down_percent,
        spares_late_fee=row.spares_late_fee,
        proofs=[proof.name for proof in card.proofs],
        charges=[
            FormCharge(one.fee_item, one.period, one.due_on, one.principal_fen, one.late_fee_fen)
            for one in card.charges
        ],
        parts=[FormPart(*part) for part in parts],
        signatures=_signatures(card),
    )


def _signatures(card: ApplicationCard) -> Sequence[Signature]:
    return [
        Signature(
            _PARTS[link.kind],
            DECISIONS.get(link.decision, link.decision),
            link.by,
            link.at.date() if link.at else None,
            link.reason,
        )
        for link in card.chain
    ]

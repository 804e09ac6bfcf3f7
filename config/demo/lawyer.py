"""The demo's legal desk: a law firm, applications completed, one complaint half written."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Final

from arrears.legal.queries import draft_rows, drafts
from arrears.legal.services import FirmFields, add_agreement, finish_draft, open_draft, save_draft, save_firm
from config.demo.company import Place
from config.demo.picture import stroke_of_a_pen
from notices.services import Photo
from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import Scope, acting_for

COURT: Final = "杭州市西湖区人民法院"
_APPLICATION: Final = "PAYMENT_ORDER_APPLICATION"
_AGREED: Final = timedelta(days=1_100)


class Lawyer:
    """What the legal member of staff writes."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._has_firm = self._has_suit = False

    def begin(self, day: date) -> None:
        """The firm that writes the letters, entered before the first of them."""
        if self._has_firm:
            return
        with self._legal():
            firm_id = save_firm(
                fields=FirmFields(
                    name="浙江示例律师事务所",
                    lawyer="钱正",
                    licence="13301202010000000",
                    phone="0571-87000000",
                    address="杭州市上城区示例路1号",
                )
            )
            add_agreement(
                firm_id=firm_id,
                purpose="发送律师函、申请支付令、代理诉讼",
                scope="业主姓名、房号、欠费明细、送达记录",
                from_on=day,
                until=day + _AGREED,
                file=Photo("委托处理协议.png", stroke_of_a_pen()),
            )
        self._has_firm = True

    def complete(self, case_id: int, day: date) -> bool:
        """Write what no register knew into an application and finish it; whether it is finished now."""
        for row in draft_rows(list(drafts(state="OPEN", kind=_APPLICATION, case_id=case_id))):
            given = {
                "respondents.0.domicile": f"浙江省杭州市西湖区文三路{row.draft_id}号",
                "statement.no_preservation": "yes",
                "respondents.0.id_number": f"33010619800101{row.draft_id:04d}",
            }
            version = save_draft(
                draft_id=row.draft_id, version=row.version, given=given, as_of=day, note="户籍信息已核实"
            )
            try:
                finish_draft(draft_id=row.draft_id, version=version, as_of=day, goes_on=True)
            except Refused:
                return False  # an objection came up meanwhile
        return True

    def sue(self, case_id: int, day: date) -> bool:
        """Once: this one goes to court as a suit, and the complaint is still being written."""
        if self._has_suit:
            return False
        draft_id = open_draft(case_id=case_id, kind="COMPLAINT", as_of=day)
        save_draft(
            draft_id=draft_id,
            version=1,
            given={"fact_other": "被告曾在电话中对服务提出异议，经核实不属实。"},
            as_of=day,
            note="补充事实",
        )
        open_draft(case_id=case_id, kind="EVIDENCE_LIST", as_of=day)
        self._has_suit = True
        return True

    def _legal(self) -> AbstractContextManager[Scope]:
        return acting_for(self._place.tenant_id, user_id=self._place.user_ids["fawu"])

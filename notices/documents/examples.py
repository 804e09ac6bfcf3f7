"""One made-up paper of every kind, to show what it looks like: the company is real, everybody else is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from notices.documents.bill_notice import BillLine, BillNoticeData
from notices.documents.complaint import Agent, Agreed, ComplaintData, Defendant, Demanded, Facts, Plaintiff
from notices.documents.court import Applicant, Evidence, Respondent
from notices.documents.demand import DemandData
from notices.documents.enforcement import EnforcementData
from notices.documents.evidence_list import EvidenceItem, EvidenceListData
from notices.documents.frozen import Frozen, Secret
from notices.documents.instalment_plan import InstalmentPlanData, PlanPart
from notices.documents.lawyer_letter import LawFirm, LawyerLetterData
from notices.documents.parts import Contacted, DemandSent, Issuer, OwedLine
from notices.documents.payment_order import PaymentOrderData
from notices.documents.second_demand import SecondDemandData
from notices.documents.withdrawal import WithdrawalData

NUMBER: Final = "样张-000000"
_CLAUSE: Final = "逾期按日万分之三支付违约金"
_COURT: Final = "（样张）人民法院"
_DEMANDED, _AS_OF = date(2026, 6, 16), date(2026, 6, 16)
_MAY = "2026年5月"
_LINE = OwedLine(
    fee_item="物业费", period=_MAY, due_on=date(2026, 5, 31), days_overdue=16, principal_fen=252_024,
    late_fee_fen=1_210, bill_number=NUMBER,
)  # fmt: skip
_SUMS: dict[str, Any] = {
    "lines": (_LINE,), "principal_fen": 252_024, "late_fee_fen": 1_210, "total_fen": 253_234,
}  # fmt: skip
_FIRST = DemandSent(
    title="催款通知书", number=NUMBER, issued_on=_DEMANDED, delivered_on=date(2026, 6, 18), method="EMS邮寄"
)
_RESPONDENT = Respondent(
    name="张三（样张）", sex="男", born_on=date(1990, 1, 1), id_number=Secret("000000199001010000"),
    domicile="样张路1号", phone=Secret("13000000000"),
)  # fmt: skip


def example(kind: str, *, company: str) -> Frozen:
    """The data of an example; KeyError for a kind that is no paper."""
    return _MAKERS[kind](company)


def _issuer(company: str) -> Issuer:
    return Issuer(
        company=company, community="锦绣花园", phone="0571-88000000", place="客户服务中心",
        hours="8:30-17:30", payee_name=company, payee_bank="（样张）银行", payee_account="0000",
        contract_name="物业服务合同", contract_number=NUMBER, late_fee_clause=_CLAUSE,
    )  # fmt: skip


def _applicant(company: str) -> Applicant:
    return Applicant(name=company, address="样张路1号", legal_representative="王五（样张）", post="总经理")


def _bill(company: str) -> BillNoticeData:
    line = BillLine(
        fee_item="物业费", period=_MAY, basis="89.37㎡", rate="28.20元/㎡·月", duration="1个月",
        gross_fen=252_024, net_fen=252_024,
    )  # fmt: skip
    return BillNoticeData(
        issuer=_issuer(company), number=NUMBER, bill_id=0, unit="3-1-1602", owner="张三", period=_MAY,
        issued_on=date(2026, 5, 5), due_on=date(2026, 5, 31), payable_fen=252_024, lines=(line,),
        late_fee_rule="逾期的，自期满次日起以未缴本金为基数按日万分之三计收违约金，累计不超过本金。",
    )  # fmt: skip


def _demanded(company: str) -> dict[str, Any]:
    return _SUMS | {
        "issuer": _issuer(company), "number": NUMBER, "unit": "3-1-1602", "addressee": "张三",
        "as_of": _AS_OF, "issued_on": _DEMANDED, "daily_late_fee": "0.76",
        "late_fee_formula": "未缴本金 × 0.03% × 逾期天数", "collector": "李四",
        "contacts": (Contacted(on=date(2026, 6, 3), how="电话"),),
    }  # fmt: skip


def _demand(company: str) -> DemandData:
    return DemandData(**_demanded(company))


def _second_demand(company: str) -> SecondDemandData:
    return SecondDemandData(**_demanded(company), first=_FIRST, manager="赵六")


def _lawyer_letter(company: str) -> LawyerLetterData:
    return LawyerLetterData(
        **_SUMS, issuer=_issuer(company), firm=LawFirm(), number=NUMBER, unit="3-1-1602", addressee="张三",
        issued_on=date(2026, 9, 1), as_of=date(2026, 9, 1), demands=(_FIRST,), approved_by="王五",
    )  # fmt: skip


def _payment_order(company: str) -> PaymentOrderData:
    return PaymentOrderData(
        **_SUMS, number=NUMBER, court=_COURT, applicant=_applicant(company), respondents=(_RESPONDENT,),
        issued_on=date(2026, 10, 1), community="锦绣花园", unit="3-1-1602", contract="物业服务合同",
        period=_MAY, late_fee_until=date(2026, 10, 1), fee_fen=1_667, demands=(_FIRST,),
        late_fee_clause=_CLAUSE,
        evidence=(Evidence(name="物业服务合同", source="申请人提供", proves="服务关系"),),
    )  # fmt: skip


def _enforcement(company: str) -> EnforcementData:
    return EnforcementData(
        number=NUMBER, court=_COURT, applicant=_applicant(company), respondents=(_RESPONDENT,),
        issued_on=date(2026, 12, 1), community="锦绣花园", unit="3-1-1602", instrument="支付令",
        reference="（样张）民督0号", effective_on=date(2026, 11, 1), awarded_fen=253_234, paid_fen=0,
        unpaid_fen=253_234,
    )  # fmt: skip


def _instalment_plan(company: str) -> InstalmentPlanData:
    return InstalmentPlanData(
        **_SUMS, issuer=_issuer(company), number=NUMBER, unit="3-1-1602", addressee="张三（样张）",
        issued_on=_AS_OF, sign_on=_AS_OF, grace_days=7, last_due_on=date(2026, 7, 31),
        parts=(
            PlanPart(number=1, due_on=date(2026, 6, 30), amount_fen=126_617),
            PlanPart(number=2, due_on=date(2026, 7, 31), amount_fen=126_617),
        ),
    )  # fmt: skip


def _withdrawal(company: str) -> WithdrawalData:
    return WithdrawalData(
        number=NUMBER, court=_COURT, applicant=_applicant(company), respondents=(_RESPONDENT,),
        issued_on=date(2026, 10, 12), community="锦绣花园", unit="3-1-1602", reference="（样张）民督0号",
        application=NUMBER, filed_on=date(2026, 10, 1), claim_fen=253_234, reason="被申请人已付清全部款项。",
    )  # fmt: skip


def _complaint(company: str) -> ComplaintData:
    return ComplaintData(
        number=NUMBER, court=_COURT, issued_on=date(2026, 10, 1),
        plaintiff=Plaintiff(name=company, domicile="样张路1号", legal_representative="王五（样张）"),
        agent=Agent(),
        defendants=(Defendant(name="张三（样张）", sex="男", domicile="样张路1号"),),
        claims=Demanded(
            as_of=_AS_OF, principal_fen=252_024, late_fee_fen=1_210, until_paid=True,
            until_paid_standard=_CLAUSE, total_fen=253_234,
        ),
        lines=(_LINE,), agreed=Agreed(jurisdiction=False, preserved_before=False, preserve_now=False),
        facts=Facts(
            contract="物业服务合同", parties=company, location="锦绣花园3-1-1602", area="89.37㎡",
            holder="张三（样张）", standard="28.20元/㎡·月", late_fee_standard=_CLAUSE,
            owed="2026年5月 2520.24元", demands="2026年6月16日催款通知书",
            basis="《中华人民共和国民法典》第九百四十四条", evidence="见证据清单",
        ),
        late_fee_clause=_CLAUSE, principal_fen=252_024, late_fee_fen=1_210, total_fen=253_234,
    )  # fmt: skip


def _evidence_list(company: str) -> EvidenceListData:
    item = EvidenceItem(
        code="E2",
        name="物业服务合同",
        kind="书证",
        copy="复印件",
        pages="12",
        source="原告留存",
        proves="服务关系",
    )
    return EvidenceListData(
        number=NUMBER, issued_on=date(2026, 10, 1), submitter=company, against="张三（样张）",
        unit="3-1-1602", community="锦绣花园", items=(item,),
    )  # fmt: skip


_MAKERS: Final[dict[str, Callable[[str], Frozen]]] = {
    "BILL_NOTICE": _bill,
    "DEMAND": _demand,
    "SECOND_DEMAND": _second_demand,
    "LAWYER_LETTER": _lawyer_letter,
    "PAYMENT_ORDER_APPLICATION": _payment_order,
    "PAYMENT_ORDER_WITHDRAWAL": _withdrawal,
    "COMPLAINT": _complaint,
    "EVIDENCE_LIST": _evidence_list,
    "ENFORCEMENT_APPLICATION": _enforcement,
    "INSTALMENT_PLAN": _instalment_plan,
}

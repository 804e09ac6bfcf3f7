"""Drafts and documents for the tests of notices: one complete example of every kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from notices.documents.bill_notice import BillLine, BillNoticeData
from notices.documents.complaint import Agent, Agreed, ComplaintData, Defendant, Demanded, Facts, Plaintiff
from notices.documents.court import Applicant, CostLine, Evidence, Respondent
from notices.documents.demand import DemandData
from notices.documents.enforcement import EnforcementData
from notices.documents.evidence_list import EvidenceItem, EvidenceListData
from notices.documents.frozen import Secret
from notices.documents.instalment_plan import InstalmentPlanData, PlanPart
from notices.documents.lawyer_letter import LawFirm, LawyerLetterData
from notices.documents.parts import Contacted, DemandSent, Issuer, OwedLine
from notices.documents.payment_order import PaymentOrderData
from notices.documents.second_demand import SecondDemandData
from notices.documents.withdrawal import WithdrawalData
from notices.models import Notice
from notices.services import Draft, queue
from owners.models import Contact
from tenancy.kernel.crypto import encrypt, fingerprint
from tests.cast import Company

ISSUED = date(2026, 1, 5)
DUE = date(2026, 1, 31)

ISSUER = Issuer(
    company="锦绣物业服务有限公司", community="锦绣花园", phone="0571-88000000", place="客户服务中心", hours="8:30-17:30",
    payee_name="锦绣物业服务有限公司", payee_bank="中国银行杭州分行", payee_account="6217000000000000001",
    contract_name="锦绣花园前期物业服务合同", contract_number="JX-2022-001", late_fee_clause="逾期按日万分之三支付违约金",
)  # fmt: skip

OWED = (
    OwedLine(fee_item="物业费", period="2026年1月", due_on=DUE, days_overdue=16, principal_fen=21002, late_fee_fen=101,
             bill_number="BILL-JX-2026-000017"),
)  # fmt: skip
FIRST = DemandSent(title="催款通知书", number="DEMAND-JX-2026-000001", issued_on=date(2026, 2, 16),
                   delivered_on=date(2026, 2, 18), method="EMS邮寄")  # fmt: skip
_DEMAND: dict[str, Any] = {
    "issuer": ISSUER, "unit": "3-1-1602", "addressee": "张三", "issued_on": date(2026, 2, 16),
    "as_of": date(2026, 2, 16), "lines": OWED, "principal_fen": 21002, "late_fee_fen": 101, "total_fen": 21103,
    "daily_late_fee": "0.06", "late_fee_formula": "未缴本金 × 0.03% × 逾期天数",
    "contacts": (Contacted(on=date(2026, 2, 3), how="电话"),), "collector": "王小明",
}  # fmt: skip
_APPLICANT = Applicant(name="锦绣物业服务有限公司", credit_code="91330100MA27000000", address="杭州市西湖区文一路1号",
                       legal_representative="赵总", post="总经理", phone="0571-88000000")  # fmt: skip
_RESPONDENT = Respondent(name="张三", sex="男", born_on=date(1990, 1, 1), id_number=Secret("330102199001011234"),
                         domicile="杭州市西湖区文一路1号", phone=Secret("13800138000"))  # fmt: skip

BILL = BillNoticeData(
    issuer=ISSUER, number="BILL-JX-2026-000017", bill_id=17, unit="3-1-1602", owner="张三", period="2026年1月",
    issued_on=ISSUED, due_on=DUE, payable_fen=21002,
    lines=(BillLine(fee_item="物业费", period="2026年1月", basis="89.37㎡", rate="2.35元/㎡·月", duration="1个月",
                    gross_fen=21002, net_fen=21002),),
    late_fee_rule="逾期的，自期满次日起以未缴本金为基数按日万分之三计收违约金，累计不超过本金。",
)  # fmt: skip
DEMAND = DemandData(number="DEMAND-JX-2026-000001", **_DEMAND)
SECOND_DEMAND = SecondDemandData(number="DEMAND2-JX-2026-000001", first=FIRST, manager="李经理", **_DEMAND)
LAWYER_LETTER = LawyerLetterData(
    issuer=ISSUER, firm=LawFirm(name="浙江某律师事务所", lawyer="钱律师", licence="13301201010000001"),
    number="LETTER-JX-2026-000001", unit="3-1-1602", addressee="张三", issued_on=date(2026, 5, 1),
    as_of=date(2026, 5, 1), lines=OWED, principal_fen=21002, late_fee_fen=101, total_fen=21103, demands=(FIRST,),
    id_last4="1234", service_address="杭州市西湖区文一路1号", approval_id=7, approved_by="赵总",
)  # fmt: skip
PAYMENT_ORDER = PaymentOrderData(
    number="PO-JX-2026-000001", court="杭州市西湖区人民法院", applicant=_APPLICANT, respondents=(_RESPONDENT,),
    issued_on=date(2026, 6, 1), community="锦绣花园", unit="3-1-1602", contract="锦绣花园前期物业服务合同",
    period="2026年1月", lines=OWED, principal_fen=21002, late_fee_fen=101, late_fee_until=date(2026, 6, 1),
    total_fen=21103, fee_fen=1667, demands=(FIRST,), late_fee_clause="逾期按日万分之三支付违约金",
    evidence=(Evidence(name="物业服务合同", source="申请人提供", proves="服务关系"),),
)  # fmt: skip
ENFORCEMENT = EnforcementData(
    number="EN-JX-2026-000001", court="杭州市西湖区人民法院", applicant=_APPLICANT, respondents=(_RESPONDENT,),
    issued_on=date(2026, 9, 1), community="锦绣花园", unit="3-1-1602", instrument="支付令",
    reference="（2026）浙0106民督1号", effective_on=date(2026, 7, 1), awarded_fen=21103, paid_fen=0, unpaid_fen=21103,
)  # fmt: skip
INSTALMENT_PLAN = InstalmentPlanData(
    issuer=ISSUER, number="PLAN-JX-2026-000001", unit="3-1-1602", addressee="张三", issued_on=date(2026, 2, 16),
    sign_on=date(2026, 2, 16), lines=OWED, principal_fen=21002, late_fee_fen=101, total_fen=21103, grace_days=7,
    parts=(PlanPart(number=0, due_on=date(2026, 2, 16), amount_fen=4221),
           PlanPart(number=1, due_on=date(2026, 2, 28), amount_fen=8441),
           PlanPart(number=2, due_on=date(2026, 3, 31), amount_fen=8441)),
    last_due_on=date(2026, 3, 31), id_last4="1234", joint=("王五",), address="杭州市西湖区文一路1号", phone="138****8000",
    approved_by="李经理", approved_on=date(2026, 2, 15), application_id=7, reason="住院治疗",
)  # fmt: skip
WITHDRAWAL = WithdrawalData(
    number="ORDEROFF-JX-2026-000001", court="杭州市西湖区人民法院", applicant=_APPLICANT, respondents=(_RESPONDENT,),
    issued_on=date(2026, 6, 12), community="锦绣花园", unit="3-1-1602", reference="（2026）浙0106民督1号",
    application="PO-JX-2026-000001", filed_on=date(2026, 6, 1), claim_fen=21103, reason="被申请人已付清全部款项。",
)  # fmt: skip
COMPLAINT = ComplaintData(
    number="COMPLAINT-JX-2026-000001", court="杭州市西湖区人民法院", issued_on=date(2026, 6, 1),
    plaintiff=Plaintiff(
        name="锦绣物业服务有限公司", domicile="杭州市西湖区文一路1号", registered_address="杭州市西湖区文一路1号", legal_representative="赵总",
        post="总经理", phone="0571-88000000", credit_code="91330100MA27000000", kind="有限责任公司", ownership="民营",
    ),
    agent=Agent(name="钱律师", unit="浙江某律师事务所", post="律师", phone="0571-87000000", authority="一般授权"),
    defendants=(
        Defendant(
            name="张三", sex="男", born_on=date(1990, 1, 1), nation="汉族", employer="某公司", phone=Secret("13800138000"),
            domicile="杭州市西湖区文三路9号", residence="锦绣花园3-1-1602", id_number=Secret("330102199001011234"),
        ),
        Defendant(name="某商贸有限公司", is_person=False, id_number=Secret("91330100MA28000000"), domicile="杭州市余杭区1号"),
    ),
    claims=Demanded(
        as_of=date(2026, 6, 1), principal_fen=21002, late_fee_fen=101, until_paid=True,
        until_paid_standard="未缴本金×每日万分之三", court_costs=True,
        costs=(CostLine(name="邮寄费", reference="EMS 1033", on=date(2026, 4, 10), amount_fen=2200),), costs_fen=2200,
        total_fen=23303,
    ),
    lines=OWED,
    agreed=Agreed(jurisdiction=True, jurisdiction_text="第十二条：物业所在地法院", preserved_before=False, preserve_now=True),
    facts=Facts(
        contract="《前期物业服务合同》（JX-2022-001）", parties="业主：张三", location="锦绣花园3-1-1602", area="89.37㎡", holder="张三",
        standard="2.35元/㎡·月", service_from=date(2022, 1, 1), service_until=date(2026, 12, 31), went_on=False,
        payment="按月银行转账", late_fee_standard="逾期按日万分之三支付违约金", owed="2026年1月210.02元", late_fee="1.01元",
        demands="2026年2月16日催款通知书", other="已提出调解", basis="《中华人民共和国民法典》第九百四十四条", evidence="1. 物业服务合同",
    ),
    mediation=True, copies=3, late_fee_clause="逾期按日万分之三支付违约金", total_fen=23303, principal_fen=21002, late_fee_fen=101,
    costs_fen=2200,
)  # fmt: skip
EVIDENCE_LIST = EvidenceListData(
    number="EVIDENCE-JX-2026-000001", issued_on=date(2026, 6, 1), submitter="锦绣物业服务有限公司", against="张三", unit="3-1-1602",
    community="锦绣花园", court="杭州市西湖区人民法院", reference="（2026）浙0106民初1号",
    items=(
        EvidenceItem(code="E2", name="物业服务合同", kind="书证", copy="复印件", pages="12", source="原告留存", proves="服务关系"),
        EvidenceItem(code="E9", name="催款通知书", kind="书证", copy="原件", pages="2", source="原告留存", proves="催告", hash="ab" * 32,
                     place="档案柜3"),
    ),
    remark="原件于开庭时出示",
)  # fmt: skip
DOCUMENTS: dict[str, Any] = {
    "BILL_NOTICE": BILL, "DEMAND": DEMAND, "SECOND_DEMAND": SECOND_DEMAND, "LAWYER_LETTER": LAWYER_LETTER,
    "PAYMENT_ORDER_APPLICATION": PAYMENT_ORDER, "ENFORCEMENT_APPLICATION": ENFORCEMENT,
    "INSTALMENT_PLAN": INSTALMENT_PLAN,
    "PAYMENT_ORDER_WITHDRAWAL": WITHDRAWAL, "COMPLAINT": COMPLAINT, "EVIDENCE_LIST": EVIDENCE_LIST,
}  # fmt: skip


def draft(company: Company, kind: str = "BILL_NOTICE", *, unit: str = "3-1-1602", **changes: Any) -> Draft:
    """A paper of the kind for a unit of the cast, complete enough to be printed."""
    account = company.accounts[unit]
    document = DOCUMENTS.get(kind)
    values: dict[str, Any] = {
        "community_id": company.community.pk, "unit_id": company.units[unit].pk, "party_id": account.party_id,
        "account_id": account.pk, "kind": kind, "channel": "PAPER", "unique_key": f"{kind}:{unit}",
        "issued_on": document.issued_on if document else ISSUED, "data": document.as_json() if document else {},
        "charge_ids": (1, 2),
    }  # fmt: skip
    return Draft(**(values | changes))


def queued(company: Company, kind: str = "BILL_NOTICE", **changes: Any) -> Notice:
    """The same, in the outbox."""
    (pk,) = queue([draft(company, kind, **changes)]).values()
    return Notice.objects.get(pk=pk)


def message(
    company: Company, *, channel: str = "SMS", key: str = "m1", kind: str = "REMINDER", **changes: Any
) -> Notice:
    """A reminder to 张三 by SMS or e-mail."""
    party = company.parties["张三"]
    contact = contact_of(company, "EMAIL" if channel == "EMAIL" else "MOBILE")
    values = {
        "channel": channel, "unique_key": key, "contact_id": contact.pk, "party_id": party.pk, "data": {},
        "subject": "锦绣花园3-1-1602逾期缴费提醒", "body": "【锦绣物业】截至2026-02-01应缴210.02元。",
    }  # fmt: skip
    return queued(company, kind, **(values | changes))


def contact_of(company: Company, kind: str) -> Contact:
    """张三's mobile from the cast, or an e-mail address made for him."""
    party = company.parties["张三"]
    found = Contact.objects.filter(party=party, kind=kind).first()
    if found is not None:
        return found
    value = "zhangsan@example.com"
    return Contact.objects.create(
        party=party,
        kind=kind,
        value=encrypt(value),
        value_hash=fingerprint(value),
        masked="z****@example.com",
        position=9,
    )

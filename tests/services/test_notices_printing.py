"""Papers: every field stands on them, they are made once, and a whole building is one file."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from notices.documents.bill_notice import BillNoticeData
from notices.documents.binding import bind
from notices.documents.payment_order import PaymentOrderData
from notices.documents.pdf import to_pdf
from notices.documents.render import render_pdf
from notices.models import Notice
from notices.services import print_notice, print_round, withdraw
from notices.services.printing import IncompleteData, NothingToPrint, NotPrintable
from notices.services.texts import TextRefused
from tenancy.people.services import files
from tests.notices_data import BILL, DEMAND, DOCUMENTS, INSTALMENT_PLAN, PAYMENT_ORDER, message, queued

NOW = datetime(2026, 2, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


EVERY_OWNER_PAPER = ("锦绣物业服务有限公司", "锦绣花园", "3-1-1602", "0571-88000000")
FIELDS = {
    "BILL_NOTICE": (
        "物业费缴款通知书", "BILL-JX-2026-000017", "张*", "2026年1月5日", "2026年1月31日", "89.37㎡", "2.35元/㎡·月", "1个月",
        "¥210.02", "人民币贰佰壹拾元零贰分", "中国银行杭州分行", "6217000000000000001", "8:30-17:30", "日万分之三", "7日内", "送达回执",
        "JX-2022-001", "校验码", *EVERY_OWNER_PAPER,
    ),
    "DEMAND": (
        "催款通知书", "BILL-JX-2026-000017", "张三", "16", "210.02", "1.01", "¥211.03", "人民币贰佰壹拾壹元零叁分", "每日增加违约金0.06元",
        "收到本通知之日起15日内", "客户服务中心", "异议", "分期", "第九百四十四条", "2026年2月3日电话", "王小明", "请忽略",
        "未缴本金×0.03%×逾期天数", *EVERY_OWNER_PAPER,
    ),
    "SECOND_DEMAND": (
        "二次催款通知书", "DEMAND-JX-2026-000001", "2026年2月18日", "EMS邮寄", "最后期限", "第一百九十五条", "律师", "李经理",
        "诉讼费用", *EVERY_OWNER_PAPER,
    ),
    "LAWYER_LETTER": (
        "律师函", "浙江某律师事务所", "末四位1234", "第五百七十七条", "第五百八十五条", "收到本函之日起15日内", "钱律师", "13301201010000001",
        "第7号", "¥211.03", *EVERY_OWNER_PAPER,
    ),
    "PAYMENT_ORDER_APPLICATION": (
        "支付令申请书", "91330100MA27000000", "赵总", "330102199001011234", "13800138000", "1990年1月1日", "¥210.02", "¥1.01",
        "¥16.67", "没有其他债务纠纷", "没有对待给付义务", "并非下落不明", "未向人民法院申请诉前保全", "物业服务合同", "杭州市西湖区人民法院",
    ),
    "PAYMENT_ORDER_WITHDRAWAL": (
        "撤回支付令申请书", "准许申请人撤回支付令申请", "（2026）浙0106民督1号", "PO-JX-2026-000001", "¥211.03", "尚未送达被申请人", "已付清",
        "杭州市西湖区人民法院",
    ),
    "COMPLAINT": (
        "民事起诉状（物业服务合同纠纷）", "91330100MA27000000", "有限责任公司", "民营", "钱律师", "一般授权", "被告1", "被告2", "汉族", "某商贸有限公司",
        "330102199001011234", "13800138000", "第三人无", "尚欠物业费¥210.02", "违约金¥1.01", "是☑", "邮寄费¥22.00", "EMS1033",
        "¥233.03", "人民币贰佰叁拾叁元零叁分", "有☑", "第十二条：物业所在地法院", "是否申请诉讼保全是☑", "2022年1月1日", "期满后是否继续服务：是□否☑",
        "是否愿意先行调解：是☑", "起诉状副本3份", "法院1份，被告2份", *(f"{n}." for n in range(1, 14)),
    ),
    "EVIDENCE_LIST": (
        "证据清单", "物业服务合同", "书证", "复印件", "12", "服务关系", "abababab", "档案柜3", "原件于开庭时出示", "共2项", "（2026）浙0106民初1号",
    ),
    "ENFORCEMENT_APPLICATION": ("强制执行申请书", "（2026）浙0106民督1号", "2026年7月1日", "第二百六十四条", "¥211.03"),
    "INSTALMENT_PLAN": (
        "分期还款协议", "张三", "王五", "末四位1234", "BILL-JX-2026-000017", "210.02", "1.01", "¥211.03", "人民币贰佰壹拾壹元零叁分",
        "首付", "42.21", "第2期", "2026年3月31日", "84.41", "先还违约金", "暂停计收违约金", "逾期超过7日", "第一百九十五条",
        "138****8000", "李经理", "住院治疗", "签字处",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_field_of_the_document_stands_on_the_paper(jinxiu, kind):
    text = text_of(render_pdf(queued(jinxiu, kind, number=DOCUMENTS[kind].number)))
    assert [field for field in FIELDS[kind] if field not in text] == []


def test_a_bill_notice_is_one_page_and_never_shows_the_owners_name(jinxiu):
    pdf = render_pdf(queued(jinxiu))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert "张三" not in text_of(pdf)


def test_a_bill_says_what_is_to_be_paid_and_draws_no_line_for_what_nobody_filled_in(jinxiu):
    bare = {"place": "", "hours": "", "payee_bank": "", "contract_name": "", "contract_number": ""}
    bill = BILL.as_json() | {"issuer": BILL.issuer.as_json() | bare}
    text = text_of(render_pdf(queued(jinxiu, data=bill)))
    assert "实缴" not in text
    assert "应缴（元）" in text
    assert "____" not in text
    assert [label for label in ("缴费地点", "时间：", "开户银行", "《") if label in text] == []
    assert "收款户名：锦绣物业服务有限公司" in text


def test_without_a_clause_no_paper_speaks_of_a_late_fee(jinxiu):
    plain = {"late_fee_clause": ""}
    bill = BILL.as_json() | {"late_fee_rule": "", "issuer": BILL.issuer.as_json() | plain}
    demand = DEMAND.as_json() | {
        "issuer": DEMAND.issuer.as_json() | plain, "late_fee_fen": 0, "total_fen": 21002, "daily_late_fee": ""
    }  # fmt: skip
    plan = INSTALMENT_PLAN.as_json() | {
        "issuer": INSTALMENT_PLAN.issuer.as_json() | plain, "late_fee_fen": 0, "total_fen": 21002
    }  # fmt: skip
    for kind, data in (("BILL_NOTICE", bill), ("DEMAND", demand), ("INSTALMENT_PLAN", plan)):
        notice = queued(jinxiu, kind, data=data)
        assert "违约金" not in text_of(files.read(print_notice(notice.pk, at=NOW)))


def test_a_word_that_must_not_be_said_stops_the_print(jinxiu):
    data = BILL.as_json() | {"early_bird": "逾期将停水停电。"}
    with pytest.raises(TextRefused):
        print_notice(queued(jinxiu, data=data).pk, at=NOW)


def test_identity_and_phone_numbers_are_not_readable_in_the_database(jinxiu):
    notice = queued(jinxiu, "PAYMENT_ORDER_APPLICATION")
    assert "330102199001011234" not in str(notice.data)
    assert "13800138000" not in str(notice.data)
    assert PaymentOrderData.from_json(notice.data) == PAYMENT_ORDER


def test_a_documents_data_comes_back_as_it_was(jinxiu):
    for kind, document in DOCUMENTS.items():
        assert type(document).from_json(queued(jinxiu, kind).data) == document


def test_a_paper_is_made_once_and_kept_with_its_hash(jinxiu):
    notice = queued(jinxiu, number=BILL.number)
    first = print_notice(notice.pk, at=NOW)
    notice.refresh_from_db()
    assert (first.name, first.content_type, len(first.sha256)) == (
        f"{BILL.number}.pdf",
        "application/pdf",
        64,
    )
    assert (notice.file_id, notice.printed_at) == (first.pk, NOW)
    assert print_notice(notice.pk, at=NOW).pk == first.pk


@pytest.mark.parametrize("state", ["WITHDRAWN", "SKIPPED"])
def test_a_withdrawn_notice_is_not_printed(jinxiu, state):
    notice = queued(jinxiu)
    Notice.objects.filter(pk=notice.pk).update(state=state)
    with pytest.raises(NotPrintable):
        print_notice(notice.pk, at=NOW)


def test_a_message_has_no_paper_and_broken_data_is_a_refusal(jinxiu):
    with pytest.raises(NotPrintable):
        print_notice(message(jinxiu).pk, at=NOW)
    with pytest.raises(IncompleteData):
        print_notice(queued(jinxiu, data={"number": "x"}).pk, at=NOW)


class Watcher:
    def __init__(self, on_step=None):
        self.seen, self.on_step = [], on_step

    def start(self, total):
        self.seen.append(("start", total))

    def step(self, done, *, failed=0):
        self.seen.append(done)
        if self.on_step:
            self.on_step(done)


def make_round(jinxiu) -> dict[str, Notice]:
    return {
        unit: queued(
            jinxiu,
            unit=unit,
            number=f"BILL-{unit}",
            data=BILL.as_json() | {"unit": unit, "number": f"BILL-{unit}"},
        )
        for unit in ("3-2-201", "3-1-1702", "3-1-1602", "B1-001")
    }


def print_building(jinxiu, **changes):
    values = {
        "community_id": jinxiu.community.pk, "building_id": jinxiu.units["3-1-1602"].building_id, "kind": "BILL_NOTICE",
        "issued_on": BILL.issued_on, "at": NOW,
    }  # fmt: skip
    return print_round(**(values | changes))


def test_a_building_is_one_file_in_walking_order_and_each_paper_is_kept(jinxiu):
    notices = make_round(jinxiu)
    watcher = Watcher()
    bound = print_building(jinxiu, progress=watcher)
    pages = [page.extract_text() for page in PdfReader(BytesIO(files.read(bound))).pages]
    assert [next(u for u in notices if f"BILL-{u}" in text) for text in pages] == [
        "3-1-1602",
        "3-1-1702",
        "3-2-201",
    ]
    assert watcher.seen == [("start", 3), 1, 2, 3]
    assert Notice.objects.filter(file=None).get().pk == notices["B1-001"].pk
    assert (
        print_notice(notices["3-1-1702"].pk, at=NOW).pk
        == Notice.objects.get(pk=notices["3-1-1702"].pk).file_id
    )


def test_what_a_payment_withdraws_while_the_round_is_drawn_is_left_out(jinxiu):
    make_round(jinxiu)

    def pay(done):
        if done == 3:
            withdraw(
                account_id=jinxiu.accounts["3-1-1702"].pk, touched=[1, 2], settled=[1, 2], reason_code="paid"
            )

    bound = print_building(jinxiu, progress=Watcher(pay))
    text = text_of(files.read(bound))
    assert "BILL-3-1-1702" not in text
    assert "BILL-3-2-201" in text


def test_a_round_of_nothing_is_refused(jinxiu):
    with pytest.raises(NothingToPrint):
        print_building(jinxiu, issued_on=date(2026, 3, 5))


def test_binding_needs_far_less_memory_than_the_file_it_makes(tmp_path):
    text = "".join(chr(0x4E00 + number) for number in range(400))
    paper, target = to_pdf(f"<p>{text}</p>"), tmp_path / "round.pdf"
    with target.open("wb") as file:
        tracemalloc.start()
        assert bind((paper for _ in range(100)), file) == 100
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert len(PdfReader(target).pages) == 100
    assert peak < target.stat().st_size / 4


def test_a_document_fetches_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET")
    pdf = to_pdf(
        f'<p>x</p><link rel="attachment" href="file://{secret}"><img src="http://127.0.0.1:9/x.png">'
    )
    assert b"TOP-SECRET" not in pdf
    assert BillNoticeData.from_json(BILL.as_json()) == BILL

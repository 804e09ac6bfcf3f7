"""What stands on the pages of a bundle, whatever the case: words for every code, tables within the page."""

from __future__ import annotations

from arrears.legal.queries import exhibits_money, exhibits_papers
from arrears.legal.rules.exhibits import Table
from billing.charges.models import Adjustment
from billing.payments.models import Payment
from notices.models import Delivery, Notice


def test_every_kind_of_message_state_and_result_has_a_word_in_a_bundle():
    assert set(exhibits_papers.TITLES) >= set(Notice.Kind.values)
    assert set(exhibits_papers.CHANNELS) >= set(Notice.Channel.values)
    assert set(exhibits_papers.STATES) >= set(Notice.State.values)
    assert set(exhibits_papers.RESULTS) >= set(Delivery.Result.values)
    assert set(exhibits_papers.RECEIVERS) >= set(Delivery.Receiver.values)
    assert set(exhibits_papers._WAYS) >= set(Delivery.Method.values)
    assert set(exhibits_money.WORDS_OF_WAYS) >= set(Payment.Method.values)
    assert set(exhibits_money.WORDS_OF_ENTRIES) >= {f"payment.{kind}" for kind in Payment.Kind.values}
    assert set(exhibits_money.WORDS_OF_ENTRIES) >= set(Adjustment.Kind.values)


def test_days_and_sums_stay_in_one_line_and_a_table_is_never_wider_than_its_page():
    row = (
        "12",
        "催款通知书 DEMAND-JX-2026-000001",
        "书证",
        "系统生成文书存档",
        "已就所列费用出具催告文书",
        "2026-01-16",
        "118-120",
    )
    widths = Table("", ("序号", "证据名称", "种类", "来源", "证明事实", "日期", "页码"), (row,)).widths()
    assert sum(widths) == 100
    assert 1.78 * widths[5] >= 10 * 1.7 + 3.4
    full = Table("", tuple("一二三四五六七八九十"), (("2026-01-16",) * 10,)).widths()
    assert sum(full) == 100

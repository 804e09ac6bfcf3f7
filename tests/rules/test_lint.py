"""What a text to an owner may never say."""

import pytest

from notices.rules.lint import Forbidden, lint, lint_sms

F = Forbidden


def codes(text: str, **more) -> set[Forbidden]:
    return {finding.code for finding in lint(text, **({"late_fee_clause": True} | more))}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("逾期不缴将停水停电", F.CUTS_SERVICE),
        ("我司将停止供水", F.CUTS_SERVICE),
        ("届时停止供应天然气", F.CUTS_SERVICE),
        ("将对您家停暖", F.CUTS_SERVICE),
        ("将切断电源", F.CUTS_SERVICE),
        ("否则停止一切物业服务", F.CUTS_SERVICE),
        ("将限制您的门禁", F.LIMITS_ACCESS),
        ("电梯卡将被停用", F.LIMITS_ACCESS),
        ("车辆禁止进入小区", F.LIMITS_ACCESS),
        ("快递将被扣留", F.LIMITS_ACCESS),
        ("将影响您的个人征信", F.CREDIT_THREAT),
        ("列入黑名单", F.CREDIT_THREAT),
        ("逾期罚款50元", F.FINE),
        ("逾期加收滞纳金", F.PUBLIC_LAW_WORD),
        ("请勿做老赖", F.INSULT),
        ("将公布欠费业主名单", F.PUBLIC_SHAMING),
        ("业主姓名将张贴公示", F.PUBLIC_SHAMING),
        ("我们会通知您的单位", F.THIRD_PARTY),
        ("将告知您家属", F.THIRD_PARTY),
        ("逾期后果自负", F.THREAT),
        ("逾期将贴大字报", F.PUBLIC_SHAMING),
        ("将在公告栏张贴您的欠费", F.PUBLIC_SHAMING),
        ("起诉您并冻结工资", F.THREAT),
        ("查封您的房产", F.THREAT),
    ],
)
def test_a_forbidden_phrase_is_found(text, code):
    assert code in codes(text)


@pytest.mark.parametrize("hidden", ["停 水", "停\u3000电", "停\u200b气", "停*暖", "征-信", "停\n水"])
def test_filler_between_characters_hides_nothing(hidden):
    found = lint(f"将{hidden}。", late_fee_clause=True)
    assert [finding.phrase for finding in found] == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "请缴纳2026年物业费、停车费、公摊水电费及电梯费，共计2520.24元。",
        "逾期将按合同约定每日万分之三计收违约金。",
        "如贵方逾期未付，我方将依法向人民法院申请支付令或提起诉讼。",
        "缴费地点：客服中心，联系单位：锦绣物业，服务电话见背面，请在期限内致电。",
        "我们可以协商缓缴或分期缴纳。停车费不得拖欠。",
    ],
)
def test_an_ordinary_demand_passes(text):
    assert lint(text, late_fee_clause=True) == ()


def test_the_late_fee_may_be_named_only_where_the_contract_has_a_clause():
    assert codes("计收违约金", late_fee_clause=False) == {F.LATE_FEE_WITHOUT_CLAUSE}


def test_the_courts_list_is_a_fact_only_after_an_unpaid_effective_judgment():
    assert codes("法院可将其列为失信被执行人") == {F.CREDIT_THREAT}
    assert codes("法院可将其列为失信被执行人", effective_instrument=True) == set()


def test_a_finding_names_the_place_in_the_original_text():
    text = "您好，如逾期将停 电。"
    (finding,) = lint(text, late_fee_clause=True)
    assert text[finding.start : finding.end] == finding.phrase == "停 电"


def test_an_sms_begins_with_the_companys_signature():
    assert lint_sms("【锦绣物业】您有一张新账单。", late_fee_clause=True) == ()
    assert [f.code for f in lint_sms("您有一张新账单【锦绣物业】", late_fee_clause=True)] == [
        F.SIGNATURE_MISSING
    ]

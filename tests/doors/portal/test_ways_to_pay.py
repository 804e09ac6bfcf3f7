"""What the phone's screens need beside the amounts: where to pay, who mends my data, words in my language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Contract
from tenancy.kernel import clock
from tests.cast import FROM, Cast
from tests.doors.portal.conftest import Phone
from tests.doors.portal.test_money import ZHANG, _bill, _pay


@pytest.fixture
def zhang(cast: Cast, phone) -> Phone:
    _bill(cast.jinxiu, months=1)
    return phone(ZHANG).log_in()


@pytest.fixture
def home(cast: Cast) -> str:
    return f"units/{cast.jinxiu.units['3-1-1602'].pk}/"


def test_the_account_to_pay_into_is_the_contracts_and_the_remark_names_the_unit(zhang, home):
    assert zhang.get(home).json()["payee"] == {
        "name": "锦绣物业服务有限公司",
        "bank": "中国银行杭州分行",
        "account": "6217000000000000001",
        "remark": "锦绣花园 3-1-1602",
    }


def test_without_a_contract_there_is_no_account_to_pay_into(cast: Cast, zhang, home):
    with cast.jinxiu.open():
        Contract.objects.update(held=DateRange(FROM, clock.today() - timedelta(days=1)))
    assert zhang.get(home).json()["payee"] is None


def test_my_data_says_where_it_is_mended(zhang):
    (first, second) = zhang.get("me/").json()["parties"]
    place = {"phone": "0571-88000000", "place": "客户服务中心", "hours": "8:30-17:30"}
    assert first["services"] == [{"community": "锦绣花园", **place}]
    assert second["services"] == [{"community": "云顶苑", **place}]


def test_periods_come_as_days_too(cast: Cast, zhang, home):
    _pay(cast.jinxiu, cast.jinxiu.accounts["3-1-1602"], 30000)
    (bill,) = zhang.get(f"{home}bills/").json()
    payment = zhang.get(f"payments/{zhang.get('payments/').json()[0]['id']}/").json()
    paid = next(line for line in payment["lines"] if line["part"] == "PRINCIPAL")
    credit = next(line for line in payment["lines"] if line["part"] == "CREDIT")
    assert (bill["from_on"], bill["to_on"]) == (paid["from_on"], paid["to_on"])
    assert bill["from_on"].endswith("-01")
    assert (credit["period"], credit["from_on"], credit["to_on"]) == ("", None, None)


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "缴款通知书"), ("en", "Bill notice")])
def test_a_notice_is_named_in_the_readers_language(zhang, language: str, title: str):
    zhang.client.cookies["django_language"] = language
    assert zhang.get("notices/").json()[0]["title"] == title


def test_who_reads_english_reads_the_calculation_in_english(zhang, home):
    zhang.client.cookies["django_language"] = "en"
    (charge,) = zhang.get(home).json()["charges"]
    assert charge["calculation"] == ["89.37㎡ × ¥2.35/㎡·month × 1 month = ¥210.02"]
    assert charge["pay_by"].startswith("It was due on ")

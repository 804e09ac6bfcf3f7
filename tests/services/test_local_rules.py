"""Rules of cities are dated data: the community's own before the company's, the newest before the older."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import Charge
from billing.charges.queries.local_rules import local_value
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule
from billing.charges.services.local_rules import LocalRuleNotValid, LocalRuleThere
from owners.services.hand_over import NewHolder, hand_over
from tenancy.kernel.errors import NotFound
from tests.meters import run

K = LocalKind
OLD, NEW = date(2024, 1, 1), date(2026, 4, 1)


def add(kind, value, from_on=OLD, **more):
    return add_local_rule(kind=kind, value=value, from_on=from_on, basis="杭州市物业管理条例", **more)


def test_the_newest_rule_holds_and_a_communitys_own_comes_first(jinxiu):
    here = jinxiu.community.pk
    add(K.PREPAY_MONTHS, "12")
    add(K.PREPAY_MONTHS, "6", NEW)
    assert local_value(K.PREPAY_MONTHS, community_id=here, on=date(2023, 1, 1)) is None
    assert local_value(K.PREPAY_MONTHS, community_id=here, on=date(2026, 3, 31)) == "12"
    assert local_value(K.PREPAY_MONTHS, community_id=here, on=NEW) == "6"
    add(K.PREPAY_MONTHS, "3", community_id=here)
    assert local_value(K.PREPAY_MONTHS, community_id=here, on=NEW) == "3"
    assert local_value(K.VACANCY_RATIO, community_id=here, on=NEW) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (K.VACANCY_RATIO, "1.2"), (K.VACANCY_RATIO, "viel"), (K.PREPAY_MONTHS, "0"), (K.PREPAY_MONTHS, "40"),
        (K.PREPAY_MONTHS, "x"), (K.HANDOVER, "SOMETIMES"),
    ],
)  # fmt: skip
def test_what_no_rule_can_say_is_refused(jinxiu, kind, value):
    with pytest.raises(LocalRuleNotValid):
        add(kind, value)


def test_a_rule_names_its_regulation_and_stands_once_a_day(jinxiu):
    with pytest.raises(LocalRuleNotValid):
        add_local_rule(kind=K.VACANCY_RATIO, value="70%", from_on=OLD, basis=" ")
    add(K.VACANCY_RATIO, "70%")
    assert local_value(K.VACANCY_RATIO, community_id=jinxiu.community.pk, on=NEW) == "0.7"
    with pytest.raises(LocalRuleThere):
        add(K.VACANCY_RATIO, "0.8")
    with pytest.raises(NotFound):
        add(K.VACANCY_RATIO, "0.8", community_id=0)


def test_the_hand_over_rule_of_the_city_holds_from_its_day(jinxiu):
    add(K.HANDOVER, "NEXT_MONTH", NEW)
    hand_over(unit_id=jinxiu.units["3-2-201"].pk, on=date(2026, 4, 18), holders=[NewHolder(name="赵六")])
    run(jinxiu, 2026, 4)
    owed = Charge.objects.filter(unit__code="3-2-201").values_list("account__party__name", flat=True)
    assert list(owed) == ["锦绣置业"]

"""A sold flat with old debt: the seller's case goes on against the seller, the buyer is never asked for it."""

from __future__ import annotations

from datetime import date

from arrears.cases.models import Call, Case, Step, Task
from arrears.cases.queries import case_line
from billing.charges.models import Charge
from notices.models import Notice
from tests import ladder
from tests.doors.portal.test_money import _sell
from tests.ladder import at, call, case, document, hand_over, on, walk, walk_and_send


def test_the_sellers_debt_follows_the_seller_and_the_buyer_is_never_dunned_for_it(cast):
    jinxiu = cast.jinxiu
    # 张三 owes January and sells on 15 March.
    with jinxiu.open():
        ladder.bill(jinxiu)
        walk_and_send(1)
        walk(2)
        sellers = jinxiu.accounts["3-1-1602"].pk
        january = Charge.objects.get(account_id=sellers)
    call(jinxiu, at(on(2)))
    buyers = _sell(jinxiu, "3-1-1602", sold_on=date(2026, 3, 15)).pk
    with jinxiu.open():
        # The ladder walks on: the demand goes to the seller's account, about his month.
        for day in range(3, 20):
            walk(day)
        demand = document(jinxiu, "DEMAND")
        assert (demand.account_id, list(demand.charge_ids)) == (sellers, [january.pk])
        assert demand.party_id == jinxiu.parties["张三"].pk
        hand_over(demand.pk, on(16))
        for day in range(20, 70):
            walk(day)
        mine = case(jinxiu)
        assert case_line(mine.pk, as_of=on(69)).party_name == "张三"

        # Nothing of it ever reached the buyer: no case, no step, no task, no paper, no call of his.
        assert not Case.objects.filter(account_id=buyers).exists()
        assert not Step.objects.filter(account_id=buyers).exists()
        assert not Task.objects.filter(account_id=buyers).exists()
        assert not Call.objects.filter(account_id=buyers).exists()
        assert (
            not Notice.objects.filter(charge_ids__contains=[january.pk]).exclude(account_id=sellers).exists()
        )

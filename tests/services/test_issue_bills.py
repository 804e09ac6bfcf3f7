"""A run: every account is billed once, to the fen, gapless, and a second run finds nothing left to do."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Account, Bill, Charge, Contract, Run, Subscription, Tariff, TariffVersion
from billing.charges.queries.billable import priced_items
from billing.charges.queries.contracts import NoContract
from billing.charges.services import issue_bills, preview_bills, void_bill
from billing.charges.services.round import NothingToBill, PeriodNotWholeMonths, Round, Skips
from billing.charges.services.writing import BillWriter, Overtaken
from notices.documents.bill_notice import BillNoticeData
from notices.models import Notice
from owners.models import Community, NumberSeries, Ownership, Party, Unit
from values.period import Period

JANUARY = Period.month(2026, 1)
FEBRUARY = Period.month(2026, 2)
ISSUED = date(2026, 1, 5)


def issue(company, period=JANUARY, issued_on=ISSUED):
    return issue_bills(community_id=company.community.pk, period=period, issued_on=issued_on)


def amounts():
    return dict(Bill.objects.filter(voided_on=None).values_list("account__unit__code", "amount_fen"))


def hand_over(company, unit, to, on):
    held = Ownership.objects.get(unit=company.units[unit], rank=1)
    held.held = DateRange(held.held.lower, on)
    held.save()
    party = Party.objects.create(name=to, name_key=to)
    Ownership.objects.create(unit=company.units[unit], party=party, held=DateRange(on, None))
    return party


def test_every_account_gets_one_bill_to_the_fen(jinxiu):
    issued = issue(jinxiu)
    assert (issued.bills, issued.charges, issued.amount_fen) == (4, 4, 21002 + 28318 + 22678 + 30000)
    assert amounts() == {"3-1-1602": 21002, "3-1-1702": 28318, "3-2-201": 22678, "B1-001": 30000}
    charge = Charge.objects.get(unit=jinxiu.units["3-1-1602"])
    assert (charge.due_on, charge.late_fee_from) == (date(2026, 1, 31), date(2026, 1, 31))
    assert (str(charge.late_fee_rate), charge.late_fee_cap_fen) == ("0.00030000", 21002)
    assert charge.ends_on == date(2026, 2, 1)


def test_a_second_run_issues_nothing_and_leaves_no_trace(jinxiu):
    issue(jinxiu)
    again = issue(jinxiu)
    assert (again.run_id, again.bills, again.amount_fen) == (None, 0, 0)
    assert again.skipped == {"already_billed": 4}
    assert Run.objects.count() == 1
    assert NumberSeries.objects.get().last == 4


def test_numbers_follow_the_walk_through_the_house_without_a_gap(jinxiu):
    issue(jinxiu)
    issue(jinxiu, FEBRUARY, date(2026, 2, 5))
    numbers = list(Bill.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"BILL-JX-2026-{n:06d}" for n in range(1, 9)]
    codes = list(Bill.objects.order_by("number").values_list("account__unit__code", flat=True)[:4])
    assert codes == ["3-1-1602", "3-1-1702", "3-2-201", "B1-001"]


def test_numbers_begin_anew_with_the_year_of_issue(jinxiu):
    issue(jinxiu, Period.month(2025, 12), date(2025, 12, 5))
    issue(jinxiu)
    assert Bill.objects.filter(number="BILL-JX-2026-000001").exists()


def test_each_charge_keeps_the_calculation_it_was_made_by(jinxiu):
    issue(jinxiu)
    snapshot = Charge.objects.get(unit=jinxiu.units["3-1-1602"]).snapshot
    assert snapshot["area_m2"] == "89.37"
    assert [(line["month"], line["rate"], line["amount_fen"]) for line in snapshot["lines"]] == [
        ("2026-01", "2.35", 21002)
    ]
    assert snapshot["tariff"] == {"id": jinxiu.tariffs["property"].pk, "name": "物业费标准"}
    assert snapshot["late_fee"]["rate"] == "0.0003"
    parking = Charge.objects.get(unit=jinxiu.units["B1-001"])
    assert "late_fee" not in parking.snapshot
    assert parking.late_fee_rate == 0


def test_each_bill_has_one_paper_notice_with_its_number_and_all_fields(jinxiu):
    issue(jinxiu)
    bill = Bill.objects.get(account=jinxiu.accounts["3-1-1602"])
    notice = Notice.objects.get(number=bill.number)
    assert (notice.kind, notice.channel, notice.state) == ("BILL_NOTICE", "PAPER", "QUEUED")
    assert notice.charge_ids == list(bill.charges.values_list("pk", flat=True))
    data = BillNoticeData.from_json(notice.data)
    assert data.as_json() == notice.data, "exactly the fields of the document"
    assert (data.bill_id, data.payable_fen, data.owner, data.period) == (bill.pk, 21002, "张三", "2026年1月")
    line = data.lines[0]
    assert (line.basis, line.rate, line.duration) == ("89.37㎡", "2.35元/㎡·月", "1个月")
    assert "0.03%" in data.late_fee_rule
    assert BillNoticeData.from_json(Notice.objects.get(unit=jinxiu.units["B1-001"]).data).late_fee_rule == ""


def test_the_notice_names_older_debt_for_information(jinxiu):
    issue(jinxiu)
    issue(jinxiu, FEBRUARY, date(2026, 2, 5))
    february = Notice.objects.get(unit=jinxiu.units["3-1-1602"], issued_on=date(2026, 2, 5))
    assert BillNoticeData.from_json(february.data).opening_fen == 21002


def test_charges_of_one_account_stand_on_one_bill_due_on_the_earliest_day(jinxiu):
    tariff = Tariff.objects.create(
        community=jinxiu.community,
        fee_item=jinxiu.items["parking"],
        name="季付车位",
        basis="FIXED",
        cycle_months=3,
    )
    TariffVersion.objects.create(tariff=tariff, from_on=date(2022, 1, 1), rate_micro=100_000_000)
    Subscription.objects.create(
        unit=jinxiu.units["3-1-1602"], tariff=tariff, fee_item=jinxiu.items["parking"],
        held=DateRange(date(2022, 1, 1), None),
    )  # fmt: skip
    issue(jinxiu)
    bill = Bill.objects.get(account=jinxiu.accounts["3-1-1602"])
    assert bill.amount_fen == 21002 + 30000
    assert (bill.period.lower, bill.period.upper) == (date(2026, 1, 1), date(2026, 4, 1))
    assert bill.charges.count() == 2


def test_a_sale_in_mid_month_splits_the_month_and_opens_an_account(jinxiu):
    hand_over(jinxiu, "3-1-1602", "孙七", date(2026, 4, 18))
    issue(jinxiu, Period.month(2026, 4), date(2026, 4, 5))
    parts = Charge.objects.filter(unit=jinxiu.units["3-1-1602"]).order_by("period")
    assert [(c.account.party.name, c.amount_fen) for c in parts] == [("张三", 11901), ("孙七", 9101)]
    assert Account.objects.filter(unit=jinxiu.units["3-1-1602"]).count() == 2
    assert sum(Bill.objects.values_list("amount_fen", flat=True)) == 21002 + 28318 + 22678 + 30000


@pytest.mark.parametrize(
    ("rule", "developer", "buyer"), [("BY_DAY", 12851, 9827), ("NEXT_MONTH", 22678, None)]
)
def test_a_handover_by_the_developer_follows_the_communitys_rule(jinxiu, rule, developer, buyer):
    Community.objects.update(handover_rule=rule)
    party = hand_over(jinxiu, "3-2-201", "周八", date(2026, 4, 18))
    issue(jinxiu, Period.month(2026, 4), date(2026, 4, 5))
    found = dict(
        Charge.objects.filter(unit=jinxiu.units["3-2-201"]).values_list("account__party", "amount_fen")
    )
    expected = {jinxiu.parties["锦绣置业"].pk: developer, **({party.pk: buyer} if buyer else {})}
    assert found == expected


def test_units_with_unfinished_data_are_left_out_with_a_reason(jinxiu):
    Ownership.objects.filter(unit=jinxiu.units["3-1-1602"]).delete()
    Subscription.objects.filter(unit=jinxiu.units["3-1-1702"]).delete()
    shop = Unit.objects.create(community=jinxiu.community, kind="BAY", room="9", code="B1-009", sort_key="~9")
    Ownership.objects.create(unit=shop, party=jinxiu.parties["张三"], held=DateRange(date(2022, 1, 1), None))
    Subscription.objects.create(
        unit=shop, tariff=jinxiu.tariffs["property"], fee_item=jinxiu.items["property"],
        held=DateRange(date(2022, 1, 1), None),
    )  # fmt: skip
    preview = preview_bills(community_id=jinxiu.community.pk, period=JANUARY, as_of=ISSUED)
    assert {(row.unit_code, row.code) for row in preview.skipped} == {
        ("3-1-1602", "no_owner"),
        ("3-1-1702", "no_tariff"),
        ("B1-009", "no_area"),
    }
    issued = issue(jinxiu)
    assert issued.skipped == {"no_owner": 1, "no_tariff": 1, "no_area": 1}
    assert set(amounts()) == {"3-2-201", "B1-001"}


def test_a_unit_that_will_pay_later_is_not_said_to_lack_a_tariff(jinxiu):
    later = Subscription.objects.filter(unit=jinxiu.units["3-1-1702"])
    later.update(held=DateRange(date(2030, 1, 1), None))
    preview = preview_bills(community_id=jinxiu.community.pk, period=JANUARY, as_of=ISSUED)
    assert {(row.unit_code, row.code) for row in preview.skipped} == {("3-1-1702", "pays_later")}
    later.update(held=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
    preview = preview_bills(community_id=jinxiu.community.pk, period=JANUARY, as_of=ISSUED)
    assert {(row.unit_code, row.code) for row in preview.skipped} == {("3-1-1702", "no_tariff")}


def test_who_was_left_out_is_billed_by_the_next_run_of_the_month(jinxiu):
    gone = Ownership.objects.get(unit=jinxiu.units["3-1-1602"])
    gone.delete()
    issue(jinxiu)
    Ownership.objects.create(unit=jinxiu.units["3-1-1602"], party=jinxiu.parties["张三"], held=gone.held)
    late = issue(jinxiu, issued_on=date(2026, 1, 9))
    assert (late.bills, late.amount_fen) == (1, 21002)
    assert Bill.objects.get(run=late.run_id).number == "BILL-JX-2026-000004"


def test_a_tariff_change_takes_effect_on_its_day(jinxiu):
    TariffVersion.objects.create(
        tariff=jinxiu.tariffs["property"], from_on=date(2026, 1, 16), rate_micro=3_000_000
    )
    issue(jinxiu)
    lines = Charge.objects.get(unit=jinxiu.units["3-1-1602"]).snapshot["lines"]
    assert [(line["rate"], line["days"]) for line in lines] == [("2.35", 15), ("3.00", 16)]


def test_a_price_of_nothing_makes_no_charge(jinxiu):
    TariffVersion.objects.update(rate_micro=0)
    assert issue(jinxiu).skipped == {"nothing_to_bill": 4}
    assert Charge.objects.count() == 0


def test_without_a_late_fee_clause_no_charge_bears_one(jinxiu):
    Contract.objects.update(late_fee_rate=None, late_fee_clause="")
    issue(jinxiu)
    assert set(Charge.objects.values_list("late_fee_rate", flat=True)) == {0}
    assert not Notice.objects.exclude(data__late_fee_rule="").exists()


def test_the_due_day_follows_the_contract(jinxiu):
    Contract.objects.update(due_day=20)
    issue(jinxiu)
    assert set(Bill.objects.values_list("due_on", flat=True)) == {date(2026, 1, 20)}


def test_days_of_grace_move_the_start_of_the_late_fee(jinxiu):
    Contract.objects.update(late_fee_grace_days=5)
    issue(jinxiu)
    charge = Charge.objects.get(unit=jinxiu.units["3-1-1602"])
    assert charge.late_fee_from == date(2026, 2, 5)
    assert charge.snapshot["late_fee"]["grace_days"] == 5


def test_a_run_needs_a_contract_tariffs_and_whole_months(jinxiu):
    with pytest.raises(PeriodNotWholeMonths):
        issue(jinxiu, Period(date(2026, 1, 1), date(2026, 1, 15)))
    with pytest.raises(NoContract):
        issue(jinxiu, Period.month(2021, 1))
    empty = Community.objects.create(code="J2", name="锦绣二期")
    Contract.objects.create(
        community=empty, name="二期合同", held=DateRange(date(2022, 1, 1), None), payee_name="x", payee_bank="x",
        payee_account="x",
    )  # fmt: skip
    with pytest.raises(NothingToBill):
        issue_bills(community_id=empty.pk, period=JANUARY, issued_on=ISSUED)
    assert priced_items(empty.pk) == {}


def test_a_run_over_several_months_charges_each_cycle_on_its_own(jinxiu):
    issued = issue(jinxiu, Period.of_months(date(2026, 1, 1), 3))
    assert (issued.bills, issued.charges) == (4, 12)
    dues = (
        Charge.objects.filter(unit=jinxiu.units["3-1-1602"])
        .order_by("due_on")
        .values_list("due_on", flat=True)
    )
    assert list(dues) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_a_unit_that_joins_a_quarter_late_is_billed_for_the_rest_of_it(jinxiu):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=3)
    Subscription.objects.filter(unit=jinxiu.units["3-1-1702"]).update(held=DateRange(date(2026, 2, 1), None))
    issue(jinxiu)
    assert amounts()["3-1-1602"] == 3 * 21002
    issue(jinxiu, FEBRUARY, date(2026, 2, 5))
    joined = Charge.objects.get(unit=jinxiu.units["3-1-1702"])
    assert (joined.period.lower, joined.ends_on) == (date(2026, 2, 1), date(2026, 4, 1))
    assert joined.amount_fen == 2 * 28318
    assert Charge.objects.filter(unit=jinxiu.units["3-1-1602"]).count() == 1


def test_a_voided_bill_keeps_its_number_and_its_days_can_be_billed_again(jinxiu):
    issue(jinxiu)
    first = Bill.objects.get(account=jinxiu.accounts["3-1-1602"])
    void_bill(bill_id=first.pk, reason="面积有误", voided_on=ISSUED)
    again = issue(jinxiu, issued_on=date(2026, 1, 9))
    assert again.bills == 1
    assert Bill.objects.get(run=again.run_id).number == "BILL-JX-2026-000005"
    assert Notice.objects.get(number=first.number).state == "WITHDRAWN"


def test_days_that_somebody_billed_in_between_are_refused_by_the_constraint(jinxiu):
    round_ = Round(community_id=jinxiu.community.pk, period=JANUARY)
    decided = [bill for _seen, bills in round_.units(Skips()) for bill in bills]
    issue(jinxiu)
    run = Run.objects.get()
    writer = BillWriter(round_.contract, run_id=run.pk, kind=Bill.Kind.PERIODIC, issued_on=ISSUED)
    with pytest.raises(Overtaken), transaction.atomic():
        writer.write(decided)
    assert (Bill.objects.count(), NumberSeries.objects.get().last) == (4, 4)


def test_the_other_company_is_untouched(cast):
    with cast.jinxiu.open():
        issue(cast.jinxiu)
    with cast.yunding.open():
        assert Bill.objects.count() == 0
        assert issue(cast.yunding).bills == 4
        assert Bill.objects.order_by("number").first().number == "BILL-YD-2026-000001"

"""Transfers find their units; what is not sure waits; what a person books is booked once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from billing.banking.models import BankLine
from billing.banking.queries import LineFilter, choices, line_row, lines, next_waiting, state_sums
from billing.banking.services import confirm_lines, keep_in_suspense, match_lines, set_aside
from billing.banking.services.decide import AlreadyDecided, NoProposal, OtherCommunity, ReasonMissing
from billing.charges.models import Account
from billing.payments.models import Payment
from billing.payments.services import reverse_payment
from owners.models import Building, Community, Ownership, Party, Unit
from tenancy.kernel.errors import NotFound
from tenancy.people.models import AuditEntry
from tests.banking import AT, bank_account, line, plain, read
from tests.cast import FROM
from tests.money import owe, pay

TODAY = date(2026, 5, 31)
MAY = date(2026, 5, 31)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def bank(jinxiu):
    """bank(*rows) imports them as one file; one bank account, debts not yet due."""
    owe(jinxiu, 21_002, MAY)
    owe(jinxiu, 28_318, MAY, unit="3-1-1702")
    owe(jinxiu, 30_000, MAY, unit="B1-001", item="parking")
    account_id = bank_account(jinxiu)

    def imported(*rows: str):
        read(account_id, plain(*rows))
        return {one.serial: one for one in BankLine.objects.select_related("account__unit")}

    imported.account_id = account_id
    return imported


def fate(one: BankLine) -> tuple[str, str]:
    return one.state, one.account.unit.code if one.account_id else one.reasons[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"remark": "3-1-1602物业费"}, ("PROPOSED", "3-1-1602")),
        ({"remark": "3栋1单元1702室"}, ("PROPOSED", "3-1-1702")),
        ({"remark": "B1-001车位费"}, ("PROPOSED", "B1-001")),
        ({"remark": "31602", "payer": "张三"}, ("PROPOSED", "3-1-1602")),
        ({"remark": "1702", "yuan": "283.18"}, ("PROPOSED", "3-1-1702")),
        ({"payer": "张三", "yuan": "210.02"}, ("PROPOSED", "3-1-1602")),
        ({"payer": "张三", "yuan": "300.00"}, ("PROPOSED", "B1-001")),
        ({"payer": "王五", "yuan": "283.18"}, ("PROPOSED", "3-1-1702")),  # the joint owner
        ({"payer": "张 三", "yuan": "77.00"}, ("SUSPENSE", "suspense.too_weak")),
        ({"payer": "陌生人", "yuan": "210.02"}, ("SUSPENSE", "suspense.nobody")),
        ({"remark": "1702"}, ("SUSPENSE", "suspense.too_weak")),
        ({"remark": "3-1-1602和3-1-1702"}, ("SUSPENSE", "suspense.equals")),
    ],
)
def test_a_transfer_is_proposed_when_enough_speaks_for_one_unit(bank, row, expected):
    yuan = row.pop("yuan", "1.00")
    assert fate(bank(line("1", yuan, **row))["1"]) == expected


def test_two_of_one_name_and_debt_are_left_to_a_person(jinxiu, bank):
    twin = Party.objects.create(name="张三", name_key="张三")
    building = Building.objects.get()
    unit = Unit.objects.create(
        community=jinxiu.community, building=building, entrance="1", room="1802", code="3-1-1802",
        sort_key="0003-0001-001802", area_cm2=1,
    )  # fmt: skip
    jinxiu.units["3-1-1802"] = unit
    jinxiu.accounts["3-1-1802"] = Account.objects.create(
        community=jinxiu.community, unit=unit, party=twin, opened_on=FROM
    )
    Ownership.objects.create(unit=unit, party=twin, rank=1, held=(FROM, None))
    owe(jinxiu, 21_002, MAY, unit="3-1-1802")
    assert fate(bank(line("1", "210.02", payer="张三"))["1"]) == ("SUSPENSE", "suspense.equals")


def test_confirming_books_a_payment_once_with_the_banks_number_and_day(jinxiu, bank):
    one = bank(line("S-1", "210.02", payer="张三", remark="3-1-1602"))["S-1"]
    done = confirm_lines({one.pk: None}, posted_on=TODAY, at=AT)
    assert (done.lines, done.amount_fen) == (1, 21_002)
    payment = Payment.objects.get()
    assert (payment.method, payment.reference, payment.paid_on, payment.posted_on) == (
        "TRANSFER", "S-1", date(2026, 5, 20), TODAY,
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.state, one.payment_id) == ("MATCHED", payment.pk)
    with pytest.raises(AlreadyDecided):
        confirm_lines({one.pk: None}, posted_on=TODAY, at=AT)
    assert Payment.objects.count() == 1
    assert AuditEntry.objects.filter(action="bank_line.confirmed", object_id=one.pk).exists()


def test_a_person_may_choose_another_unit_but_none_of_another_community(jinxiu, bank):
    one = bank(line("1", "5.00", remark="3-1-1602"))["1"]
    other = Community.objects.create(code="LY", name="绿苑")
    unit = Unit.objects.create(community=other, room="1", code="1-1", sort_key="1", area_cm2=1)
    foreign = Account.objects.create(community=other, unit=unit, party=jinxiu.parties["李四"], opened_on=FROM)
    with pytest.raises(OtherCommunity):
        confirm_lines({one.pk: foreign.pk}, posted_on=TODAY, at=AT)
    with pytest.raises(NotFound):
        confirm_lines({one.pk: 10**9}, posted_on=TODAY, at=AT)
    confirm_lines({one.pk: jinxiu.accounts["3-1-1702"].pk}, posted_on=TODAY, at=AT)
    assert Payment.objects.get().account_id == jinxiu.accounts["3-1-1702"].pk


def test_many_proposals_are_booked_together_or_not_at_all(bank):
    found = bank(line("1", "5.00", remark="3-1-1602"), line("2", "6.00", payer="陌生人"))
    with pytest.raises(NoProposal):
        confirm_lines({one.pk: None for one in found.values()}, posted_on=TODAY, at=AT)
    assert not Payment.objects.exists()


def test_what_the_counter_booked_under_the_number_is_found_again(jinxiu, bank):
    taken = pay(
        jinxiu, 21_002, method="TRANSFER", reference="S-1", cash_point_id=None, paid_on=date(2026, 5, 20)
    )
    one = bank(line("S-1", "210.02", payer="陌生人"))["S-1"]
    assert (one.state, one.payment_id, one.reasons) == ("MATCHED", taken.payment_id, ["match.booked"])
    assert Payment.objects.count() == 1


def test_another_amount_under_the_number_is_for_a_person(jinxiu, bank):
    pay(jinxiu, 20_000, method="TRANSFER", reference="S-1", cash_point_id=None, paid_on=date(2026, 5, 20))
    one = bank(line("S-1", "210.02", remark="3-1-1602"))["S-1"]
    assert fate(one) == ("SUSPENSE", "suspense.booked_differs")


def test_what_the_counter_books_between_proposal_and_confirmation_is_linked(jinxiu, bank):
    one = bank(line("S-1", "210.02", remark="3-1-1602"))["S-1"]
    taken = pay(
        jinxiu, 21_002, method="TRANSFER", reference="S-1", cash_point_id=None, paid_on=date(2026, 5, 20)
    )
    confirm_lines({one.pk: None}, posted_on=TODAY, at=AT)
    one.refresh_from_db()
    assert (one.state, one.payment_id) == ("MATCHED", taken.payment_id)
    assert Payment.objects.count() == 1


def test_who_paid_from_an_account_before_is_known_by_it(bank):
    one = bank(line("1", "5.00", remark="3-1-1602", payer="张三的妈妈", account="6222001"))["1"]
    confirm_lines({one.pk: None}, posted_on=TODAY, at=AT)
    two = bank(line("2", "205.02", payer="张三的妈妈", account="6222001"))["2"]
    assert fate(two) == ("PROPOSED", "3-1-1602")
    assert two.reasons == ["match.known_account", "match.all_owed"]


def test_suspense_has_a_sum_and_a_reason_and_matching_again_leaves_what_a_person_decided(jinxiu, bank):
    found = bank(line("1", "5.00", payer="甲"), line("2", "7.00", payer="乙"), line("3", "9.00", payer="丙"))
    with pytest.raises(ReasonMissing):
        keep_in_suspense(line_id=found["1"].pk, reason=" ", at=AT)
    keep_in_suspense(line_id=found["1"].pk, reason="已电话，等回复", at=AT)
    set_aside(line_id=found["3"].pk, reason="银行结息", at=AT)
    assert {row.state: row.amount_fen for row in state_sums()} == {"SUSPENSE": 1_200, "NOT_OURS": 900}
    Party.objects.filter(pk=jinxiu.parties["李四"].pk).update(name_key="乙")
    owe(jinxiu, 700, MAY, unit="3-1-1702")
    assert match_lines(bank_account_id=bank.account_id, again=True).suspense == 1
    assert BankLine.objects.get(serial="1").note == "已电话，等回复"
    assert next_waiting() == found["2"].pk
    with pytest.raises(AlreadyDecided):
        keep_in_suspense(line_id=found["3"].pk, reason="x", at=AT)


def test_the_page_ranks_who_may_be_meant_and_looks_for_others(jinxiu, bank):
    one = bank(line("1", "210.02", payer="张三"))["1"]
    row = line_row(one.pk)
    assert [(c.unit_code, c.owed_fen) for c in choices(row)] == [("3-1-1602", 21_002), ("B1-001", 30_000)]
    assert [c.unit_code for c in choices(row, words="1702")] == ["3-1-1702"]
    assert list(lines(LineFilter(state="WAITING", words="张三"))) == [one.pk]
    assert next_waiting(after=one.pk) is None


def test_the_database_keeps_a_booked_line_booked(bank):
    one = bank(line("1", "5.00"))["1"]
    for wrong in ({"state": "MATCHED"}, {"amount_fen": 0}, {"state": "NOT_OURS"}, {"state": "PROPOSED"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankLine.objects.filter(pk=one.pk).update(**wrong)


def test_a_line_whose_payment_was_taken_back_waits_again_and_is_booked_anew(jinxiu, bank):
    one = bank(line("S-1", "210.02", remark="3-1-1602"))["S-1"]
    confirm_lines({one.pk: None}, posted_on=TODAY, at=AT)
    taken = Payment.objects.get()
    reverse_payment(payment_id=taken.pk, reason="收错房号", posted_on=TODAY, at=AT)
    assert match_lines(bank_account_id=bank.account_id).reopened == 1
    one.refresh_from_db()
    assert (one.state, one.payment_id, one.reasons) == ("SUSPENSE", None, ["suspense.reversed"])
    assert next_waiting() == one.pk
    confirm_lines({one.pk: jinxiu.accounts["3-1-1702"].pk}, posted_on=TODAY, at=AT)
    assert Payment.objects.latest("pk").account_id == jinxiu.accounts["3-1-1702"].pk

"""Many payments at once are the same payments, the same rows, as one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.charges.models import Charge, Contract, Movement
from billing.payments.models import Allocation, CashPoint, CreditEntry, Payment, Receipt
from billing.payments.services import Asked, Wish, take_payment, take_payments
from billing.payments.services.checks import BadAmount, ReferenceMissing, UnknownMethod, WrongCashPoint
from billing.payments.services.taken import KeyReused
from notices.models import Notice
from tenancy.kernel.errors import NotFound
from tests.money import AT, PAID_ON, owe

UNITS = ("3-1-1602", "3-1-1702")
DUE = st.integers(-120, 20).map(lambda n: PAID_ON + timedelta(days=n))
CHARGES = st.lists(
    st.tuples(
        st.sampled_from(UNITS), st.integers(1, 90_000), DUE, st.sampled_from(["0.0003", "0.0005", "0"])
    ),
    min_size=1,
    max_size=6,
)
# unit, fen (None: all that is open, where something is), days before, in cash, whether it ticks what is open
PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(UNITS),
        st.one_of(st.none(), st.integers(1, 150_000)),
        st.integers(0, 60),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)
ROWS = {
    Payment: ("account_id", "amount_fen", "paid_on", "posted_on", "method", "asked", "cash_point_id"),
    Allocation: ("charge_id", "part", "amount_fen"),
    Receipt: ("number", "issued_on", "cash_point_id", "prints"),
    CreditEntry: ("account_id", "amount_fen"),
}
KEPT = {
    Charge: ("pk", "settled_fen", "late_fee_settled", "late_fee_from", "late_fee_paid_fen"),
    Notice: ("pk", "state", "reason_code", "reason_params"),
}


def rows():
    """Everything that taking money writes, without the numbers that only tell rows apart."""
    key = {Payment: "idempotency_key"}
    found = {
        model: sorted(
            map(repr, model.objects.values_list(key.get(model, "payment__idempotency_key"), *fields))
        )
        for model, fields in ROWS.items()
    }
    found |= {
        model: list(model.objects.order_by("pk").values_list(*fields)) for model, fields in KEPT.items()
    }
    moved = Movement.objects.values_list("charge_id", "on", "principal_fen", "late_fee_fen")
    return found | {Movement: sorted(moved)}


class _TakeBack(Exception):
    pass


def tried(act):
    """What `act` answers and leaves behind; then it never was."""
    try:
        with transaction.atomic():
            answer, left = act(), rows()
            raise _TakeBack
    except _TakeBack:
        return answer, left


def notices(company, charges):
    groups = [("BILL_NOTICE", charges[:1]), ("BILL_NOTICE", charges[1:3]), ("REMINDER", charges[1:])]
    for n, (kind, of) in enumerate(groups):
        for unit in UNITS:
            account = company.accounts[unit]
            ids = [charge.pk for charge in of if charge.account_id == account.pk]
            Notice.objects.create(
                community=company.community, unit=company.units[unit], party_id=account.party_id,
                account_id=account.pk, kind=kind, channel="PAPER", issued_on=PAID_ON, charge_ids=ids,
                unique_key=f"{n}{unit}", state="SENDING" if len(of) > 3 else "QUEUED",
            )  # fmt: skip


def asked(company, payments):
    return [
        Asked(
            f"k{n}",
            Wish(
                account_id=company.accounts[unit].pk, amount_fen=fen, method="CASH" if cash else "TRANSFER",
                paid_on=PAID_ON - timedelta(days=before),
                cash_point_id=company.cash_point.pk if cash else None, note=f"第{n}笔",
                reference="" if cash else f"第{n}号",
            ),
        )
        for n, (unit, fen, before, cash, _ticks) in enumerate(payments)
    ]  # fmt: skip


def one_by_one(wanted):
    """Each by itself; what is refused is not there for the many either, for they are all or none."""
    answers, taken = [], []
    for one in wanted:
        wish = {name: getattr(one.wish, name) for name in Wish.__slots__}
        try:
            answers.append(
                take_payment(**wish, idempotency_key=one.idempotency_key, posted_on=PAID_ON, at=AT)
            )
        except BadAmount:
            continue
        taken.append(one)
    return answers, taken


def plain(answers):
    return [
        (
            one.receipt_number,
            one.change_fen,
            [tuple(line) for line in one.lines],
            one.credit_fen,
            one.replayed,
        )
        for one in answers
    ]


@given(CHARGES, PAYMENTS, st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_at_once_write_what_one_after_the_other_writes(jinxiu, charges, payments, principal_first):
    def play():
        Contract.objects.update(principal_first=principal_first)
        made = [owe(jinxiu, fen, due_on, unit=unit, rate=rate) for unit, fen, due_on, rate in charges]
        notices(jinxiu, made)
        wanted = asked(jinxiu, payments)
        for one, (unit, _fen, _before, _cash, ticks) in zip(wanted, payments, strict=True):
            mine = [charge.pk for charge in made if charge.account_id == jinxiu.accounts[unit].pk]
            if ticks and wanted.index(one) == 0 and len(mine) > 1:
                wanted[0] = one._replace(wish=_ticking(one.wish, mine[-1:]))
        (answers, taken), left = tried(lambda: one_by_one(wanted))
        at_once, left_at_once = tried(lambda: take_payments(taken, posted_on=PAID_ON, at=AT))
        assert plain(at_once) == plain(answers)
        assert left_at_once == left
        return

    tried(play)


def _ticking(wish, ids):
    return Wish(**{name: getattr(wish, name) for name in Wish.__slots__} | {"designated": tuple(ids)})


@pytest.fixture
def bills(jinxiu):
    return [owe(jinxiu, 60_000, date(2026, 4, 30), unit=unit).pk for unit in UNITS]


def two(company, **more):
    return [
        Asked(f"k{n}", Wish(account_id=company.accounts[unit].pk, amount_fen=100, method="CASH",
                            paid_on=PAID_ON, cash_point_id=company.cash_point.pk, **more))
        for n, unit in enumerate(UNITS)
    ]  # fmt: skip


def take(wanted):
    return take_payments(wanted, posted_on=PAID_ON, at=AT)


def test_receipts_are_one_block_in_the_order_asked(jinxiu, bills):
    numbers = [one.receipt_number for one in take(two(jinxiu))]
    assert [int(number[-6:]) for number in numbers] == [1, 2]


def test_keys_known_before_get_their_first_answer_and_the_rest_is_taken(jinxiu, bills):
    first, second = two(jinxiu)
    (before,) = take([first])
    again, new = take([first, second])
    assert again == before._replace(replayed=True)
    assert not new.replayed
    assert Payment.objects.count() == 2


def test_a_key_that_stands_twice_is_one_payment_or_a_conflict(jinxiu, bills):
    first, second = two(jinxiu)
    assert len({one.payment_id for one in take([first, first])}) == 1
    with pytest.raises(KeyReused):
        take([second, second._replace(wish=first.wish)])


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"amount_fen": 0}, BadAmount),
        ({"account_id": 10**9}, NotFound),
        ({"cash_point_id": None}, WrongCashPoint),
    ],
)
def test_one_refusal_and_nothing_is_written(jinxiu, bills, wrong, refusal):
    first, second = two(jinxiu)
    spoilt = Wish(**{name: getattr(second.wish, name) for name in Wish.__slots__} | wrong)
    with pytest.raises(refusal):
        take([first, second._replace(wish=spoilt)])
    assert (Payment.objects.count(), Receipt.objects.count()) == (0, 0)


def test_no_payments_are_no_work(jinxiu):
    assert take([]) == []


def test_each_desk_numbers_its_own_receipts(jinxiu, bills):
    other = CashPoint.objects.create(community=jinxiu.community, code="02", name="东门")
    first, second = two(jinxiu)
    elsewhere = Wish(
        **{name: getattr(second.wish, name) for name in Wish.__slots__} | {"cash_point_id": other.pk}
    )
    take([first, second._replace(wish=elsewhere)])
    assert {receipt.number[-6:] for receipt in Receipt.objects.all()} == {"000001"}


def test_many_cost_as_many_statements_as_a_few(jinxiu, bills):
    def statements(count, key):
        wanted = [
            one._replace(idempotency_key=f"{key}{n}")
            for n, one in zip(range(count), two(jinxiu), strict=False)
        ]
        with CaptureQueriesContext(connection) as captured:
            take(wanted)
        return len(captured)

    assert statements(2, "a") == statements(1, "b")


@pytest.mark.parametrize("method", ["WECHAT", "ALIPAY", "DEBIT"])
def test_what_a_channel_or_a_bank_brings_is_taken_with_its_number_only(jinxiu, method):
    owe(jinxiu, 63006, PAID_ON)
    wish = Wish(account_id=jinxiu.accounts["3-1-1602"].pk, amount_fen=63006, method=method, paid_on=PAID_ON)
    with pytest.raises(ReferenceMissing):
        take_payments([Asked("a", wish)], posted_on=PAID_ON, at=AT)
    [taken] = take_payments([Asked("a", replace(wish, reference="N-1"))], posted_on=PAID_ON, at=AT)
    assert Payment.objects.get(pk=taken.payment_id).method == method


@pytest.mark.parametrize("method", ["CHEQUE", "CREDIT"])
def test_what_nobody_can_take_is_no_way_to_pay(jinxiu, method):
    account_id = jinxiu.accounts["3-1-1602"].pk
    wish = Wish(account_id=account_id, amount_fen=1, method=method, paid_on=PAID_ON, reference="x")
    with pytest.raises(UnknownMethod):
        take_payments([Asked("a", wish)], posted_on=PAID_ON, at=AT)

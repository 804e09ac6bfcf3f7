"""facts.sql against an oracle in plain Python, over a drawn world of charges, bills, steps, promises and holds."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.models import Call, Case, DisputedCharge, Hold, Promise, Step
from arrears.cases.queries.facts import Row, as_standing, stream_facts
from arrears.cases.rules.day import walk_one
from arrears.cases.rules.ladder import DEFAULT_LADDER
from billing.charges.models import Account, Charge
from notices.models import Notice
from owners.models import Party, Unit
from values.period import add_months

AS_OF = date(2026, 6, 10)
SHANGHAI = ZoneInfo("Asia/Shanghai")
RUNGS = [rung.code.value for rung in DEFAULT_LADDER]
OPEN = ("DUE", "PROPOSED", "APPROVED", "SENT")


def accounts(company, many):
    made = []
    for n in range(many):
        unit = Unit.objects.create(
            community=company.community, room=f"r{n}", code=f"r{n}", sort_key=f"r{n}", area_cm2=1
        )
        party = Party.objects.create(name=f"n{n}", name_key=f"n{n}")
        made.append(
            Account.objects.create(
                community=company.community, unit=unit, party=party, opened_on=date(2020, 1, 1)
            )
        )
    return made


def draw_charges(company, account, dice):
    for n in range(dice.randint(0, 6)):
        start = add_months(date(2025, 7, 1), 2 * n)
        months = dice.choice((1, 1, 1, 2))
        amount = dice.randint(100, 50_000)
        charge = Charge.objects.create(
            community=company.community, account=account, unit=account.unit, fee_item=company.items["property"],
            kind=dice.choice(("PERIODIC", "PERIODIC", "OPENING")), period=DateRange(start, add_months(start, months)),
            issued_on=start, due_on=start + timedelta(dice.choice((30, 30, 60))), amount_fen=amount,
            settled_fen=dice.choice((0, 0, 0, amount // 2, amount)), late_fee_from=start, late_fee_cap_fen=amount,
        )  # fmt: skip
        if not charge.settled_fen and dice.random() < 0.1:
            Charge.objects.filter(pk=charge.pk).update(reversed_on=start)
        if dice.random() < 0.8:
            delivered = dice.choice((None, start + timedelta(dice.randint(0, 60))))
            Notice.objects.create(
                community=company.community, party=account.party, account_id=account.pk, kind="BILL_NOTICE",
                channel="PAPER", state="DELIVERED" if delivered else "QUEUED", unique_key=f"b{charge.pk}",
                issued_on=start, delivered_on=delivered, charge_ids=[charge.pk],
            )  # fmt: skip


def draw_steps(company, case, charge_ids, dice):
    day, level = AS_OF - timedelta(dice.randint(30, 90)), 1
    for _ in range(dice.randint(0, 5)):
        level = max(1, min(9, level + dice.choice((-1, 0, 1, 1))))
        about = [pk for pk in charge_ids if dice.random() < 0.7]
        day += timedelta(dice.randint(1, 6))
        notice = None
        if dice.random() < 0.5:
            notice = Notice.objects.create(
                community=company.community, party=case.account.party, account_id=case.account_id, kind="DEMAND",
                channel="PAPER", state=dice.choice(("QUEUED", "SENT", "WITHDRAWN")), unique_key=f"n{random.random()}",
                issued_on=day, gates_open_on=dice.choice((None, day)), sent_at=datetime.combine(day, time(23), SHANGHAI),
            )  # fmt: skip
        for event in dice.choice((("DUE",), ("DUE", "TAKEN"), ("DUE", "TAKEN"), ("PROPOSED", "REJECTED"),
                                  ("DUE", "VOID"), ("DUE", "TAKEN", "VOID"), ("PROPOSED", "APPROVED"))):  # fmt: skip
            Step.objects.create(
                case=case, account=case.account, level=level, code=RUNGS[level - 1], event=event, on=day,
                because="x", charge_ids=about, notice=notice,
            )  # fmt: skip


def draw_rest(company, case, dice):
    if case is not None:
        for _ in range(dice.choice((0, 0, 1, 2))):
            made = AS_OF - timedelta(dice.randint(0, 200))
            Promise.objects.create(
                case=case, account=case.account, made_on=made, promised_on=made + timedelta(7), amount_fen=1,
                doubt=dice.choice(("", "", "too_many_promises")),
            )  # fmt: skip
        for _ in range(dice.choice((0, 1, 2))):
            Call.objects.create(
                case=case, account=case.account, outcome="NO_ANSWER", overdue_fen=1, by=company.people["collector"],
                at=datetime.combine(AS_OF - timedelta(dice.randint(0, 90)), time(dice.choice((0, 23)), 30), SHANGHAI),
            )  # fmt: skip


def draw_holds(account, dice):
    for kind in dice.sample(("DISPUTE", "DEFERRAL", "NO_CONTACT"), dice.choice((0, 0, 1, 2))):
        start = AS_OF + timedelta(dice.randint(-20, 2))
        end = dice.choice((None, start + timedelta(dice.randint(0, 20))))
        released = dice.choice((None, None, AS_OF, AS_OF + timedelta(1)))
        Hold.objects.create(
            account=account, kind=kind, from_on=start, to_on=end, released_on=released, reason="x"
        )


def draw_disputes(account, dice):
    for charge in Charge.objects.filter(account=account).order_by("pk"):
        if dice.random() < 0.2:
            start = AS_OF + timedelta(dice.randint(-20, 2))
            hold = Hold.objects.create(
                account=account, kind="DISPUTE", from_on=start, reason="x", only_listed=True
            )
            DisputedCharge.objects.create(
                hold=hold, account=account, charge=charge,
                amount_fen=dice.choice((charge.amount_fen, max(1, charge.amount_fen // 3))),
                held=DateRange(start, dice.choice((None, start + timedelta(dice.randint(0, 20))))),
            )  # fmt: skip


def disputed_of(charge):
    """What of a charge is disputed on the day."""
    return sum(
        row.amount_fen
        for row in DisputedCharge.objects.filter(charge=charge)
        if not row.held.isempty
        and row.held.lower <= AS_OF
        and (row.held.upper is None or row.held.upper > AS_OF)
    )


@pytest.fixture(params=range(4))
def world(jinxiu, request):
    """Forty accounts with whatever the dice say."""
    dice = random.Random(request.param)
    for account in accounts(jinxiu, 40):
        draw_charges(jinxiu, account, dice)
        draw_holds(account, dice)
        draw_disputes(account, dice)
        case = None
        if dice.random() < 0.8:
            case = Case.objects.create(
                community=jinxiu.community, account=account, unit=account.unit, opened_on=AS_OF,
                collector=jinxiu.people["collector"],
            )  # fmt: skip
            ids = list(Charge.objects.filter(account=account).order_by("pk").values_list("pk", flat=True))
            draw_steps(jinxiu, case, ids, dice)
        draw_rest(jinxiu, case, dice)
    return jinxiu


def anchor_of(charge):
    if charge.kind == "OPENING":
        return charge.due_on
    days = [
        n.delivered_on
        for n in Notice.objects.filter(kind="BILL_NOTICE", charge_ids__contains=[charge.pk])
        if n.delivered_on
    ]
    return max(charge.due_on, min(days) + timedelta(10)) if days else None


def undisputed(account):
    """What of each charge is not disputed, and the late charges of which something is left."""
    charges = list(Charge.objects.filter(account=account, reversed_on=None))
    left = {c.pk: c.amount_fen - c.settled_fen - disputed_of(c) for c in charges}
    return left, [c for c in charges if left[c.pk] > 0 and c.due_on < AS_OF]


def expected(company, account):
    """The row of an account, computed the slow way."""
    left, late = undisputed(account)
    case = Case.objects.filter(account=account, closed_on=None).first()
    if not late and case is None:
        return None
    anchors = {c.pk: anchor_of(c) for c in late}
    formal = sorted((day, pk) for pk, day in anchors.items() if day and day < AS_OF)
    oldest = min(((c.due_on, c.pk) for c in late), default=(None, None))
    months = {
        c.period.lower
        for c in late
        if (c.period.upper - c.period.lower).days <= 31 and anchors[c.pk] and anchors[c.pk] < AS_OF
    }
    steps = list(Step.objects.filter(case=case).order_by("pk")) if case else []
    level, taken_on = standing(steps, oldest[1], formal[0][1] if formal else None)
    opened = [s.on for s in steps if s.event in ("DUE", "PROPOSED")]
    last = steps[-1] if steps else None
    is_open = last is not None and last.event in OPEN
    paper = last.notice if is_open and last.event != "PROPOSED" else None
    holds = [
        h
        for h in Hold.objects.filter(account=account, from_on__lte=AS_OF, only_listed=False)
        if (h.to_on is None or h.to_on >= AS_OF) and (h.released_on is None or h.released_on > AS_OF)
    ]
    promise = (
        Promise.objects.filter(case=case, doubt="").order_by("-made_on", "-pk").first() if case else None
    )
    counts = promise is not None and oldest[0] is not None and oldest[0] < promise.made_on
    tried = None
    if is_open and last.code == "CALL" and last.event == "DUE":
        days = [c.at.astimezone(SHANGHAI).date() for c in Call.objects.filter(case=case)]
        tried = min((day for day in days if day >= last.on), default=None)
    return Row(
        account.pk, case.pk if case else None, company.community.pk, case.collector_id if case else None,
        sum(left[c.pk] for c in late), oldest[0], min((d for d in anchors.values() if d), default=None),
        len(months), oldest[1], formal[0][1] if formal else None, level, taken_on, max(opened, default=None),
        last.level if last else None, last.event if last else None, last.on if last else None,
        last.notice_id if last else None, last.charge_ids if is_open else None,
        paper.state if paper else None, paper.sent_at.astimezone(SHANGHAI).date() if paper else None,
        paper.gates_open_on if paper else None, paper.reason_code if paper else None,
        promise.promised_on if counts else None,
        sorted(h.kind for h in holds) or None, [h.to_on for h in sorted(holds, key=lambda h: h.kind)] or None, tried,
        any(disputed_of(c) for c in Charge.objects.filter(account=account)),
    )  # fmt: skip


def standing(steps, oldest_id, formal_id):
    """The highest level whose newest TAKEN was not undone and lists what is still owed."""
    best = (0, None)
    for level in range(1, 10):
        mine = [s for s in steps if s.level == level]
        taken = [s for s in mine if s.event == "TAKEN"]
        void = [s.pk for s in mine if s.event == "VOID"]
        if not taken or (void and max(void) > taken[-1].pk):
            continue
        wanted = oldest_id if level < 3 else formal_id
        covering = [s.on for s in taken if wanted in s.charge_ids]
        if covering:
            best = (level, max(covering))
    return best


def in_order(row):
    if row.hold_kinds is None:
        return row
    kinds, untils = zip(*sorted(zip(row.hold_kinds, row.hold_untils), key=lambda pair: pair[0]))
    return row._replace(hold_kinds=list(kinds), hold_untils=list(untils))


def test_the_statement_finds_for_every_account_what_the_slow_way_finds(world):
    found = {row.account_id: in_order(row) for block in stream_facts(as_of=AS_OF) for row in block}
    wanted = {account.pk: expected(world, account) for account in Account.objects.all()}
    assert found == {pk: row for pk, row in wanted.items() if row is not None}
    assert len(found) > 25


def test_one_account_alone_is_found_as_in_the_crowd(world):
    crowd = {row.account_id: in_order(row) for block in stream_facts(as_of=AS_OF) for row in block}
    for account_id, row in list(crowd.items())[:10]:
        ((alone,),) = list(stream_facts(as_of=AS_OF, account_ids=[account_id]))
        assert in_order(alone) == row


def test_every_account_of_the_drawn_world_can_be_decided(world):
    for block in stream_facts(as_of=AS_OF):
        for row in block:
            outcome = walk_one(as_standing(row, as_of=AS_OF), DEFAULT_LADDER, as_of=AS_OF)
            assert outcome.decision.because.code


def test_another_companys_accounts_are_not_among_them(cast):
    from tests import ladder

    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
    with cast.yunding.open():
        assert list(stream_facts(as_of=AS_OF)) == []


def test_the_lean_charges_are_those_of_charges_to_the_fen(jinxiu):
    """late_charges.sql against billing's own answer, late fees, caps, part payments and days of grace included."""
    from arrears.cases.queries.subjects import late_charges, lean_charges
    from tests.money import owe, pay

    for n, (fen, rate, cap) in enumerate(
        ((25_202_4, "0.0005", "1"), (10_000, "0.0003", "0.01"), (777, "0", "1"))
    ):
        owe(jinxiu, fen, date(2026, 1, 31) + timedelta(20 * n), rate=rate, cap=cap)
    graced = owe(jinxiu, 50_000, date(2026, 2, 1))
    Charge.objects.filter(pk=graced.pk).update(
        snapshot={"late_fee": {"rate": "0.0003", "cap_ratio": "1", "grace_days": 7}}
    )
    pay(jinxiu, 30_000, paid_on=date(2026, 5, 1), posted_on=date(2026, 5, 31))
    account_id = jinxiu.accounts["3-1-1602"].pk
    for day in (date(2026, 2, 5), date(2026, 5, 31), date(2027, 12, 31)):
        full = late_charges([account_id], as_of=day)[account_id]
        lean = lean_charges([account_id], as_of=day)[account_id]
        assert [(c.charge_id, c.unpaid_fen, c.late_fee_fen) for c in lean] == [
            (c.charge_id, c.unpaid_fen, c.late_fee_fen) for c in full
        ]
    assert any(charge.late_fee_fen for charge in lean)

"""Notices without names: groups of three, seven days, photos; and cases that leave the house for a law firm."""

from __future__ import annotations

import pytest

from arrears.cases import services as cases
from arrears.legal.models import PublicNotice
from arrears.legal.queries.calendar import court_days
from arrears.legal.queries.public import sheet
from arrears.legal.rules.public import Level
from arrears.legal.services import (
    FirmFields,
    NoAgreement,
    NoticeMoved,
    NoticeRefused,
    NoticeUntrue,
    NotLegal,
    ask_notice,
    covering,
    end_agreement,
    post_notice,
    record_export,
    remove_notice,
    save_firm,
    sign_notice,
)
from arrears.legal.services.firms import FirmRefused
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule
from notices.models import Notice
from owners.models import Unit
from tenancy.kernel.errors import NotFound
from tenancy.people.models import Approval
from tests import ladder
from tests.court import PDF, home_of_the_debtor, to_the_letter
from tests.firms import agree, firm
from tests.ladder import at, case, on
from tests.money import pay


@pytest.fixture
def zhang(jinxiu):
    ladder.bill(jinxiu)
    home_of_the_debtor()
    return jinxiu


def posted_letters(company, codes):
    """Deliver a lawyer letter of D92 to some homes, as if all had climbed there."""
    for code in codes:
        account = company.accounts[code]
        charge_ids = list(account.charges.values_list("pk", flat=True))
        Notice.objects.create(
            community=company.community, unit=company.units[code], party=account.party, account_id=account.pk,
            kind="LAWYER_LETTER", channel="PAPER", unique_key=f"letter:{code}", state="DELIVERED",
            issued_on=on(92), delivered_on=on(92), gates_open_on=on(92), charge_ids=charge_ids, data={},
        )  # fmt: skip


@pytest.fixture
def three(zhang):
    """Three homes of building 3 whose letter is over, and one that never owed."""
    Unit.objects.create(
        community=zhang.community, building=zhang.units["3-1-1602"].building, kind="ROOM", entrance="1", room="1802",
        code="3-1-1802", sort_key="0003-0001-001802", area_cm2=800_000, floor=18,
    )  # fmt: skip
    posted_letters(zhang, ("3-1-1602", "3-1-1702", "3-2-201"))
    return zhang


def notice(company, day=108, role="team_lead", level="L0", **changed):
    said = {"place": "3栋大堂公告栏", "from_on": on(day), "to_on": on(day + 6)} | changed
    with company.open(role):
        return ask_notice(
            community_id=company.community.pk,
            level=level,
            by=company.staff(role),
            on=on(day),
            at=at(on(day)),
            **said,
        )


def approved(company, public_id, role="project_manager", day=108):
    asked = PublicNotice.objects.get(pk=public_id).approval_id
    with company.open(role):
        cases.decide(approval_id=asked, by=company.staff(role), approve=True, reason="属实", at=at(on(day)))


def test_a_notice_says_sums_by_building_names_nobody_and_comes_down_when_somebody_pays(three):
    public_id = notice(three)
    row = PublicNotice.objects.get(pk=public_id)
    (group,) = row.data["groups"]
    assert (group["building"], group["units"], group["unpaid"], group["paid_percent"]) == ("3", 4, 3, 25)
    assert row.data["rooms"] == []
    assert row.number == "PUBLIC_NOTICE-JX-2026-000001"
    with pytest.raises(NoticeMoved), three.open("team_lead"):
        post_notice(public_id=public_id, photo=PDF, on=on(108))
    approved(three, public_id)
    with three.open("team_lead"):
        post_notice(public_id=public_id, photo=PDF, on=on(109))
    assert [(d.code, d.last_on) for d in court_days(as_of=on(110))] == [("TAKE_DOWN", on(114))]
    pay(three, None, paid_on=on(111), posted_on=on(111), at=at(on(111)))
    assert [(d.code, d.last_on) for d in court_days(as_of=on(111))] == [("TAKE_DOWN", on(111))]
    with three.open("team_lead"):
        remove_notice(public_id=public_id, photo=PDF, on=on(111))
    assert court_days(as_of=on(112)) == []


def test_before_the_letters_days_are_over_or_with_fewer_than_three_homes_nothing_is_posted(three):
    with pytest.raises(NoticeRefused):
        notice(three, day=107)
    pay(three, None, paid_on=on(108), posted_on=on(108), at=at(on(108)))
    with pytest.raises(NoticeRefused):
        notice(three)


def test_a_disputed_home_is_not_counted(three):
    cases.set_hold(account_id=three.accounts["3-1-1602"].pk, kind="DISPUTE", from_on=on(100), reason="渗水")
    assert sheet(three.community.pk, level=Level.L0, as_of=on(108)).groups == ()


def test_an_approved_notice_that_is_no_longer_true_is_not_posted(three):
    public_id = notice(three)
    approved(three, public_id)
    pay(three, None, paid_on=on(108), posted_on=on(108), at=at(on(108)))
    with pytest.raises(NoticeUntrue), three.open("team_lead"):
        post_notice(public_id=public_id, photo=PDF, on=on(109))


@pytest.mark.parametrize("wrong", [{"to_on": on(115)}, {"from_on": on(107)}, {"place": " "}])
def test_a_notice_hangs_at_a_place_for_seven_days_at_most(three, wrong):
    with pytest.raises(NoticeRefused):
        notice(three, **wrong)


def test_rooms_need_the_citys_rule_and_legals_signature_before_the_manager_is_asked(three):
    with pytest.raises(NoticeRefused):
        notice(three, level="L2")
    add_local_rule(kind=LocalKind.NOTICE_LEVEL, value="L2", from_on=on(0), basis="温州市物业条例第40条")
    public_id = notice(three, level="L2")
    assert PublicNotice.objects.get().data["rooms"] == ["3栋1单元1602室", "3栋1单元1702室", "3栋2单元201室"]
    assert PublicNotice.objects.get().approval_id is None
    with pytest.raises(NotLegal), three.open("project_manager"):
        sign_notice(public_id=public_id, by=three.staff("project_manager"), on=on(108), at=at(on(108)))
    with three.open("legal"):
        sign_notice(public_id=public_id, by=three.staff("legal"), on=on(108), at=at(on(108)))
    approved(three, public_id)
    assert PublicNotice.objects.get().state == "APPROVED"


def test_a_manager_who_asks_himself_is_decided_above(three):
    notice(three, role="project_manager")
    assert Approval.objects.get(kind="legal.public_notice").role == "branch_gm"


# -- law firms -----------------------------------------------------------------------------------------


def test_a_case_leaves_the_house_only_under_an_agreement_in_force(zhang):
    to_the_letter(zhang)
    pk = case(zhang).pk
    chosen, other = firm(zhang, agreed=None).pk, firm(zhang, "他所", agreed=(on(0), on(365))).pk
    with pytest.raises(NoAgreement) as refused, zhang.open("legal"):
        record_export(case_id=pk, firm_id=chosen, what="证据包", on=on(92))
    assert (refused.value.params["gate"], refused.value.field) == ("G11", "firm_id")
    with zhang.open("legal"):
        agreement = agree(chosen, on(0), on(365))
        record_export(case_id=pk, firm_id=chosen, what="证据包", on=on(92))
        with pytest.raises(NotFound):
            end_agreement(firm_id=other, agreement_id=agreement, on=on(93))
        end_agreement(firm_id=chosen, agreement_id=agreement, on=on(93))
    for day in (93, 94):
        with pytest.raises(NoAgreement), zhang.open("legal"):
            record_export(case_id=pk, firm_id=chosen, what="证据包", on=on(day))


def test_an_agreement_is_the_firms_and_holds_for_each_of_its_lawyers_while_they_work_for_us(zhang):
    days = (on(0), on(365))
    first, second = firm(zhang, agreed=days), firm(zhang, agreed=None, lawyer="孙律师")
    with zhang.open("legal"):
        assert covering(firm_id=second.pk, on=on(92)).firm_id == first.pk
        save_firm(fields=FirmFields(name=second.name, lawyer="孙律师", is_active=False), firm_id=second.pk)
        with pytest.raises(NoAgreement):
            covering(firm_id=second.pk, on=on(92))
        with pytest.raises(FirmRefused):
            save_firm(fields=FirmFields(name="改名律师事务所", lawyer="钱律师"), firm_id=first.pk)

"""Units: the search box against an oracle, the header, the list, who holds what."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from owners.models import Building, Community, Ownership, Unit
from owners.queries import (
    communities,
    contacts_of,
    find_units,
    holders_of_unit,
    parties_of_unit,
    unit_header,
    unit_ids,
)
from owners.queries.register import debtors, developer_of, known_units, parties_by_identity
from owners.queries.search import code_readings
from owners.queries.unit_page import unit_page
from owners.queries.units import UnitFilter, buildings, unit_rows, units
from owners.rules.search import candidates
from owners.services import add_contact, add_legacy_issue
from tenancy.kernel.crypto import fingerprint
from tenancy.kernel.errors import NotFound
from tenancy.kernel.scope import acting_for

TODAY = date(2026, 3, 1)


def codes(text, limit=50):
    return [hit.code for hit in find_units(text, limit)]


@pytest.fixture
def town(jinxiu):
    """Rooms that can be taken for one another."""
    for building, entrance, room in (
        ("3", "", "1602"), ("31", "", "602"), ("3", "1", "602"), ("13", "1", "1602"), ("商", "0", "1602"),
    ):  # fmt: skip
        home = Building.objects.get_or_create(
            community=jinxiu.community, name=building, defaults={"sort_key": building}
        )[0]
        code = "-".join(part for part in (building, entrance, room) if part)
        Unit.objects.create(
            community=jinxiu.community,
            building=home,
            entrance=entrance,
            room=room,
            code=code,
            sort_key=code,
            area_cm2=1,
        )
    return jinxiu


@pytest.mark.parametrize(
    ("text", "first"),
    [("3-1-1602", "3-1-1602"), ("３栋１单元１６０２室", "3-1-1602"), ("B1-001", "B1-001"), ("b1-001", "B1-001"),
     ("李四", "3-1-1702"), ("李", "3-1-1702"), ("13900139000", "3-1-1702"), ("139 0013 9000", "3-1-1702"),
     ("9000", "3-1-1702"), ("0571-88006864", "3-1-1602")],
)  # fmt: skip
def test_the_search_finds_a_room_an_owner_a_phone(town, text, first):
    assert codes(text)[0] == first


def test_all_readings_of_a_run_together_number_are_shown(town):
    assert set(codes("31602")) == {"3-1-1602", "3-1602", "31-602", "3-1-602"}


def test_joint_owners_are_found_under_their_own_names(town):
    assert codes("王五") == ["3-1-1702"]
    assert find_units("王五", 5)[0].owner_name == "李四"


def test_a_bad_text_finds_nothing_and_breaks_nothing(town):
    for text in ("", "   ", "%", "'; DROP TABLE", "\\", "合计", "9" * 60, "--", "🏠"):
        assert codes(text) == []


def test_the_limit_holds(town):
    assert len(codes("1602", 2)) == 2


def test_a_member_of_other_communities_finds_nothing(town):
    with acting_for(town.tenant.pk, communities=[0]):
        assert codes("3-1-1602") == codes("张三") == codes("9000") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(
        [
            "3",
            "31",
            "1602",
            "602",
            "31602",
            "131602",
            "商1602",
            "3-1602",
            "3-1-602",
            "商-0-1602",
            "13-1-1602",
            "0602",
        ]
    )
)
def test_rooms_are_found_exactly_as_the_rule_reads_the_words(town, text):
    """The oracle of find_units.sql: the rule applied to every unit."""
    readings = candidates(text)
    everything = Unit.objects.values_list("code", "building__name", "entrance", "room")
    expected = {
        unit for unit, building, entrance, room in everything
        if unit in code_readings(text) or any(reading.fits(building or "", entrance, room) for reading in readings)
    }  # fmt: skip
    assert set(codes(text, 500)) == expected


def test_the_header_says_where_and_carries_the_open_issues(jinxiu):
    unit = jinxiu.units["3-1-1602"]
    add_legacy_issue(unit_id=unit.pk, text="漏水未修", recorded_on=TODAY)
    header = unit_header(unit.pk)
    assert (header.code, header.community_code, header.building, header.area_cm2) == (
        "3-1-1602",
        "JX",
        "3",
        893_700,
    )
    assert header.legacy_issues == ("漏水未修",)
    assert unit_header(jinxiu.units["B1-001"].pk).building == ""


def test_a_header_of_another_company_or_community_is_not_found(cast):
    with cast.jinxiu.open(), pytest.raises(NotFound):
        unit_header(cast.yunding.units["3-1-1602"].pk)
    with acting_for(cast.jinxiu.tenant.pk, communities=[0]), pytest.raises(NotFound):
        unit_header(cast.jinxiu.units["3-1-1602"].pk)


def test_who_holds_a_unit_depends_on_the_day(jinxiu):
    unit = jinxiu.units["3-1-1602"]
    Ownership.objects.filter(unit=unit).update(held=DateRange(date(2022, 1, 1), TODAY))
    Ownership.objects.create(unit=unit, party=jinxiu.parties["李四"], held=DateRange(TODAY, None))
    assert [row.name for row in parties_of_unit(unit.pk, date(2026, 2, 28))] == ["张三"]
    assert [row.name for row in parties_of_unit(unit.pk, TODAY)] == ["李四"]
    assert [row.name for row in holders_of_unit(unit.pk)] == ["李四", "张三"]
    page = unit_page(unit.pk, on=date(2026, 2, 1))
    assert [h.party.name for h in page.now] == ["张三"]
    assert [h.party.name for h in page.later] == ["李四"]


def test_contacts_come_in_the_order_to_try_them_and_masked(jinxiu):
    party = jinxiu.parties["张三"].pk
    add_contact(party_id=party, value="zhang@example.com")
    rows = contacts_of([party])[party]
    assert [(row.kind, row.position) for row in rows] == [("LANDLINE", 1), ("MOBILE", 2), ("EMAIL", 3)]
    assert rows[2].masked == "zh***@example.com"


def test_the_list_filters_and_names_the_debtor_with_his_co_owners(town):
    rows = unit_rows(list(units(UnitFilter(text="1702"))), on=TODAY)
    assert [(row.code, row.owner_name, row.joint) for row in rows] == [("3-1-1702", "李四", 1)]
    assert [u.code for u in units(UnitFilter(kind="BAY"))] == ["B1-001"]
    assert [u.code for u in units(UnitFilter(handover="UNSOLD"))] == ["3-2-201"]
    shops = next(row.id for row in buildings(town.community.pk) if row.name == "商")
    assert [u.code for u in units(UnitFilter(building_id=shops))] == ["商-0-1602"]
    assert units(UnitFilter(community_id=10**9)).count() == 0


def test_a_page_of_the_list_takes_the_same_number_of_reads_however_long_it_is(
    town, django_assert_num_queries
):
    with django_assert_num_queries(3):
        unit_rows(list(units(UnitFilter())), on=TODAY)


def test_ids_by_code_leave_out_what_is_not_there(jinxiu):
    found = unit_ids(community_id=jinxiu.community.pk, codes=["3-1-1602", "9-9-9"])
    assert found == {"3-1-1602": jinxiu.units["3-1-1602"].pk}


def test_communities_are_those_the_member_may_see(jinxiu):
    Community.objects.create(code="A1", name="甲")
    assert [row.code for row in communities()] == ["A1", "JX"]


def test_what_is_known_of_a_unit_is_what_a_register_is_compared_with(jinxiu):
    known = known_units(community_id=jinxiu.community.pk, codes=["3-1-1702", "B1-001", "x"], on=TODAY)
    assert set(known) == {"3-1-1702", "B1-001"}
    assert [holder.key for holder in known["3-1-1702"].holders] == ["李四", "王五"]
    assert [found for found, _mask in known["3-1-1702"].phones] == [fingerprint("13900139000")]
    assert known["B1-001"].linked == "3-1-1602"
    assert [
        h.key for h in debtors(community_id=jinxiu.community.pk, codes=["3-2-201"], on=TODAY)["3-2-201"][1]
    ] == ["锦绣置业"]


def test_the_developer_is_who_holds_units_as_one_else_who_is_called_so(jinxiu):
    other = Community.objects.create(code="A1", name="甲")
    developer = jinxiu.parties["锦绣置业"].pk
    assert developer_of(jinxiu.community.pk, name_key="随便") == developer
    assert developer_of(other.pk, name_key="随便") is None
    assert developer_of(other.pk, name_key="锦绣置业") == developer


def test_a_person_is_known_by_number_and_name_together(jinxiu):
    party = jinxiu.parties["张三"]
    party.id_hash = fingerprint("990101199008283706")
    party.save()
    assert parties_by_identity([party.id_hash]) == {(party.id_hash, "张三"): party.pk}
    assert parties_by_identity([fingerprint("x")]) == {}

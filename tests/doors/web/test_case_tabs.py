"""The page of a case: tabs with an address each, what is loaded into them, and the next step on all of them."""

from __future__ import annotations

from arrears.cases.models import Call
from tests import ladder
from tests.ladder import at, call, on, walk
from tests.money import pay


def test_a_case_has_tabs_each_with_its_address_its_parts_and_the_next_step(late, english):
    call(late, at(on(2)))
    with late.open():
        case = ladder.case(late).pk
    client = english(late, "collector")
    told = {
        "": ("Facts", "Asked for", "History", "Holds"),
        "money/": ("/applications/", f"/cases/{case}/clocks/", f"/cases/{case}/tickets/"),
        "contacts/": ("Promises", "Calls and visits", "Call: Undecided"),
        "ladder/": (f"/cases/{case}/facts/",),
    }
    for tab, parts in told.items():
        page = client.get(f"/cases/{case}/{tab}").content.decode()
        assert f'href="/cases/{case}/{tab}" aria-current="page"' in page
        assert 'data-key="c"' in page, "the next step is on every tab"
        for part in parts:
            assert part in page, (tab, part)


def test_a_paid_case_asks_for_nothing_before_and_after_the_night_that_closes_it(late, english):
    with late.open():
        case = ladder.case(late).pk
    client = english(late, "collector")
    assert 'data-key="c"' in client.get(f"/cases/{case}/").content.decode()
    with late.open("cashier"):
        pay(late, None, paid_on=on(2), posted_on=on(2), at=at(on(2)))
    for night in (False, True):
        if night:
            with late.open():
                walk(3)
        page = client.get(f"/cases/{case}/").content.decode()
        assert "Nothing is asked for." in page
        assert 'data-key="c"' not in page


def test_a_promise_that_runs_is_told_where_the_holds_stand(late, english):
    with late.open():
        case = ladder.case(late).pk
    client = english(late, "collector")
    assert "Nothing holds the ladder." in client.get(f"/cases/{case}/").content.decode()
    call(late, at(on(2)), "CONNECTED_PROMISED", promised_on=on(9))
    page = client.get(f"/cases/{case}/").content.decode()
    assert "Nothing holds the ladder." not in page
    assert f"A promise runs until {on(9)}." in page


def test_a_case_shows_its_latest_eight_events_and_leads_to_all(late, english):
    with late.open():
        found = ladder.case(late)
        for hour in range(10):
            Call.objects.create(
                case=found, account=found.account, at=at(on(2), 9 + hour), outcome="NO_ANSWER", overdue_fen=1,
                by=late.people["collector"],
            )  # fmt: skip
    client = english(late, "collector")
    history = client.get(f"/cases/{found.pk}/").content.decode().split("History")[1]
    assert history.count("<time>") == 8
    assert 'href="?all=1"' in history
    everything = client.get(f"/cases/{found.pk}/?all=1").content.decode().split("History")[1]
    assert everything.count("<time>") > 10
    assert "?all=1" not in everything

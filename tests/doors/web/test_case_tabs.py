"""The page of a case: tabs with an address each, what is loaded into them, and the next step on all of them."""

from __future__ import annotations

from arrears.cases.models import Call
from tests import ladder
from tests.ladder import at, call, on


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

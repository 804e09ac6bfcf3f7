"""evidence_bundle: the evidence of a case with forty papers that nobody drew before, beside drawing them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from arrears.cases.queries import CaseFilter, CaseLine, case_lines, find_cases
from arrears.cases.services import ensure_ladder, walk_ladder
from arrears.cases.services.papers import Order, issue
from arrears.legal.queries.bundles import bundle_row
from arrears.legal.services.bundle import make_bundle, request_bundle
from billing.charges.queries import open_charges
from billing.charges.services import issue_bills
from config.bench.figure import Figure, timed
from config.bench.owner import Owner
from config.bench.town import FROM_ON, Town, build
from config.demo.picture import photo_of_a_door
from notices import queries as notices
from notices.documents.pdf import to_pdf
from notices.documents.render import PAPER, render_html
from notices.services import Photo, record_delivery
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.services import members
from values.period import Period

NAME: Final = "evidence_bundle"
PAPERS: Final = 40
_UNITS, _MONTHS = 20, 12
_FIRST: Final = date(2025, 1, 1)
_AS_OF: Final = date(2026, 3, 1)
_AT: Final = datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def measure(owner: Owner) -> Figure:
    """Forty papers with their proofs and photos, contract, ledger, calculation; memory is bounded by disk."""
    town = build(_UNITS, owner)
    by = _lawyer(town)
    with acting_for(town.tenant_id, user_id=by.user_id):
        case = _case(town)
        ids = _papers(case)
    with acting_for(town.tenant_id, user_id=by.user_id):
        alone, _size = timed(partial(_drawn_alone, ids))
        asked = request_bundle(
            case_id=case.case_id,
            audience="COURT",
            purpose="测量",
            expires_on=_AS_OF,
            by=by,
            as_of=_AS_OF,
            at=_AT,
        )
        first, result = timed(partial(make_bundle, bundle_id=asked.bundle_id, at=_AT))
        second, _result = timed(partial(make_bundle, bundle_id=asked.bundle_id, at=_AT))
        exhibits = len(bundle_row(asked.bundle_id).contents)
    more: dict[str, Any] = {
        "papers": len(ids),
        "exhibits": exhibits,
        "pages": result["pages"],
        "seconds_per_paper": round(first / len(ids), 3),
        "alone_seconds": round(alone, 3),
        "ratio_to_alone": round(first / alone, 2),
        "drawn_before_seconds": round(second, 3),
    }
    return Figure(NAME, len(ids), first, more)


def _lawyer(town: Town) -> StaffMember:
    name = f"bench-{town.tenant_id}-legal"
    user = members.create_user(username=name, name=name, password=name, check=False)
    members.join(tenant_id=town.tenant_id, user_id=user.pk, roles=[Role.LEGAL])
    return StaffMember(user.pk, name, town.tenant_id, "", frozenset({Role.LEGAL}))


def _case(town: Town) -> CaseLine:
    """A year billed by the month and unpaid."""
    ensure_ladder(active_from=FROM_ON)
    for month in range(1, _MONTHS + 1):
        period = Period.month(_FIRST.year, month)
        issue_bills(community_id=town.community_id, period=period, issued_on=period.start + timedelta(4))
    walk_ladder(as_of=_AS_OF)
    return case_lines(find_cases(CaseFilter(), as_of=_AS_OF)[:1], as_of=_AS_OF)[0]


def _papers(case: CaseLine) -> list[int]:
    """Its twelve bills and as many demands as make forty, all signed for, each with a photo."""
    ids = [bill.notice_id for bill in notices.documents_of([case.account_id], kinds=("BILL_NOTICE",))]
    charges = tuple(open_charges(account_ids=[case.account_id], as_of=_AS_OF))
    day = _AS_OF - timedelta(days=PAPERS)
    while len(ids) < PAPERS:
        order = Order(case.case_id, case.account_id, case.community_id, "DEMAND", charges, 15)
        ids += [made for made in issue([order], as_of=day).values() if made is not None]
        day += timedelta(days=1)
    for notice_id in ids:
        record_delivery(
            notice_id=notice_id, method="EMS", result="SIGNED", on=_AS_OF, as_of=_AS_OF, receiver="OWNER",
            receiver_name="业主", waybill=f"EZ{notice_id}", photo=Photo("proof.png", photo_of_a_door()),
        )  # fmt: skip
    return ids


def _drawn_alone(ids: list[int]) -> int:
    return sum(len(to_pdf(render_html(notices.get(pk)), stylesheet=PAPER)) for pk in ids)

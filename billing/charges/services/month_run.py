"""The steps of a community's month, put together from its preview, its runs and its papers."""

from __future__ import annotations

from typing import NamedTuple

from billing.charges.queries.billable import priced_items
from billing.charges.queries.month_run import Progress, ReleaseRow, month_progress, release_of
from billing.charges.rules.month_run import Facts, Release, Step, month_steps
from billing.charges.services.preview import Preview
from values.period import Period


class MonthRun(NamedTuple):
    """A month's ladder with what stands behind it."""

    steps: tuple[Step, ...]
    progress: Progress
    release: ReleaseRow | None

    @property
    def is_stopped(self) -> bool:
        """Whether the run waits for somebody."""
        return self.release is not None and self.release.state.stops


def month_run(*, community_id: int, period: Period, preview: Preview | None, missing: str = "") -> MonthRun:
    """Where the month stands. `preview` None: it was refused, and the code `missing` says why."""
    progress = month_progress(community_id, period)
    release = release_of(community_id, period)
    facts = Facts(
        missing=missing,
        tariffs=len(priced_items(community_id)),
        release=release.state if release else Release.NOT_ASKED,
        bills=progress.bills,
        amount_fen=progress.amount_fen,
        papers=progress.papers,
        printed=progress.printed,
        delivered=progress.delivered,
    )
    if preview is not None:
        facts = facts._replace(
            to_issue=preview.bills,
            to_issue_fen=preview.total_fen,
            left_out=sum(one.units for one in preview.left_out if not one.is_billed),
            changed=None if preview.is_first else preview.changed,
        )
    return MonthRun(month_steps(facts), progress, release)

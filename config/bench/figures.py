"""The figures by name, and `growth`: what a unit costs more in a company ten times as large."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from config.bench import (
    bill_run,
    bundles,
    evidence_bundle,
    imports,
    ladder,
    ladder_large,
    limitation,
    pages,
    payments,
    reconcile,
    statement,
)
from config.bench.figure import Figure, middle
from config.bench.owner import Owner

GROWTH: Final = "growth"
_TENTH: Final = 10
_TIMES: Final = 3  # small companies are quick to measure and easily disturbed
_MEASURES: Final[dict[str, Callable[[int, Owner], Figure]]] = {
    bill_run.NAME: bill_run.measure,
    ladder.QUIET: ladder.measure_quiet,
    ladder.WORST: ladder.measure_worst,
    imports.NAME: imports.measure,
    reconcile.NAME: reconcile.measure,
    payments.NAME: payments.measure,
}
# What somebody waits for: judged by itself, not by what a unit costs.
_WAITS: Final[dict[str, Callable[[int, Owner], Figure]]] = {
    pages.PAGES: pages.measure_pages,
    pages.SEARCH: pages.measure_search,
    limitation.NAME: limitation.measure,
}
_COMMUNITY: Final = 2600  # what one project of a company has
_LARGE: Final = (ladder_large.NAME, ladder_large.WORKLIST)
FIGURES: Final = (statement.NAME, *_LARGE, *_MEASURES, *_WAITS, evidence_bundle.NAME, bundles.NAME, GROWTH)


def measure(
    names: Sequence[str], *, units: int, owner: Owner, say: Callable[[str], Any]
) -> Iterator[dict[str, Any]]:
    """A line for each figure asked for. Growth uses those that are measured already and makes the others."""
    yield from _enormous(names, units * statement.TIMES_LARGER, owner, say)
    large: dict[str, Figure] = {}
    for name in _MEASURES:
        if name in names or GROWTH in names:
            say(f"{name}: a company of {units} units")
            large[name] = _MEASURES[name](units, owner)
            if name in names:
                yield large[name].as_json()
    for name in _WAITS:
        for size in sorted({min(_COMMUNITY, units), units}) if name in names else ():
            say(f"{name}: a company of {size} units")
            yield _WAITS[name](size, owner).as_json()
    yield from _one_of(names, owner, say)
    if GROWTH in names:
        yield {
            "bench": GROWTH,
            "units": [units // _TENTH, units],
            **_growth(large, units // _TENTH, owner, say),
        }


def _one_of(names: Sequence[str], owner: Owner, say: Callable[[str], Any]) -> Iterator[dict[str, Any]]:
    """What does not hang on the size of the company."""
    if evidence_bundle.NAME in names:
        say(f"{evidence_bundle.NAME}: a case with {evidence_bundle.PAPERS} papers")
        yield evidence_bundle.measure(owner).as_json()
    if bundles.NAME in names:
        yield bundles.weigh()


def _enormous(
    names: Sequence[str], units: int, owner: Owner, say: Callable[[str], Any]
) -> Iterator[dict[str, Any]]:
    """First of all: it works in a copy of the database, which is small yet."""
    if statement.NAME in names:
        say(f"{statement.NAME}: a company of {units} units")
        yield statement.measure(units, owner).as_json()
    if not set(_LARGE).isdisjoint(names):
        say(f"{ladder_large.NAME}: a company of {units} units, a fifth of them in arrears")
        for figure in ladder_large.measure(units, owner, names):
            yield figure.as_json()


def _growth(
    large: dict[str, Figure], units: int, owner: Owner, say: Callable[[str], Any]
) -> dict[str, float]:
    found = {}
    for name, figure in large.items():
        say(f"{name}: {_TIMES} companies of {units} units")
        small = [_MEASURES[name](units, owner).seconds_per_unit for _time in range(_TIMES)]
        found[name] = round(figure.seconds_per_unit / middle(small), 2)
    return found

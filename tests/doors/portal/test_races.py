"""Two requests at once: a code is used once, guesses all count, a phone is rung once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tenancy.kernel import clock
from tenancy.people.models import PortalCode
from tenancy.people.services import portal

PHONE = "13800138000"


def _at_once(act: Callable[[int], Any], *, times: int) -> list[Any]:
    """What each of several simultaneous calls returned or raised."""
    gate, answers = threading.Barrier(times), [None] * times

    def run(turn: int) -> None:
        gate.wait()
        try:
            answers[turn] = act(turn)
        except (portal.WrongCode, portal.TooManyCodes) as refusal:
            answers[turn] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def code(committed: Any) -> str:
    """A code that was sent to an owner of both companies."""
    asked = portal.ask_for_code(phone=PHONE, address="127.0.0.1", at=clock.now())
    found = [portal.Found(c.tenant.pk, c.parties["张三"].pk) for c in (committed.jinxiu, committed.yunding)]
    return portal.make_code(request_id=asked, phone=PHONE, found=found)


def test_of_two_who_enter_the_right_code_at_once_one_gets_in(code: str):
    answers = _at_once(lambda _turn: portal.log_in(phone=PHONE, code=code, at=clock.now()), times=4)
    assert sorted(type(answer).__name__ for answer in answers) == [
        "Key",
        "WrongCode",
        "WrongCode",
        "WrongCode",
    ]


def test_guesses_in_parallel_are_all_counted(code: str):
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    _at_once(lambda _turn: portal.log_in(phone=PHONE, code=wrong, at=clock.now()), times=8)
    assert PortalCode.objects.get().tries == portal.MAX_TRIES
    with pytest.raises(portal.WrongCode):
        portal.log_in(phone=PHONE, code=code, at=clock.now())


def test_a_phone_that_is_asked_for_from_many_places_at_once_gets_one_code(committed: Any):
    answers = _at_once(
        lambda turn: portal.ask_for_code(phone=PHONE, address=f"10.0.0.{turn}", at=clock.now()), times=4
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["TooManyCodes"] * 3 + ["int"]

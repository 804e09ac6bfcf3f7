"""What proves an interruption by hand, and why a delivery that does not count does not."""

from itertools import product

import pytest

from arrears.cases.rules.clock_proofs import SHOWS, Claimed, Proof, lacking, why_no_interruption
from arrears.cases.rules.limitation import Interruption
from notices.rules.delivered import Method, Receiver, Result, delivered

WHOLE = {
    "has_file": True,
    "evidence": "微信截图",
    "at_agreed_address": True,
    "arrived": True,
    "by_debtor": True,
    "told_of_recording": True,
    "debtor_missing": True,
}


@pytest.mark.parametrize("proof", list(Proof))
def test_a_proof_with_all_its_marks_holds_and_none_holds_without_a_file_or_a_word(proof):
    assert lacking(Claimed(proof, **WHOLE)) is None
    assert lacking(Claimed(proof, **WHOLE | {"has_file": False})).code == "proof_without_file"
    assert lacking(Claimed(proof, **WHOLE | {"evidence": " "})).code == "proof_not_described"


@pytest.mark.parametrize(
    ("proof", "mark", "code"),
    [
        (Proof.MESSAGE_AGREED, "at_agreed_address", "proof_no_agreed_address"),
        (Proof.MESSAGE_AGREED, "arrived", "proof_not_arrived"),
        (Proof.MEDIATION_REQUEST, "arrived", "proof_not_arrived"),
        (Proof.NEWSPAPER, "debtor_missing", "proof_debtor_not_missing"),
        (Proof.SIGNED_PAPER, "by_debtor", "proof_not_by_debtor"),
        (Proof.WRITTEN_PROMISE, "by_debtor", "proof_not_by_debtor"),
        (Proof.RECORDED_PROMISE, "told_of_recording", "proof_secret_recording"),
    ],
)
def test_what_does_not_prove_arrival_or_agreement_says_what_is_missing(proof, mark, code):
    assert lacking(Claimed(proof, **WHOLE | {mark: False})).code == code


def test_a_suspension_shows_no_interruption_at_all():
    assert SHOWS[Proof.SUSPENSION] is None
    assert SHOWS[Proof.RECORDED_PROMISE] is Interruption.ACKNOWLEDGEMENT


def test_every_delivery_that_does_not_interrupt_has_a_reason_of_its_own_kind():
    codes = set()
    for method, result, receiver, agreed in product(Method, Result, Receiver, (False, True)):
        worth = delivered(method, result, receiver, document="DEMAND", agreed_address=agreed)
        if not worth.interrupts:
            codes.add(why_no_interruption(method, result, receiver=receiver, agreed_address=agreed))
    assert codes == {
        "clock_bulletin", "clock_came_back", "clock_no_receipt", "clock_no_agreed_address", "clock_only_left",
        "clock_refused_elsewhere", "clock_signed_by_stranger", "clock_not_proved",
    }  # fmt: skip


def test_what_counts_for_the_owner_is_never_called_a_stranger():
    for method, receiver in product((Method.HAND, Method.EMS), (Receiver.OWNER, Receiver.ADULT_CORESIDENT)):
        worth = delivered(method, Result.SIGNED, receiver, document="DEMAND", agreed_address=False)
        assert worth.interrupts

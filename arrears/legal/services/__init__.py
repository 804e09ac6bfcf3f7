"""Use cases of legal, one file each."""

from arrears.legal.services.agreements import (
    AgreementRefused,
    NoAgreement,
    add_agreement,
    covering,
    end_agreement,
    record_export,
)
from arrears.legal.services.alerts import raise_alerts
from arrears.legal.services.docket import EntryRefused, NewEntry, enter
from arrears.legal.services.drafts import drop_draft, open_draft, reopen_draft, save_draft
from arrears.legal.services.endings import EvaluationRefused, evaluate
from arrears.legal.services.filing import mark_filed
from arrears.legal.services.finishing import finish_draft
from arrears.legal.services.firms import FirmFields, save_firm
from arrears.legal.services.gates import GateShut, NotALawyer, NoteRefused, note_gate, require
from arrears.legal.services.public import (
    NoticeMoved,
    NoticeRefused,
    NoticeUntrue,
    NotLegal,
    ask_notice,
    must_come_down,
    post_notice,
    remove_notice,
    sign_notice,
)
from arrears.legal.services.results import record_result
from arrears.legal.services.reviews import NoReviewOpen, NotAReviewer, ReviewRefused, write_review
from arrears.legal.services.withdrawals import draft_withdrawals
from arrears.legal.services.write_off import WriteOffAsked, WriteOffRefused, ask_write_off

__all__ = [
    "AgreementRefused",
    "EntryRefused",
    "EvaluationRefused",
    "FirmFields",
    "GateShut",
    "NewEntry",
    "NoAgreement",
    "NoReviewOpen",
    "NotALawyer",
    "NotAReviewer",
    "NotLegal",
    "NoteRefused",
    "NoticeMoved",
    "NoticeRefused",
    "NoticeUntrue",
    "ReviewRefused",
    "WriteOffAsked",
    "WriteOffRefused",
    "add_agreement",
    "ask_notice",
    "ask_write_off",
    "covering",
    "draft_withdrawals",
    "drop_draft",
    "end_agreement",
    "enter",
    "evaluate",
    "finish_draft",
    "mark_filed",
    "must_come_down",
    "note_gate",
    "open_draft",
    "post_notice",
    "raise_alerts",
    "record_export",
    "record_result",
    "remove_notice",
    "reopen_draft",
    "require",
    "save_draft",
    "save_firm",
    "sign_notice",
    "write_review",
]

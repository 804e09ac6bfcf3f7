"""Use cases, one file each."""

from arrears.relief.services.asking import (
    ApplicationRefused,
    ApplicationStands,
    ClaimAtCourt,
    Upload,
    Wish,
    ask_application,
    chosen_charges,
    withdraw_application,
)
from arrears.relief.services.daily import run_relief
from arrears.relief.services.locked import ApplicationMoved
from arrears.relief.services.printing import print_form
from arrears.relief.services.running import release_application
from arrears.relief.services.signing import FiguresMoved, SigningRefused, draw_up, sign_plan

__all__ = [
    "ApplicationMoved",
    "ApplicationRefused",
    "ApplicationStands",
    "ClaimAtCourt",
    "FiguresMoved",
    "SigningRefused",
    "Upload",
    "Wish",
    "ask_application",
    "chosen_charges",
    "draw_up",
    "print_form",
    "release_application",
    "run_relief",
    "sign_plan",
    "withdraw_application",
]

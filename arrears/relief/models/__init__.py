"""Applications with their charges and proof, and signed instalment plans."""

from arrears.relief.models.application import Application, ApplicationCharge, Proof
from arrears.relief.models.plan import Instalment, Plan, PlanCharge

__all__ = [
    "Application",
    "ApplicationCharge",
    "Instalment",
    "Plan",
    "PlanCharge",
    "Proof",
]

"""Who may knock and who may sign: two persons where an owner refuses; a signature has a name (L-CO4)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.sanity import Wrong
from values.because import Because, because

# Whoever refuses is never visited by one person alone: what was said is then one word against another.
_NOT_ALONE: Final = frozenset({CaseClass.E.value})

# Results of a visit that reached the debtor himself; somebody else at the door is no effective contact.
MET: Final = ("MET_PROMISED", "MET_UNDECIDED", "MET_REFUSED")


class Signer(StrEnum):
    """Who signs at the door: the owner's own hand, an adult who lives there, or an agent."""

    OWNER = "OWNER"
    ADULT_CORESIDENT = "ADULT_CORESIDENT"
    AGENT = "AGENT"


def refuse_alone(klass: str, *, second_person: str, workplace: bool = False) -> Because | None:
    """Why one person may not go: an owner of class E, or a visit to a workplace. None when he may.

    >>> refuse_alone("E_REFUSED", second_person=" ").code, refuse_alone("E_REFUSED", second_person="何军")
    ('two_persons', None)
    >>> refuse_alone("B_UNDECIDED", second_person="", workplace=True).code
    'two_persons_at_work'
    """
    if second_person.strip():
        return None
    if workplace:
        return because("two_persons_at_work")
    return because("two_persons") if klass in _NOT_ALONE else None


def refuse_signature(signer: str, *, name: str, relation: str) -> Wrong | None:
    """Why a signature says nothing: nobody's name, or a co-resident or agent who does not say what he is.

    >>> refuse_signature("ADULT_CORESIDENT", name="王芳", relation="").field
    'signer_relation'
    >>> refuse_signature("OWNER", name="张三", relation="") is None
    True
    """
    if signer not in set(Signer):
        return Wrong("signer", because("signer_needed"))
    if not name.strip():
        return Wrong("signer_name", because("signer_name_needed"))
    if signer != Signer.OWNER and not relation.strip():
        return Wrong("signer_relation", because("signer_relation_needed"))
    return None

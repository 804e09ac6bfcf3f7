"""What owners answers to others: rows, not models."""

from owners.queries.communities import (
    CommunityCard,
    CommunityRow,
    communities,
    community_by_code,
    community_card,
    community_cards,
)
from owners.queries.debtors import Joint, joint_debtors, joint_names, payers_of_unit
from owners.queries.parties import ContactRow, PartyOfUnit, contacts_of, holders_of_unit, parties_of_unit
from owners.queries.search import UnitHit, find_units
from owners.queries.units import BuildingRow, UnitHeader, buildings, unit_header, unit_ids, units_of_kind

__all__ = [
    "BuildingRow",
    "CommunityCard",
    "CommunityRow",
    "ContactRow",
    "Joint",
    "PartyOfUnit",
    "UnitHeader",
    "UnitHit",
    "buildings",
    "communities",
    "community_by_code",
    "community_card",
    "community_cards",
    "contacts_of",
    "find_units",
    "holders_of_unit",
    "joint_debtors",
    "joint_names",
    "parties_of_unit",
    "payers_of_unit",
    "unit_header",
    "unit_ids",
    "units_of_kind",
]

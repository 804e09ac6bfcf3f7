"""The grammar of every staff list: a list declares its columns and filters, the rest is built here once."""

from tenancy.people.lists.acts import Act
from tenancy.people.lists.bulk import BulkPage, Picked
from tenancy.people.lists.chips import Chip, choose, without
from tenancy.people.lists.columns import OWNER, ROOM, Column, Kind
from tenancy.people.lists.page import Empty, ListPage, open_list

__all__ = [
    "OWNER",
    "ROOM",
    "Act",
    "BulkPage",
    "Chip",
    "Column",
    "Empty",
    "Kind",
    "ListPage",
    "Picked",
    "choose",
    "open_list",
    "without",
]

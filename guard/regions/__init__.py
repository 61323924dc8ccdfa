"""Where data may be, and what the law says of it: tables with a source and a shelf life."""

from guard.regions.destination import DestinationRow
from guard.regions.refusals import Unresolved
from guard.regions.regions import Regions
from guard.regions.resolve import Resolution, Resolver
from guard.regions.rows import CategoryRow, JurisdictionRow, Row, UseCaseRow

__all__ = [
    "CategoryRow",
    "DestinationRow",
    "JurisdictionRow",
    "Regions",
    "Resolution",
    "Resolver",
    "Row",
    "Unresolved",
    "UseCaseRow",
]

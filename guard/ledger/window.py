"""Windows of time in whole days: a calendar year, so many months back, or since a first day.

Days are proleptic Gregorian ordinals (`date.toordinal`) on the law's own clock. Where a window
begins within a day, all of that day belongs to it: the count errs against the exporter.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Self, cast

Kind = Literal["calendar_year", "rolling_months", "since_first_days"]


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a threshold.

    Args:
        kind: How its beginning follows from the day of a transfer.
        length: Months or days; 0 for a calendar year.
        utc_offset: How far the law's clock is ahead of UTC.
    """

    kind: Kind
    length: int
    utc_offset: timedelta

    @classmethod
    def parse(cls, text: str, utc_offset_hours: int) -> Self:
        """Read ``calendar_year``, ``rolling_months:12`` or ``since_first_days:60``."""
        kind, _, length = text.partition(":")
        return cls(cast("Kind", kind), int(length or 0), timedelta(hours=utc_offset_hours))

    def day(self, at: datetime) -> int:
        """The day on which `at` (with its time zone) falls on the law's clock."""
        naive = (at - (at.utcoffset() or timedelta())).replace(tzinfo=None)
        return (naive + self.utc_offset).toordinal()

    def start(self, day: int) -> int:
        """The first day that counts on `day`."""
        here = date.fromordinal(day)
        match self.kind:
            case "calendar_year":
                return here.replace(month=1, day=1).toordinal()
            case "rolling_months":
                months = here.year * 12 + here.month - 1 - self.length
                year, month = divmod(months, 12)
                # Twelve months before 29 February is 28 February: the earlier, the more counts.
                last = calendar.monthrange(year, month + 1)[1]
                return date(year, month + 1, min(here.day, last)).toordinal()
            case "since_first_days":
                return 1

"""The filters of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from livepages.schema.expressions.filter import Filter
from livepages.schema.expressions.filter_dates import DATE_FILTERS
from livepages.schema.expressions.filter_lists import LIST_FILTERS
from livepages.schema.expressions.filter_numbers import NUMBER_FILTERS
from livepages.schema.expressions.filter_rows import ROW_FILTERS
from livepages.schema.expressions.filter_texts import TEXT_FILTERS

FILTERS: Mapping[str, Filter] = MappingProxyType(
    {each.name: each for each in (*TEXT_FILTERS, *NUMBER_FILTERS, *DATE_FILTERS, *LIST_FILTERS, *ROW_FILTERS)}
)
"""The filters by name."""

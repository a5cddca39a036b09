"""Incidents and claims -> files in the formats that others read."""

from __future__ import annotations

from strife.exchange.writers.acled import write_acled
from strife.exchange.writers.annotation import write_annotation
from strife.exchange.writers.brat import write_brat
from strife.exchange.writers.geojson import write_geojson
from strife.exchange.writers.happening import Written
from strife.exchange.writers.plover import write_plover
from strife.exchange.writers.table import write_csv, write_parquet
from strife.exchange.writers.ucdp import write_ucdp

__all__ = [
    "Written",
    "write_acled",
    "write_annotation",
    "write_brat",
    "write_csv",
    "write_geojson",
    "write_parquet",
    "write_plover",
    "write_ucdp",
]

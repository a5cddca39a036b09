"""Files of event datasets -> incidents coded by others."""

from __future__ import annotations

from strife.exchange.readers.acled import read_acled
from strife.exchange.readers.gdelt import read_gdelt
from strife.exchange.readers.icews import read_icews
from strife.exchange.readers.phoenix import read_phoenix
from strife.exchange.readers.polecat import read_polecat
from strife.exchange.readers.ucdp import read_ucdp

__all__ = ["read_acled", "read_gdelt", "read_icews", "read_phoenix", "read_polecat", "read_ucdp"]

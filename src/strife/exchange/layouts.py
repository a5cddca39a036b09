"""The layouts of the datasets that are read: their columns, and which of them a file looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strife.exchange.rows import delimiter_of

ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
ACLED_COLUMNS = tuple(
    """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2
    assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
    geo_precision source source_scale notes fatalities tags timestamp""".split()
)
UCDP_COLUMNS = tuple(
    """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
    dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article
    source_office source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude
    longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
    deaths_civilians deaths_unknown best high low gwnoa gwnob""".split()
)
POLECAT_COLUMNS = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,"
    "Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,"
    "Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,"
    "Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,"
    "Story Organizations,Story Locations,Language,Version"
)
ICEWS_COLUMNS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Sectors,"
    "Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
)
PHOENIX_COLUMNS = (
    "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull "
    "TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass GoldsteinScore Issues Lat Lon "
    "LocationName StateName CountryCode SentenceIDs URLs NewsSources"
)


def key_of(column: str) -> str:
    """A column's name as files may differ on it: "Event ID", "Event.ID" and "event_id" are one."""
    return re.sub(r"[\s._]+", "_", column.strip().strip('"').lower())


def _gdelt(adm2: bool) -> tuple[str, ...]:
    actors = [f"Actor{number}{part}" for number in (1, 2) for part in ACTOR.split()]
    geo = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
    if not adm2:
        geo.remove("ADM2Code")
    places = [f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in geo]
    event = "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
    dates = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate"
    columns = [*dates.split(), *actors, *event.split(), *places, "DATEADDED", "SOURCEURL"]
    return tuple(key_of(column) for column in columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """A dataset's columns by their keys; `required` are those without which a row cannot be read.

    A file without a header is told by its width; `quoted` where cells may stand in quotation marks and hold line ends."""

    name: str
    title: str
    columns: tuple[str, ...]
    required: frozenset[str]
    header: bool = True
    quoted: bool = False
    widths: tuple[int, ...] = ()


def _layout(name: str, title: str, columns: Sequence[str], required: str, quoted: bool = False) -> Layout:
    return Layout(name, title, tuple(map(key_of, columns)), frozenset(required.split()), quoted=quoted)


def _wide(name: str, title: str, columns: tuple[str, ...], *also: int) -> Layout:
    return Layout(name, title, columns, frozenset(columns) - {"sourceurl"}, header=False, widths=(len(columns), *also))


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        _layout(
            "ucdp",
            "UCDP GED",
            UCDP_COLUMNS,
            "id type_of_violence side_a side_b where_prec where_coordinates latitude longitude country country_id date_prec "
            "date_start date_end best high low",
            quoted=True,
        ),
        _layout(
            "acled",
            "ACLED",
            ACLED_COLUMNS,
            "event_id_cnty event_date time_precision event_type sub_event_type actor1 actor2 inter1 inter2 country location "
            "latitude longitude geo_precision fatalities",
            quoted=True,
        ),
        _wide("gdelt1", "GDELT 1.0 events", _gdelt(adm2=False), 57),  # before April 2013 without SOURCEURL
        _wide("gdelt2", "GDELT 2.0 events", _gdelt(adm2=True)),
        _layout(
            "icews",
            "ICEWS",
            ICEWS_COLUMNS.split(","),
            "event_id event_date source_name source_sectors source_country cameo_code target_name target_sectors target_country",
        ),
        _layout(
            "polecat",
            "POLECAT",
            POLECAT_COLUMNS.split(","),
            "event_id event_date event_type event_mode actor_name actor_country recipient_name recipient_country",
        ),
        _wide("phoenix", "Phoenix", tuple(key_of(column) for column in PHOENIX_COLUMNS.split())),
    )
}


def looks_like(first_line: str) -> Layout | None:
    """The layout whose first line this may be: by its column names, or by its width where the layout has no header."""
    delimiter = delimiter_of(first_line)
    cells = first_line.rstrip("\r\n").split(delimiter)
    keys = {key_of(cell) for cell in cells}
    scored = [(len(keys & set(layout.columns)) / len(layout.columns), layout.name) for layout in LAYOUTS.values()]
    share, name = max(scored)
    if share >= 0.5:
        return LAYOUTS[name]
    if delimiter == "\t":
        return next((layout for layout in LAYOUTS.values() if len(cells) in layout.widths), None)
    return None

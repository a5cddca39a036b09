"""Which features of GeoNames and which placetypes of Who's On First are places, and of which kind."""

from __future__ import annotations

from strife.gazetteer.entry import Kind

POINTS = (  # what reports name as a place of events: bases, crossings, dams, fields, prisons, camps
    "S.AIRB S.AIRF S.AIRH S.AIRP S.AIRQ S.BDG S.BP S.CMPRF S.CSTM S.DAM S.DAMQ S.FT "
    "S.OILR S.OILT S.PP S.PRN S.PS S.PSH S.PSN S.TNL S.SQR L.GASF L.MILB L.NVB L.OILF "
    "H.BAY H.HBR H.RSV T.BCH T.CAPE T.HLL T.MT T.PASS T.PK T.ISL T.ISLET"
)
REGIONS = (
    "L.RGN L.RGNE L.RGNH L.RGNL L.AREA L.COLF L.CST L.MNA L.TRB L.LCTY L.OAS H.GULF H.SEA H.STRT H.CHN H.STM H.STMS "
    "H.LK H.LKS H.WAD H.CNL H.DLTA H.MRSH H.SWMP "
    "T.DLTA T.DSRT T.ERG T.HLLS T.HDLD T.ISLS T.ISTH T.MESA T.MTS T.PEN T.PLAT T.PLN T.UPLD T.VAL T.VALS T.KRST A.TERR A.ZN "
    "A.ZNB A.PRSH A.ADMD"
)
KINDS: tuple[tuple[Kind, str], ...] = (
    ("point", POINTS),
    ("region", REGIONS),
    ("settlement", "P S.CMPRF"),
    ("district", "P.PPLX A.ADM2 A.ADM3 A.ADM4"),
    ("province", "A.ADM1"),
)
FEATURES = {code: kind for kind, codes in KINDS for code in codes.split()}
ADMIN_LEVELS = {"ADM1": 1, "ADM2": 2}
PLACETYPES: dict[str, tuple[Kind, int]] = {  # with the level of a division
    "country": ("country", 0),
    "dependency": ("country", 0),
    "macroregion": ("region", 0),
    "region": ("province", 1),
    "admin1": ("province", 1),
    "province": ("province", 1),
    "macrocounty": ("district", 0),
    "county": ("district", 2),
    "admin2": ("district", 2),
    "district": ("district", 2),
    "localadmin": ("district", 0),
    "borough": ("district", 0),
    "neighbourhood": ("district", 0),
    "macrohood": ("district", 0),
    "microhood": ("district", 0),
    "locality": ("settlement", 0),
    "settlement": ("settlement", 0),
    "city": ("settlement", 0),
    "town": ("settlement", 0),
    "village": ("settlement", 0),
    "campus": ("point", 0),
    "point": ("point", 0),
    "area": ("region", 0),
    "feature": ("region", 0),
}

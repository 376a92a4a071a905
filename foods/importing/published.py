"""The published tables that foods are imported from, and which of two equal foods is shown."""

from foods.models import Source

USDA = {
    "publisher": "USDA Agricultural Research Service",
    "licence": "public domain (CC0)",
    "url": "https://fdc.nal.usda.gov/",
}
PUBLISHED: dict[str, dict[str, object]] = {
    "foundation": USDA
    | {
        "slug": "usda-foundation",
        "name": "USDA Foundation Foods",
        "credit": "FoodData Central",
        "trust": 80,
    },
    "fndds": USDA
    | {"slug": "usda-fndds", "name": "USDA FNDDS", "credit": "FoodData Central", "trust": 70},
    "sr_legacy": USDA
    | {
        "slug": "usda-sr-legacy",
        "name": "USDA SR Legacy",
        "credit": "FoodData Central",
        "trust": 60,
    },
    "sr28": USDA | {"slug": "usda-sr28", "name": "USDA SR", "credit": "USDA SR28", "trust": 55},
    "ciqual": {
        "slug": "ciqual",
        "name": "Ciqual",
        "publisher": "ANSES",
        "licence": "Etalab Open Licence 2.0",
        "credit": "Anses. 2020. Ciqual French food composition table",
        "url": "https://ciqual.anses.fr/",
        "trust": 50,
    },
    "cofid": {
        "slug": "cofid",
        "name": "UK CoFID",
        "publisher": "Office for Health Improvement and Disparities",
        "licence": "Open Government Licence v3.0",
        "credit": "Composition of foods integrated dataset (CoFID)",
        "url": "https://www.gov.uk/government/publications/composition-of-foods-integrated-dataset-cofid",
        "trust": 50,
    },
}
"""By dataset. The starter table is trusted more (90), Open Food Facts less (40)."""


def source_of(dataset: str, release: str) -> Source:
    """Return the source of a dataset, created or updated."""
    values = {key: value for key, value in PUBLISHED[dataset].items() if key != "slug"}
    source, _ = Source.objects.update_or_create(
        slug=PUBLISHED[dataset]["slug"], defaults=values | {"release": release}
    )
    return source

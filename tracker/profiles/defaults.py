"""What is assumed about a person until they answer."""

from django.utils.translation.trans_real import parse_accept_lang_header

EU_LANGUAGES = "bg cs el es et fr ga hr hu it lt lv mt nl pl pt ro sk sl"

# Which reference a language (or language and region) most likely follows.
AUTHORITY_OF_LANGUAGE = {
    "en-us": "iom",
    "en-ca": "iom",
    "en-gb": "uk",
    "en-ie": "efsa",
    "en-au": "nhmrc",
    "en-nz": "nhmrc",
    "de": "dach",
    "ja": "japan2025",
    "sv": "nnr2023",
    "da": "nnr2023",
    "nb": "nnr2023",
    "nn": "nnr2023",
    "no": "nnr2023",
    "fi": "nnr2023",
    "is": "nnr2023",
    "en": "iom",
    **dict.fromkeys(EU_LANGUAGES.split(), "efsa"),
    **dict.fromkeys(("es-mx", "es-us", "fr-ca"), "iom"),
}
FALLBACK_AUTHORITY = "who"


def authority_for_language(accept_language: str) -> str:
    """Return the code of the reference that a browser's language suggests."""
    for language, _quality in parse_accept_lang_header(accept_language.lower()):
        for known in (language, language.split("-")[0]):
            if known in AUTHORITY_OF_LANGUAGE:
                return AUTHORITY_OF_LANGUAGE[known]
    return FALLBACK_AUTHORITY if accept_language else "iom"

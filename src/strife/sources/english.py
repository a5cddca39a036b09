"""Whether a text is English: by its commonest words, and by a language model only where these are few."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from strife.errors import NotEnglish

SHORT = 100  # letters: below this no method is sure, and a text in Latin letters has the benefit of the doubt
SHORT_OTHER = 20  # the same for texts in other scripts, which cannot be English
SURE = 0.15  # share of common English words that no other language reaches
CONFIDENT = 0.6  # probability from which another language is believed
PART = 1500  # characters looked at from the start, the middle and the end of a text
COMMON = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "that",
        "for",
        "with",
        "by",
        "from",
        "were",
        "said",
        "has",
        "have",
        "been",
        "which",
        "their",
        "this",
        "after",
        "who",
        "not",
        "they",
        "his",
        "are",
        "on",
        "was",
    }
)
WORD = re.compile(r"[^\W\d_]+")
NAMES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "arz": "Egyptian Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "ckb": "Sorani Kurdish",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "eo": "Esperanto",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fil": "Filipino",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "gu": "Gujarati",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "ht": "Haitian Creole",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "ig": "Igbo",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "jv": "Javanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ku": "Kurdish",
    "ky": "Kyrgyz",
    "la": "Latin",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "mn": "Mongolian",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovene",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "tg": "Tajik",
    "th": "Thai",
    "ti": "Tigrinya",
    "tk": "Turkmen",
    "tl": "Tagalog",
    "tr": "Turkish",
    "ug": "Uyghur",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "xh": "Xhosa",
    "yo": "Yoruba",
    "zh": "Chinese",
    "zu": "Zulu",
}


def require_english(text: str, place: str) -> None:
    """NotEnglish, with the language named, where a text is surely in another one."""
    language = other_language(text)
    if language is not None:
        name = f"{NAMES[language]} ({language})" if language in NAMES else f"the language {language}"
        raise NotEnglish(f"{place}: the text is in {name}, and strife reads English only; translate it first")


def other_language(text: str) -> str | None:
    """The ISO 639 code of the language of a text where that is surely not English, else None."""
    sample = _sample(text).lower()  # capitals mislead the model
    words = WORD.findall(sample)
    letters = sum(map(len, words))
    latin = sum(len(word) for word in words if word.isascii())
    if letters < (SHORT if latin >= letters / 2 else SHORT_OTHER):
        return None
    if sum(word in COMMON for word in words) >= SURE * len(words):
        return None
    language, probability = _classify()(sample)
    doubtful = probability < CONFIDENT and latin >= letters / 2
    return None if language == "en" or doubtful else language


def _sample(text: str) -> str:
    if len(text) <= 3 * PART:
        return text
    middle = len(text) // 2
    return f"{text[:PART]} {text[middle : middle + PART]} {text[-PART:]}"


@functools.cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """The model, loaded when it is first needed (most of a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classify: Callable[[str], tuple[str, float]]
    classify = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify
    return classify

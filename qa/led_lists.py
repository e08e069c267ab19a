"""The list that a sentence leads in: without it "… phải đủ ba điều kiện:" says nothing."""

from __future__ import annotations

import re

from index.text.tokens import syllable_count
from qa.lists import Enumeration, find_enumerations
from qa.sentences import Sentence

_LEADS_IN = re.compile(r"(?::|\b(?:sau|sau đây|gồm(?: có)?|dưới đây)[.:]?)\s*$|:\s*(?:\(?\w{1,2}[.)]|[-–+•]) ")
_WINDOW = 4000  # characters behind the sentence in which its list stands
MAX_SHORT = 90  # syllables of all items of a list that is told with a sentence quoted besides


def led_list(sentence: Sentence) -> Enumeration | None:
    """The list that the sentence says will follow; the paragraph above a list may speak of something else."""
    if not _LEADS_IN.search(sentence.lowered):
        return None
    for enumeration in find_enumerations(sentence.article, sentence.start, sentence.end + _WINDOW):
        if enumeration.lead is not None and sentence.start <= enumeration.lead.start < sentence.end:
            return enumeration
    return None


def short_list(sentence: Sentence) -> Enumeration | None:
    """That list where it is short enough to be told besides."""
    led = led_list(sentence)
    if led is None or sum(syllable_count(led.article.text[item.start : item.end]) for item in led.items) > MAX_SHORT:
        return None
    return led


def says_nothing_alone(sentence: Sentence) -> bool:
    """Whether it only announces what no short list tells: "Các mốc kiểm tra:"."""
    return sentence.lowered.endswith(":") and short_list(sentence) is None

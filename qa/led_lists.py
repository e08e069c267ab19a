"""The list that a sentence leads in: without it "… phải đủ ba điều kiện:" says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.tokens import syllable_count
from qa.evidence import Evidence
from qa.lists import Enumeration, find_enumerations
from qa.sentences import Sentence
from qa.types import AnswerType, Question

_LEADS_IN = re.compile(r"(?::|\b(?:sau|sau đây|gồm(?: có)?|dưới đây)[.:]?)\s*$|:\s*(?:\(?\w{1,2}[.)]|[-–+•]) ")
_WINDOW = 4000  # characters behind the sentence in which its list stands
AS_LIKELY, CLEARLY_MORE = 0.6, 0.15  # of the likelihood of the best sentence; of the question
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


def enumerating_first(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Where a list is asked for and the best sentence leads in one, a sentence about as likely in front that has clearly more of what is
    asked: it says in one row what is asked, the list what goes before."""
    if question.answer_type is not AnswerType.LIST or len(evidence) < 2 or led_list(evidence[0].sentence) is None:
        return list(evidence)
    best, other = evidence[0], evidence[1]
    more = other.score >= AS_LIKELY and other.features.own >= best.features.own + CLEARLY_MORE and led_list(other.sentence) is None
    return [replace(other, score=1.0), best, *evidence[2:]] if more else list(evidence)


def says_nothing_alone(sentence: Sentence) -> bool:
    """Whether it only announces what no short list tells: "Các mốc kiểm tra:"."""
    return sentence.lowered.endswith(":") and short_list(sentence) is None

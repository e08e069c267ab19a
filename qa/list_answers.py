"""Answers that are lists: a whole one with its lead, one item of it, a definition with what it leads in, a field of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.canonical import canonical, fold
from index.text.dates import TermMention, find_asked_terms, find_terms
from index.text.tokens import syllable_count, terms
from index.types import Span
from qa.beyond import of_another_number
from qa.circumstances import of_a_mishap
from qa.definitions import MAX_DEFINITION_SYLLABLES, asks_bare_body, find_definition
from qa.demands import numbered_parts
from qa.evidence import Evidence
from qa.form_fields import field_asked, find_labelled, is_step_asked, place_meant
from qa.inner_lists import list_below
from qa.intents import says_forbidden
from qa.lacking import of_another_term
from qa.led_lists import led_list
from qa.list_choice import (
    asked_of_list,
    denies,
    item_meant,
    kinds_asked,
    kinds_of,
    kinds_of_lead,
    names_papers,
    question_answered,
)
from qa.lists import Enumeration, find_enumerations, shorten_item, text_below
from qa.material import SECOND_SENTENCE_SHARE, Material
from qa.mentions import provinces_in
from qa.outline import mere_lines
from qa.quotes import shorten
from qa.support import likelihood_of, missing_names
from qa.terms import QuestionTerms, content_terms, coverage, fold_term
from qa.types import AnswerType, Passage, Question
from qa.untold import lacks_again
from qa.wording import Line, Quote, capitalised, dated

MAX_WHOLE_SYLLABLES = 60  # a list so short is told whole where the question is whether: an item alone says neither yes nor no
MAX_NAME_SYLLABLES = 4  # an item so short says little by itself
HEAD_CHARACTERS = 14  # in which a lead names what it is of, behind its number
_HEADING_NUMBER = re.compile(r"^\s*(?:[-–•+*]|(?:\w{1,3}[.)-]\s?){1,3})?\s*(?:[Vv]ề |[Cc]ác |[Nn]hững )?")
_ANNOUNCED = re.compile(r"\b(?:các|những|một trong (?:các|những)) (?P<things>[^,.;:]{2,40}?) (?:sau|sau đây|dưới đây)[:.]?\s*$")
_COUNTED = re.compile(r"\b(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám) (?P<things>[^,.;:]{2,40}?)(?: gồm(?: có)?| sau(?: đây)?| là)?:$")
LISTED_SHARE = 0.6  # of the likelihood other answers must have: a list has a lead that is read besides
MIN_STEP = 0.8  # of the question, by the name of a step and what is done in it
MIN_HEADED = 0.5  # of the question, by the heading above a field of a form
MIN_LEADING = 0.5  # of what the best sentence has of the question, by another whose list is told
LOOKED_AT = 3  # of the best sentences, that may tell the case asked about where a list does not
LABEL_CHARACTERS = 20  # in which an item names its numbered part
MAX_READ_WHOLE = 6000  # characters of an article whose lists are looked at wherever they stand
_Ranked = tuple[float, int, Enumeration, Passage]
_ONE_OF_SEVERAL = re.compile(r"(?:thứ|bước) \w+(?=\s*[,:.–-]| là\b)|\(\d{1,2}\)")  # an item of another list, whatever it lists itself
_LIST_WINDOW = 4000  # characters before a passage in which the list it belongs to may begin
_LEAD_WINDOW = 600  # characters after a passage in which the first item may stand that it leads in


def answer_from_definition(material: Material) -> list[Line] | None:
    """The sentence that defines what is asked, with the list that it leads in; [] declines: nothing says what the body asked about is."""
    found = find_definition(material.question, [each.sentence for each in material.evidence], material.hits, material.engine)
    if found is None and asks_bare_body(material.question):
        return []
    if found is None or missing_names(material.question, found.sentence.article):
        return None
    article = found.sentence.article
    span = shorten(article.text, found.span, material.asked, found.span.start, MAX_DEFINITION_SYLLABLES)
    led = led_list(found.sentence)
    if led is not None:
        return _word_list(led, found.sentence.passage)
    return [[f"{capitalised(dated(article))}: ", Quote(found.sentence.passage, article, span)]]


def answer_from_whole_list(material: Material) -> list[Line] | None:
    """The list asked for, or its item, where a list covers the question; a sentence that enumerates and covers more comes before it.
    [] declines: the list that is meant has no such item."""
    question = material.question
    if question.answer_type is not AnswerType.LIST and not question.ordinal:
        return None
    asked = asked_of_list(question, material.asked)
    field = _answer_from_field(material, asked)
    if field is not None:
        return field
    chosen = _best_enumeration(material, asked)
    if chosen is None or missing_names(question, chosen[0].article) or of_another_term(question, chosen[0].article):
        return None
    if of_another_number(question, chosen[0].article):
        return None  # "các việc của tháng 7/2021" are not those of June
    enumeration, passage = chosen
    if _is_step(material, asked, enumeration):
        return _word_list(enumeration, passage)  # "2.3. Bước 3: …" leads in what is done in that step
    if question.ordinal:
        return _word_item(enumeration, question.ordinal, passage) if abs(question.ordinal) <= len(enumeration.items) else []
    best = material.evidence[0] if material.evidence else None
    close = [each for each in material.evidence[:LOOKED_AT] if best is not None and each.features.own >= best.features.own]
    if any(_misses_the_case(question, each, enumeration) for each in close):
        return None
    if _list_support(asked, enumeration) < material.thresholds.listed or _sentence_says_more(question, asked, best, enumeration):
        return None
    if likelihood_of(question, material.evidence, material.asked) < LISTED_SHARE * material.thresholds.likelihood:
        return None  # "thủ tục ly hôn" finds a list of steps anywhere
    return _word_list_or_item(material, enumeration if question.carried else list_below(enumeration, material.asked), passage)


def _misses_the_case(question: Question, best: Evidence, enumeration: Enumeration) -> bool:
    """ "Lỡ làm mất sổ thì cần giấy tờ gì": a list that speaks of no loss, where the best sentence does; the same of what is forbidden."""
    folded = fold(canonical(question.standalone))
    introduced = enumeration.lead_text or enumeration.above
    headed = canonical(f"{enumeration.heading} {introduced}")
    if lacks_again(folded, f"{enumeration.article.metadata.title} {headed} {enumeration.text}"):
        return True
    cases = ((of_a_mishap(folded), f"{headed} {canonical(enumeration.text)}"), (says_forbidden(folded, question.answer_type), headed))
    return any(told(best.sentence.lowered) and not told(listed) for told, listed in cases if told is not None)


def _is_step(material: Material, asked: QuestionTerms, enumeration: Enumeration) -> bool:
    """Whether the list tells what is done in the step asked about, of the very thing asked about."""
    if not material.question.ordinal or not is_step_asked(material.question, enumeration.lead_text):
        return False
    source = f"{enumeration.article.metadata.title} {enumeration.article.metadata.issuer or ''}"
    told = terms(f"{enumeration.lead_text} {enumeration.above} {enumeration.text} {source}")
    return coverage(place_meant(material.question, asked), told) >= MIN_STEP


def _answer_from_field(material: Material, asked: QuestionTerms) -> list[Line] | None:
    """The field of a form that carries the number asked for ("(19) Số căn cước: …" for "mục 19 của phiếu"), under the heading that speaks
    of the form; None where no heading does so clearly."""
    label = field_asked(material.question)
    if label is None:
        return None
    meant = place_meant(material.question, asked)
    passages = {passage.article_id: passage for passage in reversed(material.passages)}
    fields = [
        (coverage(meant, terms(f"{heading} {article.metadata.title}")), coverage(meant, terms(heading)), -order, block, article, passage)
        for order, passage in enumerate(passages.values())
        for article in [material.engine.article(passage.article_id)]
        for block, heading in find_labelled(article, label)
    ]
    if not fields:
        return None
    best = max(fields, key=lambda entry: entry[:3])
    *_, block, article, passage = best
    if best[1] < MIN_HEADED:
        return None
    quote = Quote(passage, article, shorten_item(article.text, Span(block.start, block.end)))
    return [[f"{capitalised(dated(article))}: ", quote]]


def _word_list_or_item(material: Material, enumeration: Enumeration, passage: Passage) -> list[Line]:
    """The whole list for who asks for one, else the item that is meant where one is: of a follow-up by what it newly asks."""
    question = material.question
    asked = material.asked.focused() if question.carried else material.asked
    wants_all = question.answer_type in (AnswerType.LIST, AnswerType.REASON) and not question.carried and not _names_lists(enumeration)
    only = None if wants_all else item_meant(enumeration, asked)
    if only is None or (question.answer_type is AnswerType.YES_NO and syllable_count(enumeration.text) <= MAX_WHOLE_SYLLABLES):
        return _word_list(enumeration, passage)
    item = _word_item(enumeration, only + 1, passage)
    lead = enumeration.lead
    if question.answer_type is not AnswerType.YES_NO or lead is None or syllable_count(enumeration.lead_text) > MAX_WHOLE_SYLLABLES:
        return item
    return [[f"{capitalised(dated(enumeration.article))}: ", Quote(passage, enumeration.article, lead)], *item]


def _names_lists(enumeration: Enumeration) -> bool:
    """Whether every item is only the name of what is listed below it ("4.1. Lễ trao tại hội trường", "4.2. Lễ trao tại nhà")."""
    named = mere_lines(enumeration.article)
    starts = {block.start for block in enumeration.article.blocks for item in enumeration.items if block.start <= item.start < block.end}
    return starts <= named


def _word_item(enumeration: Enumeration, ordinal: int, passage: Passage) -> list[Line]:
    """One item, with the list that it leads in itself, or with what stands below where it is a mere name ("Bước 2. Chi bộ")."""
    article = enumeration.article
    place = ordinal % len(enumeration.items) if ordinal < 0 else ordinal - 1
    item = enumeration.items[place]
    lines: list[Line] = [[f"{capitalised(dated(article))}: ", Quote(passage, article, shorten_item(article.text, item))]]
    whole = article.text[item.start : item.end]
    if not (whole.endswith(":") or _names_lists(enumeration)) and syllable_count(whole) > MAX_NAME_SYLLABLES:
        return lines
    inner = (e for e in find_enumerations(article, item.end, item.end + _LIST_WINDOW) if e.lead and item.start < e.lead.end <= item.end)
    listed = next((_word_list(each, passage)[1:] for each in inner), None)
    below = None if listed else text_below(enumeration, place)
    return [*lines, *(listed or []), *([[Quote(passage, article, shorten_item(article.text, below))]] if below else [])]


def _list_support(asked: QuestionTerms, enumeration: Enumeration) -> float:
    texts = (enumeration.heading, enumeration.lead_text, enumeration.above, enumeration.article.metadata.title, enumeration.text)
    return coverage(asked, [term for text in texts for term in terms(text)])


def _sentence_says_more(question: Question, asked: QuestionTerms, best: Evidence | None, enumeration: Enumeration) -> bool:
    """Whether "… có ba cơ quan: văn phòng, ban tổ chức và …" answers better than a list whose lead speaks of something else; much better,
    where the lead announces the very kind of thing asked for, or there are as many of them as asked."""
    if best is None or best.features.fits < 1.0 or enumeration.lead is None or _ONE_OF_SEVERAL.match(best.sentence.lowered):
        return False
    inside = best.sentence.article.id == enumeration.article.id and enumeration.span.start <= best.sentence.start < enumeration.span.end
    metadata = enumeration.article.metadata
    known = terms(f"{metadata.title} {metadata.issuer or ''}") if best.sentence.article.id == enumeration.article.id else []
    introduced = coverage(asked, [*known, *terms(f"{enumeration.above} {enumeration.lead_text}")])
    counted = _COUNTED.search(canonical(enumeration.lead_text))
    announced = bool(counted and kinds_asked(question.standalone) & kinds_of(counted["things"]))
    meant = announced or len(enumeration.items) == question.list_size
    return not inside and coverage(asked, [*known, *best.sentence.terms]) > introduced + (_MUCH_MORE if meant else _MORE)


def answer_from_led_list(material: Material) -> list[Line] | None:
    """The list that one of the two best sentences leads in ("… phải đủ ba điều kiện:"), whatever the question."""
    figure = material.question.answer_type in (AnswerType.NUMBER, AnswerType.DATE) and material.evidence[0].features.fits == 1.0
    for evidence in material.evidence[: 1 if figure else 2]:  # a figure in the best sentence is told by it, not by a list of the next
        sentence = evidence.sentence
        if (
            evidence.score < SECOND_SENTENCE_SHARE * material.evidence[0].score
            or evidence.features.fits < material.evidence[0].features.fits
            or evidence.features.own < MIN_LEADING * material.evidence[0].features.own
        ):
            break
        led = led_list(sentence)
        if led is not None and not _misses_the_case(material.question, material.evidence[0], led):
            return _asked_item(material, led, sentence.passage) or _word_list_or_item(material, led, sentence.passage)
    return None


def _asked_item(material: Material, enumeration: Enumeration, passage: Passage) -> list[Line] | None:
    """The one item of a list that begins with the numbered part asked about ("Đợt 19/5: …"); None where none or several do."""
    parts = numbered_parts(material.question)
    texts = [(item, enumeration.article.text[item.start : item.end]) for item in enumeration.items]
    found = [item for item, text in texts if any(part.search(canonical(text[:LABEL_CHARACTERS])) for part in parts)]
    if len(found) != 1 or material.question.answer_type is AnswerType.LIST:
        return None
    return [[f"{capitalised(dated(enumeration.article))}: ", Quote(passage, enumeration.article, found[0])]]


def _word_list(enumeration: Enumeration, passage: Passage) -> list[Line]:
    article = enumeration.article
    opening = capitalised(dated(article))
    asked = question_answered(enumeration)
    answered: Line = [Quote(passage, article, asked), " – "] if asked else []
    lead = enumeration.lead
    lines: list[Line] = [[f"{opening}: ", *answered, Quote(passage, article, lead)] if lead else [f"{opening}:"]]
    for position, item in enumerate(enumeration.items, start=1):
        lines.append([f"{position}. ", Quote(passage, article, shorten_item(article.text, item))])
    return lines


def _best_enumeration(material: Material, asked: QuestionTerms) -> tuple[Enumeration, Passage] | None:
    """The list whose lead, title and items speak most of what is asked; a list of the asked size first. Where no passage has one, those
    elsewhere in the short articles among them."""
    found = _best_of(material, asked, _ranked_lists(material, asked))
    if found is None and not material.question.ordinal:
        found = _best_of(material, asked, _ranked_lists(material, asked, elsewhere=True))
    return found


def _ranked_lists(material: Material, asked: QuestionTerms, *, elsewhere: bool = False) -> list[_Ranked]:
    """(score, −place of the passage, list, passage) of the lists in the passages; `elsewhere`: of those outside them in short articles."""
    ordinal = material.question.ordinal
    ranked: list[_Ranked] = []
    asked_for = _years_of(find_asked_terms(material.question.standalone))
    for order, passage in enumerate(material.passages):
        article = material.engine.article(passage.article_id)
        if elsewhere and len(article.text) > MAX_READ_WHOLE:
            continue
        for enumeration in find_enumerations(article, passage.start - _LIST_WINDOW, passage.end + _LEAD_WINDOW, unmarked=True):
            outside = enumeration.span.end < passage.start or enumeration.span.start >= passage.end
            if outside is not elsewhere or _of_another_term(enumeration, asked_for):
                continue
            if ordinal and not (enumeration.numbered or enumeration.introduced):
                continue  # dashes below an ordinary sentence are no list of which one counts the items
            ranked.append((_list_score(material, asked, enumeration, passage), -order, enumeration, passage))
    return ranked


def _best_of(material: Material, asked: QuestionTerms, ranked: list[_Ranked]) -> tuple[Enumeration, Passage] | None:
    ordinal = material.question.ordinal
    if not ranked:
        return None
    steps = [entry for entry in ranked if _is_step(material, asked, entry[2])]
    best = max(steps or ranked, key=lambda entry: entry[:2])
    if steps:
        return best[2:]
    sure = best[0] >= _SURE_LIST_SCORE and best[2].numbered and _kind_agrees(material.question, best[2]) > 0
    if len(best[2].items) < abs(ordinal or 0) and not sure:
        ranked = [entry for entry in ranked if len(entry[2].items) >= abs(ordinal or 0)]
        best = max(ranked, key=lambda entry: entry[:2], default=best)
    best = best if ordinal else _headed_rather(material, asked, ranked, best)
    return best[2:] if best[0] >= _MIN_LIST_SCORE else None


def _headed_rather(material: Material, asked: QuestionTerms, ranked: Sequence[_Ranked], best: _Ranked) -> _Ranked:
    """Of lists nearly as good as the best the one that has a heading for the very case asked about, which the best does not speak of."""
    least = _list_support(asked, best[2]) + _MORE_BY_HEADING
    close = (entry for entry in ranked if entry[0] >= best[0] - _AS_GOOD and _list_support(asked, entry[2]) >= least)
    return next((entry for entry in close if list_below(entry[2], material.asked) is not entry[2]), best)


def _of_another_term(enumeration: Enumeration, asked: frozenset[tuple[int, int]]) -> bool:
    """Whether the lead or what stands above it names terms of office, and none that is asked for."""
    told = _years_of(find_terms(f"{enumeration.above}\n{enumeration.lead_text}")) if asked else frozenset()
    return bool(told) and told.isdisjoint(asked)


def _years_of(mentions: Sequence[TermMention]) -> frozenset[tuple[int, int]]:
    return frozenset((term.first_year, term.last_year) for term in mentions)


_MORE, _MUCH_MORE = 0.1, 0.35
_MIN_LIST_SCORE = 0.6
_AS_GOOD, _MORE_BY_HEADING = 0.1, 0.2
_SURE_LIST_SCORE = 1.2  # so good a list is the one that is meant, though it has fewer items than the one asked for


def _list_score(material: Material, asked: QuestionTerms, enumeration: Enumeration, passage: Passage) -> float:
    article = enumeration.article
    lead = terms(enumeration.lead_text) + terms(enumeration.above)
    around = [*lead, *terms(f"{article.metadata.title} {article.metadata.issuer or ''} {enumeration.heading}")]
    items = [term for item in enumeration.items for term in terms(article.text[item.start : item.end])]
    top = material.passages[0].hit.score or 1.0
    question, size = material.question, material.question.list_size
    fits = 0.0 if size is None else 0.4 if size == len(enumeration.items) else -0.2
    return (
        0.6 * coverage(asked, lead)
        + 0.3 * coverage(asked, around)
        + 0.25 * coverage(asked, [*around, *items])
        + 0.2 * passage.hit.score / top
        + 0.3 * _precision(asked, enumeration)
        + fits
        + _kind_agrees(question, enumeration)
        + 0.2 * any(province in canonical(article.metadata.issuer or "") for province in provinces_in(question.standalone))
        - (0.2 if question.ordinal and not enumeration.numbered else 0.0)
        - (0.0 if enumeration.introduced or (question.ordinal and enumeration.pointed_out) else 0.3)
        - (0.0 if names_papers(question, enumeration) or list_below(enumeration, material.asked) is not enumeration else 0.4)
    )


def _kind_agrees(question: Question, enumeration: Enumeration) -> float:
    """A list of papers answers no question for duties, nor one of who may a question for who may not; a lead that says nothing of
    the kind speaks neither for nor against."""
    asked, told = kinds_asked(question.standalone), kinds_of_lead(enumeration.lead_text)
    agrees = 0.0 if not asked or not told else 0.15 if asked & told else -0.4
    if asked & kinds_of(_HEADING_NUMBER.sub("", enumeration.lead_text)[:HEAD_CHARACTERS]):
        agrees += 0.1  # "Hồ sơ mượn sách" before "Người mượn gửi thẻ kèm theo hồ sơ, cụ thể:"
    announced = _ANNOUNCED.search(canonical(enumeration.lead_text))
    if announced and asked & kinds_of(announced["things"]):
        agrees += 0.2  # "… đối với các trường hợp sau:" before a heading that says more of the question's words
    if enumeration.lead is None or denies(question.standalone) == denies(enumeration.lead_text):
        return agrees
    return agrees - (0.4 if denies(question.standalone) else 0.2)  # "được miễn" may be told as "không phải"


def _precision(asked: QuestionTerms, enumeration: Enumeration) -> float:
    """Share of the lead's own words that are asked for: a long lead covers much of any question."""
    said = content_terms(enumeration.lead_text)
    wanted = set(map(fold_term, asked.terms))
    return sum(fold_term(term) in wanted for term in said) / len(said) if enumeration.lead else 0.0

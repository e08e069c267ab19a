"""The answer without a language model: the sentences that answer, quoted, the short answer first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.text.canonical import canonical, fold
from index.text.tokens import syllable_count, terms
from index.types import Hit, SearchEngine, Span
from qa import holders
from qa.answer_types import asks_who_someone_is
from qa.counting import count_articles, word_count
from qa.credits import answer_credit
from qa.definitions import MAX_DEFINITION_SYLLABLES, find_definition
from qa.demands import numbered_parts
from qa.directives import asks_subject, find_subjects, subject_span
from qa.disagreement import find_disagreeing, first_day
from qa.documents import answer_document, asks_only_subject
from qa.evidence import Evidence, score_sentences
from qa.lacking import trait_first
from qa.lists import (
    Enumeration,
    asked_of_list,
    denies,
    field_asked,
    find_enumerations,
    find_labelled,
    is_step_asked,
    item_meant,
    kinds_of,
    place_meant,
    question_answered,
    shorten_item,
    text_below,
)
from qa.mentions import Mention, find_persons, provinces_in, split_predecessor
from qa.posts import Post, is_other_body
from qa.quotes import POINTS_BACK, across_the_page, on_one_line, shorten, with_sentence_before
from qa.replacements import replacement_lines
from qa.sentences import Sentence, find_sentences
from qa.short_answers import best_short_answer
from qa.support import Thresholds, missing_names, support_of
from qa.terms import QuestionTerms, content_terms, coverage, fold_term
from qa.types import AnswerType, Passage, Question
from qa.validity import answer_validity
from qa.verdict import find_verdict
from qa.wording import Line, Quote, Worded, capitalised, dated, word

MAX_QUOTE_SYLLABLES = 100
SECOND_SENTENCE_SHARE = 0.1  # a second sentence is quoted too when it is at least this times as likely as the first …
SURE = 0.7  # a short answer in a sentence so likely to be the right one stands alone
FAIRLY_SURE = 0.5  # two quotations may together be longer than `MAX_TWO_SYLLABLES` only where the first is less likely than this
MAX_TWO_SYLLABLES = 60
MAX_WHOLE_SYLLABLES = 60  # a list so short is told whole where the question is whether: an item alone says neither yes nor no
MAX_NAME_SYLLABLES = 4  # an item so short says little by itself
MAX_SHARED = 0.8  # … and shares at most this part of its words with the first
MIN_STEP = 0.8  # of the question, by the name of a step and what is done in it
MIN_HEADED = 0.5  # of the question, by the heading above a field of a form
LABEL_CHARACTERS = 20  # in which an item names its numbered part
_WHO_IS = re.compile(r"\bai (?:(?:dang|hien|hien nay|hien dang) )?la\b")
_LEADS_IN = re.compile(r"(?::|\b(?:sau|sau đây|gồm(?: có)?|dưới đây)[.:]?)\s*$|:\s*(?:\(?\w{1,2}[.)]|[-–+•]) ")
_LIST_WINDOW = 4000  # characters before a passage in which the list it belongs to may begin
_LEAD_WINDOW = 600  # characters after a passage in which the first item may stand that it leads in


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an answer may be made from: `evidence` is scored and sorted, `asked` the weighted question terms, `support` how
    likely the evidence holds an answer."""

    question: Question
    passages: tuple[Passage, ...]
    hits: tuple[Hit, ...]
    engine: SearchEngine
    evidence: tuple[Evidence, ...]
    asked: QuestionTerms
    support: float
    thresholds: Thresholds


def extract_answer(
    question: Question,
    passages: Sequence[Passage],
    hits: Sequence[Hit],
    engine: SearchEngine,
    thresholds: Thresholds | None = None,
) -> Worded | None:
    """The worded answer, or None where the passages do not support one."""
    lines, support = _extract(question, passages, hits, engine, thresholds or Thresholds())
    if not lines:
        return None
    return replace(word([*lines, *replacement_lines(question, lines, hits)], passages), support=support)


def extract_lines(
    question: Question,
    passages: Sequence[Passage],
    hits: Sequence[Hit],
    engine: SearchEngine,
    thresholds: Thresholds | None = None,
) -> list[Line]:
    """The lines of the answer, not yet numbered, to be worded alone or beside another answer; empty where nothing supports one."""
    return _extract(question, passages, hits, engine, thresholds or Thresholds())[0]


def _extract(
    question: Question, passages: Sequence[Passage], hits: Sequence[Hit], engine: SearchEngine, thresholds: Thresholds
) -> tuple[list[Line], float]:
    """The lines and how likely they are an answer: 1 by a rule, else by the evidence."""
    count = count_articles(question, engine)
    if count is not None:
        return (word_count(count, engine) if count.found else []), 1.0
    facts = () if question.ordinal else (answer_document,)  # "bước 4 theo Hướng dẫn 12 là gì" asks for no fact of the document
    for rule in (answer_credit, answer_validity, *facts):
        told = rule(question, hits, passages, engine)
        if told is not None:
            return told, 1.0
    scored, asked = score_sentences(question, find_sentences(passages, engine), engine)
    evidence = trait_first(question, scored)
    support = support_of(question, evidence, asked)
    material = Material(question, tuple(passages), tuple(hits), engine, tuple(evidence), asked, support, thresholds)
    for strategy in (_answer_from_posts, _answer_from_definition, _answer_from_whole_list, _answer_from_evidence):
        lines = strategy(material)
        if lines is not None:
            return lines, support if strategy is _answer_from_evidence else 1.0
    return [], support


def _answer_from_evidence(material: Material) -> list[Line] | None:
    if asks_only_subject(material.question) and (told := _answer_about_directive(material)):
        return told  # a sentence that names the document says it, however few of the question's words it has
    if not material.evidence or material.support < material.thresholds.likelihood:
        return None
    return _answer_about_directive(material) or _answer_from_led_list(material) or _answer_from_sentences(material)


def _answer_from_posts(material: Material) -> list[Line] | None:
    """Holders of the asked post or posts of the asked person; [] declines: the post is named, but not with its holder."""
    question = material.question
    post = holders.asked_post(question)
    if post is not None:
        found = holders.find_holders(question, post, material.hits, material.engine)
        if found:
            return holders.word_holders(found, material.passages)
        return [] if post.body and _looks_alike(material, post) else None
    person = holders.asked_person(question, material.hits, material.engine)
    if person is not None:
        found = holders.find_posts(question, person, material.hits, material.engine)
        if found:
            return holders.word_posts(found, material.passages)
    return None


def _looks_alike(material: Material, post: Post) -> bool:
    """The best sentence names no person or not the post, or pairs persons with other posts only: no answer, however much it covers."""
    if not material.evidence:
        return True
    text = material.evidence[0].sentence.text
    held = holders.find_holdings(text)
    same_head = [h for h in held if h.post.head == post.head and not is_other_body(post, h.post)]
    question = material.question
    _, predecessor = split_predecessor(question.standalone)
    asks_holder = asks_who_someone_is(question.standalone) or bool(_WHO_IS.search(fold(question.standalone)))
    wants_name = asks_holder or bool(question.period or predecessor)
    named = [person for person in find_persons(text) if fold(person.text) != fold(predecessor)]
    unnamed = wants_name and not named  # "ai làm bí thư …?" may be answered by a rule: "bí thư cấp uỷ cùng cấp"
    return fold(post.head) not in fold(text) or unnamed or (bool(held) and not same_head)


def _answer_about_directive(material: Material) -> list[Line] | None:
    if not (asks_subject(material.question) or asks_only_subject(material.question)):
        return None
    patterns = material.question.query.references
    return [_about(sentence, patterns, material.asked) for sentence in find_subjects(material.question, material.evidence)] or None


def _about(sentence: Sentence, patterns: Sequence[str], asked: QuestionTerms) -> Line:
    """The sentence that names the subject, or of a longer one that only mentions the document its name."""
    span = subject_span(sentence, patterns)
    if span == (sentence.start, sentence.end):
        return quoted(sentence, asked, None)
    return [f"{capitalised(dated(sentence.article))}: ", Quote(sentence.passage, sentence.article, span)]


def _answer_from_definition(material: Material) -> list[Line] | None:
    """The sentence that defines what is asked, with the list that it leads in."""
    found = find_definition(material.question, [each.sentence for each in material.evidence], material.hits, material.engine)
    if found is None or missing_names(material.question, found.sentence.article):
        return None
    article = found.sentence.article
    span = shorten(article.text, found.span, material.asked, found.span.start, MAX_DEFINITION_SYLLABLES)
    led = _led_list(found.sentence)
    if led is not None:
        return _word_list(led, found.sentence.passage)
    return [[f"{capitalised(dated(article))}: ", Quote(found.sentence.passage, article, span)]]


def _answer_from_whole_list(material: Material) -> list[Line] | None:
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
    if chosen is None or missing_names(question, chosen[0].article):
        return None
    enumeration, passage = chosen
    if _is_step(material, asked, enumeration):
        return _word_list(enumeration, passage)  # "2.3. Bước 3: …" leads in what is done in that step
    if question.ordinal:
        return _word_item(enumeration, question.ordinal, passage) if abs(question.ordinal) <= len(enumeration.items) else []
    best = material.evidence[0] if material.evidence else None
    if _list_support(asked, enumeration) < material.thresholds.listed or _sentence_says_more(material.asked, best, enumeration):
        return None
    return _word_list_or_item(material, enumeration, passage)


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
    wants_all = question.answer_type in (AnswerType.LIST, AnswerType.REASON) and not question.carried
    only = None if wants_all else item_meant(enumeration, asked)
    if only is None or (question.answer_type is AnswerType.YES_NO and syllable_count(enumeration.text) <= MAX_WHOLE_SYLLABLES):
        return _word_list(enumeration, passage)
    return _word_item(enumeration, only + 1, passage)


def _word_item(enumeration: Enumeration, ordinal: int, passage: Passage) -> list[Line]:
    """One item, with the list that it leads in itself, or with what stands below where it is a mere name ("Bước 2. Chi bộ")."""
    article = enumeration.article
    place = ordinal % len(enumeration.items) if ordinal < 0 else ordinal - 1
    item = enumeration.items[place]
    lines: list[Line] = [[f"{capitalised(dated(article))}: ", Quote(passage, article, shorten_item(article.text, item))]]
    whole = article.text[item.start : item.end]
    if not whole.endswith(":") and syllable_count(whole) > MAX_NAME_SYLLABLES:
        return lines
    inner = (e for e in find_enumerations(article, item.end, item.end + _LIST_WINDOW) if e.lead and item.start < e.lead.end <= item.end)
    listed = next((_word_list(each, passage)[1:] for each in inner), None)
    below = None if listed else text_below(enumeration, place)
    return [*lines, *(listed or []), *([[Quote(passage, article, shorten_item(article.text, below))]] if below else [])]


def _list_support(asked: QuestionTerms, enumeration: Enumeration) -> float:
    texts = (enumeration.lead_text, enumeration.above, enumeration.article.metadata.title, enumeration.text)
    return coverage(asked, [term for text in texts for term in terms(text)])


def _sentence_says_more(asked: QuestionTerms, best: Evidence | None, enumeration: Enumeration) -> bool:
    """Whether "… có ba cơ quan: văn phòng, ban tổ chức và …" answers better than a list whose lead speaks of something else."""
    if best is None or best.features.fits < 1.0 or enumeration.lead is None:
        return False
    inside = best.sentence.article.id == enumeration.article.id and enumeration.span.start <= best.sentence.start < enumeration.span.end
    introduced = coverage(asked, terms(f"{enumeration.above} {enumeration.lead_text}"))
    return not inside and coverage(asked, best.sentence.terms) > introduced + 0.1


def _answer_from_led_list(material: Material) -> list[Line] | None:
    """The list that one of the two best sentences leads in ("… phải đủ ba điều kiện:"), whatever the question."""
    for evidence in material.evidence[:2]:
        sentence = evidence.sentence
        if (
            evidence.score < SECOND_SENTENCE_SHARE * material.evidence[0].score
            or evidence.features.fits < material.evidence[0].features.fits
        ):
            break
        led = _led_list(sentence)
        if led is not None:
            return _asked_item(material, led, sentence.passage) or _word_list_or_item(material, led, sentence.passage)
    return None


def _led_list(sentence: Sentence) -> Enumeration | None:
    """The list that the sentence says will follow; the paragraph above a list may speak of something else."""
    if not _LEADS_IN.search(sentence.lowered):
        return None
    for enumeration in find_enumerations(sentence.article, sentence.start, sentence.end + _LIST_WINDOW):
        if enumeration.lead is not None and sentence.start <= enumeration.lead.start < sentence.end:
            return enumeration
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
    """The list whose lead, title and items speak most of what is asked; a list of the asked size first."""
    ordinal = material.question.ordinal
    ranked: list[tuple[float, int, Enumeration, Passage]] = []
    for order, passage in enumerate(material.passages):
        article = material.engine.article(passage.article_id)
        for enumeration in find_enumerations(article, passage.start - _LIST_WINDOW, passage.end + _LEAD_WINDOW, unmarked=True):
            outside = enumeration.span.end < passage.start or enumeration.span.start >= passage.end
            if outside or (ordinal and not (enumeration.numbered or enumeration.introduced)):
                continue  # dashes below an ordinary sentence are no list of which one counts the items
            ranked.append((_list_score(material, asked, enumeration, passage), -order, enumeration, passage))
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
    return best[2:] if best[0] >= _MIN_LIST_SCORE else None


_MIN_LIST_SCORE = 0.6
_SURE_LIST_SCORE = 1.2  # so good a list is the one that is meant, though it has fewer items than the one asked for


def _list_score(material: Material, asked: QuestionTerms, enumeration: Enumeration, passage: Passage) -> float:
    article = enumeration.article
    lead = terms(enumeration.lead_text) + terms(enumeration.above)
    around = [*lead, *terms(f"{article.metadata.title} {article.metadata.issuer or ''} {enumeration.heading}")]
    items = [term for item in enumeration.items for term in terms(article.text[item.start : item.end])]
    top = material.passages[0].hit.score or 1.0
    size = material.question.list_size
    fits = 0.0 if size is None else 0.4 if size == len(enumeration.items) else -0.2
    return (
        0.6 * coverage(asked, lead)
        + 0.3 * coverage(asked, around)
        + 0.25 * coverage(asked, [*around, *items])
        + 0.2 * passage.hit.score / top
        + 0.3 * _precision(asked, enumeration)
        + fits
        + _kind_agrees(material.question, enumeration)
        + 0.2 * any(province in canonical(article.metadata.issuer or "") for province in provinces_in(material.question.standalone))
        - (0.0 if enumeration.introduced else 0.3)
    )


def _kind_agrees(question: Question, enumeration: Enumeration) -> float:
    """A list of papers answers no question for duties, nor one of who may a question for who may not; a lead that says nothing of
    the kind speaks neither for nor against."""
    asked, told = kinds_of(question.standalone), kinds_of(enumeration.lead_text)
    agrees = 0.0 if not asked or not told else 0.15 if asked & told else -0.4
    if enumeration.lead is None or denies(question.standalone) == denies(enumeration.lead_text):
        return agrees
    return agrees - (0.4 if denies(question.standalone) else 0.2)  # "được miễn" may be told as "không phải"


def _precision(asked: QuestionTerms, enumeration: Enumeration) -> float:
    """Share of the lead's own words that are asked for: a long lead covers much of any question."""
    said = content_terms(enumeration.lead_text)
    wanted = set(map(fold_term, asked.terms))
    return sum(fold_term(term) in wanted for term in said) / len(said) if enumeration.lead else 0.0


def _answer_from_sentences(material: Material) -> list[Line]:
    """The short answer where one is clear, the sentence it stands in, and another where the first leaves much of the question open."""
    best = material.evidence[0]
    lines: list[Line] = []
    keep = None
    when = best.sentence.article.metadata.date
    short = best_short_answer(material.question, best.sentence.text, material.asked, when.year if when else None)
    if short is not None:
        lines.append([f"{capitalised(on_one_line(short.text.strip()))}."])
        keep = best.sentence.start + short.start
        other = find_disagreeing(material.question, material.evidence, short, material.asked)
        if other is not None:
            return _side_by_side(material, (best, short), other)
    verdict = find_verdict(material.question, best.sentence.text)
    if verdict is not None:
        lines.append([f"{verdict}."])
    lines.append(quoted(best.sentence, material.asked, keep))
    sure = short is not None and best.features.fits == 1.0 and best.chance >= SURE
    second = None if sure else _second(material, best)
    if second is None:
        return lines
    line = quoted(second.sentence, material.asked, None)
    too_long = _syllables(lines[-1]) + _syllables(line) > MAX_TWO_SYLLABLES
    return lines if too_long and best.chance >= FAIRLY_SURE else [*lines, line]


def _side_by_side(material: Material, *told: tuple[Evidence, Mention]) -> list[Line]:
    """Sources that say different things, each with its date and its sentence, the newer first."""
    ordered = sorted(told, key=lambda pair: first_day(pair[0].sentence.article), reverse=True)
    values = "; ".join(f"{short.text.strip()} ({dated(evidence.sentence.article)})" for evidence, short in ordered)
    quotes = [quoted(evidence.sentence, material.asked, evidence.sentence.start + short.start) for evidence, short in ordered]
    return [[f"Các nguồn ghi khác nhau: {values}."], *quotes]


def _syllables(line: Line) -> int:
    """Of the quotations of a line."""
    quotes = [piece for piece in line if isinstance(piece, Quote)]
    return sum(syllable_count(quote.article.text[quote.span.start : quote.span.end]) for quote in quotes)


def _second(material: Material, best: Evidence) -> Evidence | None:
    """The next sentence worth quoting: nearly as good, no caption and no repetition of the first in another article."""
    if material.question.answer_type is AnswerType.REASON and (beside := _reason_beside(material, best)):
        return beside
    for other in material.evidence[1:4]:
        near = other.score >= SECOND_SENTENCE_SHARE * best.score and not other.features.aside
        if material.question.carried and other.features.focus < best.features.focus:
            continue  # it speaks of what was asked before
        shared = len(set(other.sentence.terms) & set(best.sentence.terms)) / len(set(other.sentence.terms))
        if near and shared < MAX_SHARED:
            return other
    return None


def _reason_beside(material: Material, best: Evidence) -> Evidence | None:
    """The next sentence of the paragraph, else the one before, where it has the mark of a reason and the best sentence has none."""
    if best.features.fits > 0.0:
        return None
    block = best.sentence.block
    near = [each for each in material.evidence if each.sentence.block == block and each.sentence.article.id == best.sentence.article.id]
    after = min((each for each in near if each.sentence.start > best.sentence.start), key=lambda e: e.sentence.start, default=None)
    before = max((each for each in near if each.sentence.start < best.sentence.start), key=lambda e: e.sentence.start, default=None)
    return next((each for each in (after, before) if each is not None and each.features.fits > 0.0), None)


def quoted(sentence: Sentence, asked: QuestionTerms, keep: int | None) -> Line:
    article = sentence.article
    span = shorten(article.text, Span(sentence.start, sentence.end), asked, keep, MAX_QUOTE_SYLLABLES)
    if span.start == sentence.start and POINTS_BACK.match(sentence.text):
        span = with_sentence_before(article.text, sentence.block, span, MAX_QUOTE_SYLLABLES)
    halves = across_the_page(article, span)
    if sum(syllable_count(article.text[half.start : half.end]) for half in halves) > 2 * MAX_QUOTE_SYLLABLES:
        halves = [span]
    pieces = [piece for half in halves for piece in (" – ", Quote(sentence.passage, article, half))]
    return [f"{capitalised(dated(article))}: ", *pieces[1:]]

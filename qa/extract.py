"""The answer without a language model: the sentences that answer, quoted, the short answer first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.canonical import fold
from index.text.tokens import syllable_count
from index.types import Hit, SearchEngine, Span
from qa import holders
from qa.age_rules import rule_for_age
from qa.answer_types import asks_who_someone_is
from qa.below_heading import below_heading
from qa.beside import lines_beside
from qa.counting import count_articles, word_count
from qa.credits import answer_credit
from qa.dateline import answer_dateline
from qa.directives import asks_subject, find_subjects, subject_span
from qa.disagreement import find_disagreeing, first_day
from qa.documents import answer_document, asks_only_subject
from qa.elsewhere import acts_elsewhere
from qa.evidence import Evidence, meets_more, score_sentences
from qa.foreign import is_foreign
from qa.forms import asks_form, asks_number_of_form, find_form
from qa.further import further_evidence
from qa.intents import total_told
from qa.led_lists import says_nothing_alone, short_list
from qa.levels import figure_of_level, level_first
from qa.list_answers import answer_from_definition, answer_from_led_list, answer_from_whole_list
from qa.lists import shorten_item
from qa.look_alikes import is_look_alike
from qa.material import SECOND_SENTENCE_SHARE, Material
from qa.meetings import clause_meant
from qa.mentions import Mention, find_persons, split_predecessor
from qa.order import sound_in_order
from qa.outline import mere_lines
from qa.overdue import missed_first
from qa.parallels import find_parallel
from qa.persons_asked import find_persons_asked
from qa.posts import Post, is_other_body
from qa.quotes import POINTS_BACK, across_the_page, on_one_line, shorten, with_sentence_before
from qa.replacements import replacement_lines
from qa.sentences import Sentence, find_sentences
from qa.short_answers import best_short_answer
from qa.smalltalk import is_smalltalk
from qa.support import Thresholds, likelihood_of
from qa.terms import QuestionTerms
from qa.told_as import asks_next_post
from qa.types import AnswerType, Passage, Question
from qa.untold import names_form
from qa.validity import answer_validity
from qa.verdict import deeds_asked, find_verdict, not_bound_at, restriction_at, restricts
from qa.wording import Line, Quote, Worded, capitalised, dated, word

MAX_QUOTE_SYLLABLES = 100
MAX_LISTING_SYLLABLES = 160  # of a sentence that lists what is asked for: half a list is a wrong answer
FURTHER = "Có thể liên quan:"  # above sentences quoted only because the best ones are hardly likely
LEADS = 0.3  # a short answer in a sentence less likely than this is not put in front of it
SURE = 0.75  # a short answer in a sentence so likely to be the right one stands alone
FAIRLY_SURE = 0.5  # two quotations may together be longer than `MAX_TWO_SYLLABLES` only where the first is less likely than this
MAX_TWO_SYLLABLES = 60
MAX_SHARED = 0.8  # … and shares at most this part of its words with the first
MAX_BESIDE = 25  # sentences among which a rule is looked for that forbids what is asked about …
MIN_BESIDE = 0.75  # … and that has at least this share of what the second sentence has of the question
MIN_FORBIDDING = 0.6  # of what the best sentence has, by a rule that forbids below a list
MAX_MEETING = 6  # the best sentences, of which one that meets what the question demands is quoted where the first does not
MIN_REASON = 0.5  # of what the best sentence has of the question, by a reason that another paragraph gives
_WHO_IS = re.compile(r"\bai (?:(?:dang|hien|hien nay|hien dang) )?la\b|\bla (?:dong chi|ong|ba|vi|nhan vat) nao$")
_REASON_MARK = re.compile(r"\b(?:nhằm|mục đích|nguyên nhân|lý do|bởi vì|bởi|vì|do|xuất phát từ)\b")
_BY_RULE = re.compile(r"\bai (?:se |phai |duoc |thi )?(?:lam|dam nhiem|dam nhan|dam trach|kiem nhiem|kiem|giu)$")  # "… là ai làm"


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
    if is_smalltalk(question):
        return [], 1.0
    count = count_articles(question, engine)
    if count is not None:
        return (word_count(count, engine) if count.found else []), 1.0
    facts = () if question.ordinal else (answer_document,)  # "bước 4 theo Hướng dẫn 12 là gì" asks for no fact of the document
    for rule in (answer_credit, answer_dateline, answer_validity, *facts):
        told = rule(question, hits, passages, engine)
        if told is not None:
            return told, 1.0
    sentences = find_sentences(passages, engine)
    scored, asked = score_sentences(question, [*sentences, *acts_elsewhere(question, sentences, hits, engine)], engine)
    evidence, lacking = sound_in_order(question, scored)
    support = 0.0 if lacking else likelihood_of(question, evidence, asked)
    evidence = level_first(question, missed_first(question, evidence))
    material = Material(question, tuple(passages), tuple(hits), engine, tuple(evidence), asked, support, thresholds)
    for strategy in (
        _answer_from_posts,
        _answer_from_form,
        _decline_the_foreign,
        _answer_with_persons,
        answer_from_definition,
        answer_from_whole_list,
        _answer_from_evidence,
    ):
        lines = strategy(material)
        if lines is not None:
            lines = [*lines, *rule_for_age(question, evidence, lines)]
            if strategy in (answer_from_whole_list, _answer_from_evidence):
                lines = [*lines, *lines_beside(material, lines)]
            return lines, support if strategy is _answer_from_evidence else 1.0
    return [], support


def _answer_from_evidence(material: Material) -> list[Line] | None:
    if asks_only_subject(material.question) and (told := _answer_about_directive(material)):
        return told  # a sentence that names the document says it, however few of the question's words it has
    if not material.evidence or material.support < material.thresholds.likelihood:
        return None
    return _answer_about_directive(material) or _answer_from_led_list(material) or _answer_from_sentences(material)


def _answer_from_led_list(material: Material) -> list[Line] | None:
    """The list that a best sentence leads in, and for a question whether the rule that forbids the very deed, which a list seldom says."""
    lines = answer_from_led_list(material)
    if not lines or material.question.answer_type is not AnswerType.YES_NO:
        return lines
    best = material.evidence[0]
    forbids = meets_more(material.question, best, material.evidence[1:MAX_MEETING]) or _narrower(material, best, None, MIN_FORBIDDING)
    if forbids is None and restricts(deeds_asked(material.question), best.sentence.lowered):
        forbids = best
    if forbids is None or any(_is_quoted(forbids, line) for line in lines):
        return lines
    return [*lines, quoted(forbids.sentence, material.asked, None)]


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
    if person is not None and not asks_next_post(question.standalone):
        found = holders.find_posts(question, person, material.hits, material.engine)
        if found:
            return holders.word_posts(found, material.passages)
    return None


def _answer_from_form(material: Material) -> list[Line] | None:
    """The code of the form asked for, with the sentence that ties it to the paper; [] where a number is asked for and none stands there."""
    if not asks_form(material.question.standalone) or names_form(material.question.standalone):
        return None
    found = find_form(material)
    if found is None:
        return [] if asks_number_of_form(material.question.standalone) else None
    evidence, code = found
    line = quoted(evidence.sentence, material.asked, evidence.sentence.start + code.start)
    return [[f"{capitalised(on_one_line(code.text))}."], line]


def _decline_the_foreign(material: Material) -> list[Line] | None:
    """[] where what is asked about is no matter of the articles at all."""
    return [] if is_foreign(material.question, material.support, material.engine) else None


def _answer_with_persons(material: Material) -> list[Line] | None:
    found = find_persons_asked(material) if material.support >= material.thresholds.likelihood else None
    if found is None:
        return None
    names = dict.fromkeys(name for _, named in found for name in named)
    return [[f"{', '.join(names)}."], *(quoted(each.sentence, material.asked, None) for each, _ in found)]


def _looks_alike(material: Material, post: Post) -> bool:
    """The best sentence names no person or not the post, or pairs persons with other posts only: no answer, however much it covers."""
    if not material.evidence:
        return True
    text = material.evidence[0].sentence.text
    held = holders.find_holdings(text)
    same_head = [h for h in held if h.post.head == post.head and not is_other_body(post, h.post)]
    question = material.question
    _, predecessor = split_predecessor(question.standalone)
    asked = fold(question.standalone).strip(" ?.!…")
    asks_holder = (asks_who_someone_is(question.standalone) or bool(_WHO_IS.search(asked))) and not _BY_RULE.search(asked)
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


def _answer_from_sentences(material: Material) -> list[Line]:
    """The short answer where one is clear, the sentence it stands in, and another where the first leaves much of the question open."""
    material = replace(material, evidence=tuple(below_heading(material.question, material.evidence)))
    best = material.evidence[0]
    lines: list[Line] = []
    keep = None
    short = _short_answer(material, best)
    if short is not None:
        if best.chance >= LEADS:
            lines.append([f"{capitalised(on_one_line(short.text.strip()))}."])
        keep = best.sentence.start + short.start
        other = find_disagreeing(material.question, material.evidence, short, material.asked)
        if other is not None:
            return _side_by_side(material, (best, short), other)
    if keep is None and material.question.answer_type is AnswerType.YES_NO:
        keep = _restriction(material, best)
    if keep is None and material.question.answer_type is AnswerType.REASON:
        keep = _reason(best)
    verdict = find_verdict(material.question, best.sentence.text)
    if verdict is not None:
        lines.append([f"{verdict}."])
    limit = MAX_LISTING_SYLLABLES if material.question.answer_type is AnswerType.LIST and best.features.fits == 1.0 else MAX_QUOTE_SYLLABLES
    lines.append(quoted(best.sentence, material.asked, keep, limit))
    sure = short is not None and best.features.fits == 1.0 and best.chance >= SURE
    if sure and not replacement_lines(material.question, lines, material.hits):
        return lines
    lines += _beside(material, best, lines[-1])
    further = further_evidence(material, lines)
    told = [line for each in further for line in _with_its_list(material, each)]
    return [*lines, *([[FURTHER]] if told else []), *told]


def _with_its_list(material: Material, each: Evidence) -> list[Line]:
    """The sentence, and the items of a short list that it leads in."""
    led = short_list(each.sentence)
    items = led.items if led is not None else ()
    article, passage = each.sentence.article, each.sentence.passage
    numbered: list[Line] = [
        [f"{number}. ", Quote(passage, article, shorten_item(article.text, item))] for number, item in enumerate(items, start=1)
    ]
    return [quoted(each.sentence, material.asked, None), *numbered]


def _short_answer(material: Material, best: Evidence) -> Mention | None:
    """The short answer in the best sentence, or in the clause of it that speaks of the body asked about."""
    when, text = best.sentence.article.metadata.date, best.sentence.text
    told = figure_of_level(material.question, text)
    if told is not None:
        return told
    clause = clause_meant(material.question, text) or total_told(material.question, text) or Span(0, len(text))
    year = when.year if when else None
    short = best_short_answer(material.question, text[clause.start : clause.end], material.asked, year)
    return short and Mention(short.text, short.start + clause.start, short.end + clause.start)


def _restriction(material: Material, best: Evidence) -> int | None:
    """Where the best sentence says that what is asked about may or need not be: of a long one that clause is quoted."""
    lowered = best.sentence.lowered
    place = not_bound_at(material.question, lowered) or restriction_at(deeds_asked(material.question), lowered)
    return None if place is None else best.sentence.start + place


def _reason(best: Evidence) -> int | None:
    """Where the best sentence begins to say why: of a long one that clause is quoted."""
    mark = _REASON_MARK.search(best.sentence.lowered)
    return None if mark is None else best.sentence.start + mark.start()


def _beside(material: Material, best: Evidence, first: Line) -> list[Line]:
    """What is quoted below the best sentence: the next one where the first leaves much open, and how another document words the same."""
    lines: list[Line] = []
    second, parallel = _narrower(material, best, _second(material, best)), find_parallel(material.evidence)
    second = meets_more(material.question, best, material.evidence[1:MAX_MEETING]) or second
    if second is not None and _is_quoted(second, first):
        second = None
    if second is not None:
        line = quoted(second.sentence, material.asked, None)
        needed = material.question.answer_type is AnswerType.REASON and second.features.fits > best.features.fits  # the reason itself
        too_long = not needed and _syllables(first) + _syllables(line) > MAX_TWO_SYLLABLES
        lines += [] if too_long and best.chance >= FAIRLY_SURE else _with_its_list(material, second)
    if parallel is not None and parallel is not second:
        lines.append(quoted(parallel.sentence, material.asked, None))
    return lines


def _is_quoted(other: Evidence, line: Line) -> bool:
    """Whether `line` quotes that sentence already, as the one before its own."""
    start, end = other.sentence.start, other.sentence.end
    quotes = [piece for piece in line if isinstance(piece, Quote) and piece.article.id == other.sentence.article.id]
    return any(quote.span.start <= start and end <= quote.span.end for quote in quotes)


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
        if other.sentence.block.start in mere_lines(other.sentence.article) or says_nothing_alone(other.sentence):
            continue
        if material.question.carried and other.features.focus < best.features.focus:
            continue  # it speaks of what was asked before
        shared = len(set(other.sentence.terms) & set(best.sentence.terms)) / len(set(other.sentence.terms))
        if near and shared < MAX_SHARED and not is_look_alike(best, other):
            return other
    return None


def _narrower(material: Material, best: Evidence, second: Evidence | None, share: float = MIN_BESIDE) -> Evidence | None:
    """Instead of the second sentence the rule that forbids or narrows the deed asked about, where the best one does not: what is allowed
    there may be allowed to others."""
    if material.question.answer_type is not AnswerType.YES_NO:
        return second
    deeds = deeds_asked(material.question)
    if restricts(deeds, best.sentence.lowered):
        return second
    least = share * (second or best).features.own
    others = (each for each in material.evidence[1:MAX_BESIDE] if each.features.own >= least)
    return next((each for each in others if restricts(deeds, each.sentence.lowered)), second)


def _reason_beside(material: Material, best: Evidence) -> Evidence | None:
    """The next sentence of the paragraph, else the one before, where it has the mark of a reason and the best sentence has none."""
    if best.features.fits > 0.0:
        return None
    block = best.sentence.block
    near = [each for each in material.evidence if each.sentence.block == block and each.sentence.article.id == best.sentence.article.id]
    after = min((each for each in near if each.sentence.start > best.sentence.start), key=lambda e: e.sentence.start, default=None)
    before = max((each for each in near if each.sentence.start < best.sentence.start), key=lambda e: e.sentence.start, default=None)
    least = MIN_REASON * best.features.own  # "Mục đích của buổi họp mẫu là …" in another paragraph says much of the same again
    apart = [each for each in material.evidence[1:4] if each.sentence.article.id == best.sentence.article.id and each.features.own >= least]
    return next((each for each in (after, before, *apart) if each is not None and each.features.fits > 0.0), None)


def quoted(sentence: Sentence, asked: QuestionTerms, keep: int | None, limit: int = MAX_QUOTE_SYLLABLES) -> Line:
    """The sentence with its source, of one longer than `limit` syllables the clauses that say most of what is asked."""
    article = sentence.article
    span = shorten(article.text, Span(sentence.start, sentence.end), asked, keep, limit)
    if span.start == sentence.start and POINTS_BACK.match(sentence.text):
        span = with_sentence_before(article.text, sentence.block, span, MAX_QUOTE_SYLLABLES)
    halves = across_the_page(article, span)
    if sum(syllable_count(article.text[half.start : half.end]) for half in halves) > 2 * MAX_QUOTE_SYLLABLES:
        halves = [span]
    pieces = [piece for half in halves for piece in (" – ", Quote(sentence.passage, article, half))]
    return [f"{capitalised(dated(article))}: ", *pieces[1:]]

"""Answers and their citations, scored against what a right answer cites and says."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from eval.datasets import EvalQuestion
from eval.indexing import open_engine
from eval.sets import QuestionSet
from eval.spelling import STYLES
from index.errors import QueryError
from index.settings import Settings
from index.text.canonical import canonical
from index.types import Article, Filters
from qa.chain import Assistant
from qa.types import Answer, Status, Turn


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """One question's scores; None where a measure does not apply (a declined question has no citation to judge)."""

    id: str
    type: str
    split: str
    answerable: bool
    declined: bool
    right_article: float | None
    right_span: float | None
    must_include: float | None
    must_not_include: float | None
    list_recall: float | None
    quote_integrity: float
    words: int
    seconds: float
    answer: str

    @property
    def right(self) -> bool:
        """Declined where nothing answers; else everything that must be said is said, nothing wrong, from a right article."""
        if not self.answerable:
            return self.declined
        return 0.0 not in (self.right_article, self.must_include, self.must_not_include)


MEASURES = ("right_article", "right_span", "must_include", "must_not_include", "list_recall", "quote_integrity")


def ask(questions: Iterable[EvalQuestion], assistant: Assistant, style: Callable[[str], str] = str) -> list[AnswerScore]:
    """Every question through the users' own chain, spelled by `style`; the history is passed on as turns."""
    scores = []
    for question in questions:
        turns = tuple(Turn(asked, answered) for asked, answered in question.history)
        begun = time.perf_counter()
        try:
            answer = assistant.answer(style(question.question), turns=turns, filters=Filters())
        except QueryError:
            answer = None
        scores.append(score(question, answer, assistant.engine.article, time.perf_counter() - begun))
    return scores


def ask_sets(
    sets: Iterable[QuestionSet], styles: Sequence[str], settings: Settings, runs: Path, split: str | None = None
) -> dict[str, dict[str, list[AnswerScore]]]:
    """The scores by style and set; each set is asked over its own index, kept under `runs`."""
    scores: dict[str, dict[str, list[AnswerScore]]] = {style: {} for style in styles}
    for each in sets:
        questions = each.read(split)
        assistant = Assistant(open_engine(each.corpus, settings, runs), settings)
        for style in styles:
            scores[style][each.name] = ask(questions, assistant, STYLES[style])
    return scores


def score(question: EvalQuestion, answer: Answer | None, article: Callable[[str], Article], seconds: float) -> AnswerScore:
    """The scores of one answer; no answer at all counts as a decline."""
    declined = answer is None or answer.status is Status.NOT_FOUND
    text = "" if answer is None else answer.text
    applies = question.answerable
    return AnswerScore(
        id=question.id,
        type=question.type,
        split=question.split,
        answerable=question.answerable,
        declined=declined,
        right_article=_right_article(question, answer) if applies else None,
        right_span=_right_span(question, answer, article) if any(not gold.whole_article for gold in question.gold) else None,
        must_include=_included(question.must_include, text, declined) if applies and question.must_include else None,
        must_not_include=float(not any(contains(text, bad) for bad in question.must_not_include)) if question.must_not_include else None,
        list_recall=_list_recall(question.must_include, text, declined)
        if applies and question.type == "list" and question.must_include
        else None,
        quote_integrity=quote_integrity(answer, article),
        words=len(text.split()),
        seconds=seconds,
        answer=text,
    )


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` as whole words, whatever the case, tone placement, dashes, spacing and leading zeros.

    63 is not in 163, 2/9 is in "ngày 02/9". Ways to write the same thing are parted by `|`: "3 bài|3 phỏng vấn".
    """
    ways = "|".join(re.escape(_comparable(way)) for way in wanted.split("|"))
    return re.search(rf"(?<!\w)(?:{ways})(?!\w)", _comparable(text)) is not None


def _comparable(text: str) -> str:
    return re.sub(r"(?<![\w.,])0(?=\d)", "", " ".join(canonical(text).split()))


def quote_integrity(answer: Answer | None, article: Callable[[str], Article]) -> float:
    """1.0 when every citation's quote is the article's text at its offsets, else 0.0."""
    if answer is None:
        return 1.0
    return float(all(article(c.article_id).text[c.start : c.end] == c.quote and c.quote for c in answer.citations))


def summarize(scores: list[AnswerScore]) -> dict[str, object]:
    """Means by type and overall, the decline's precision and recall, median length and time; `n` counts the questions.

    The overall length is of answers that are no lists: a list is as long as it has to be.
    """
    types = sorted({s.type for s in scores})
    return {
        "overall": _means(scores) | _decline(scores) | {"median_words": _median_words([s for s in scores if s.type != "list"])},
        "by_type": {kind: _means([s for s in scores if s.type == kind]) for kind in types},
        "n": len(scores),
    }


def _means(scores: list[AnswerScore]) -> dict[str, float | int | None]:
    row: dict[str, float | int | None] = {"n": len(scores)}
    for name in MEASURES:
        values = [value for s in scores if (value := getattr(s, name)) is not None]
        row[name] = round(mean(values), 4) if values else None
    row["declined"] = sum(s.declined for s in scores)
    row["median_words"] = _median_words(scores)
    row["median_seconds"] = round(median(s.seconds for s in scores), 4) if scores else None
    return row


def _median_words(scores: list[AnswerScore]) -> int | None:
    answered = [s.words for s in scores if not s.declined]
    return int(median(answered)) if answered else None


def _decline(scores: list[AnswerScore]) -> dict[str, float | None]:
    declined = [s for s in scores if s.declined]
    unanswerable = [s for s in scores if not s.answerable]
    right = sum(not s.answerable for s in declined)
    return {
        "decline_precision": round(right / len(declined), 4) if declined else None,
        "decline_recall": round(right / len(unanswerable), 4) if unanswerable else None,
    }


def _right_article(question: EvalQuestion, answer: Answer | None) -> float:
    cited = {c.article_id for c in answer.citations} if answer else set()
    return float(any(gold.article in cited for gold in question.gold))


def _right_span(question: EvalQuestion, answer: Answer | None, article: Callable[[str], Article]) -> float:
    for citation in answer.citations if answer else ():
        for gold in question.gold:
            if gold.article != citation.article_id:
                continue
            place = gold.find(article(gold.article).text)
            if place is not None and citation.start < place.end and place.start < citation.end:
                return 1.0
    return 0.0


def _included(wanted: tuple[str, ...], text: str, declined: bool) -> float:
    return float(not declined and all(contains(text, item) for item in wanted))


def _list_recall(wanted: tuple[str, ...], text: str, declined: bool) -> float:
    return 0.0 if declined else mean(float(contains(text, item)) for item in wanted)

"""What is asked over which articles: the project's own questions, or the files that are given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval.beside import article_folders
from eval.datasets import DatasetError, EvalQuestion, read_questions

SPLITS = ("dev", "held")  # rules, weights and thresholds are chosen on "dev"; of "held" only sums are reported


ROUNDS = tuple(
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions files that are asked over one index of the articles in `corpus`."""

    name: str
    files: tuple[Path, ...]
    corpus: tuple[Path, ...]

    @property
    def available(self) -> bool:
        """Whether its articles are on this machine: the shared texts stand beside the checkout, never in it."""
        return all(folder.exists() for folder in self.corpus)

    def read(self, split: str | None = None) -> list[EvalQuestion]:
        """The questions of all files, of one split where it is named. Raises DatasetError where two files use one id."""
        questions = [question for path in self.files for question in read_questions(path)]
        ids = [question.id for question in questions]
        if len(set(ids)) != len(ids):
            raise DatasetError(f"{self.name}: two files use the same id: {sorted({i for i in ids if ids.count(i) > 1})[:5]}")
        return [question for question in questions if split in (None, question.split)]


def own_sets(root: Path) -> list[QuestionSet]:
    """Our articles, and where the texts beside the checkout are: those ours were retold from, and two folders of news and gazette.

    The sets of `ROUNDS` were written later, by people who knew neither the code nor the questions before; the fourth
    is said in everyday words as far as possible from those of the articles.
    """
    data, shared = root / "eval" / "data", root.parent / "shared"
    corpus, told = (root / "corpus",), (shared / "seeds", shared / "data" / "party")
    own = [
        QuestionSet("corpus", (data / "questions.jsonl", data / "questions-kinds.jsonl", data / "questions-held.jsonl"), corpus),
        *(QuestionSet(f"corpus-{each}", (data / f"questions-{each}.jsonl",), corpus) for each in ROUNDS),
        QuestionSet("corpus-off-topic", (data / "off-topic.jsonl",), corpus),
        QuestionSet("shared", (data / "shared-dev.jsonl", data / "shared-held.jsonl"), told),
        *(QuestionSet(f"shared-{each}", (data / f"shared-{each}.jsonl",), told) for each in ROUNDS),
    ]
    own.append(QuestionSet("shared-off-topic", (data / "off-topic.jsonl",), told))
    folders = article_folders(shared / "data", root / ".runs" / "articles")
    own += [QuestionSet(name, (data / f"shared-{name}.jsonl",), (folder,)) for name, folder in folders.items()]
    return [each for each in own if each.available]

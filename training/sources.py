"""Sources: public question-answer data with open licences, as rows.

Each function reads a snapshot of a public repository (its git directory, without a work tree) or a
file, and yields rows. Licences and what each source is good for stand in the README beside this.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.rows import NONE, Row, joined, medoid

NEWS = Path(__file__).parent / "data" / "news.jsonl.xz"
"""The news questions written for this project."""
MIN_AGREEMENT = 0.4
"""Mean F1 of the chosen answer against the other annotators' below which a question is dropped."""
SENTENCES_A_TITLE = 150
"""Neighbouring sentences of SQuAD 1.1 that are taken for one article."""
QAMR_A_SENTENCE = 8
"""Questions of QAMR taken a sentence, the longest first."""


def read_blob(mirror: Path, repo: str, path: str) -> bytes:
    """A file of a snapshot: MIRROR/OWNER+NAME/repo, bare or with a ``.git``."""
    git = mirror / repo.replace("/", "+") / "repo"
    git = git / ".git" if (git / ".git").is_dir() else git
    command = ["git", f"--git-dir={git}", "show", f"HEAD:{path}"]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603


def list_blobs(mirror: Path, repo: str, under: str) -> list[str]:
    """The paths of a snapshot's files below a folder."""
    git = mirror / repo.replace("/", "+") / "repo"
    git = git / ".git" if (git / ".git").is_dir() else git
    command = ["git", f"--git-dir={git}", "ls-tree", "-r", "--name-only", "HEAD", under]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode().splitlines()


def tidy(question: str) -> str:
    """A question with single blanks."""
    return " ".join(question.split())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span less the white space at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def squadshifts(mirror: Path) -> Iterator[Row]:
    """SQuADShifts' questions on new Wikipedia paragraphs."""
    blob = read_blob(mirror, "modestyachts/squadshifts-website", "datasets/new_wiki_v1.0.json")
    for article in json.loads(blob)["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                yield from _agreed(asked, paragraph["context"], article["title"])


def _agreed(asked: dict[str, Any], text: str, title: str) -> Iterator[Row]:
    spans = [
        (a["answer_start"], a["answer_start"] + len(a["text"]), a["text"]) for a in asked["answers"]
    ]
    spans = [span for span in spans if span[2].strip() and text[span[0] : span[1]] == span[2]]
    if not spans:
        return
    best, agreement = medoid([span[2] for span in spans])
    if agreement >= MIN_AGREEMENT:
        start, end = trimmed(text, *spans[best][:2])
        yield Row(tidy(asked["question"]), text, start, end, "squadshifts", title)


def squad2(path: Path) -> Iterator[tuple[str, Row]]:
    """SQuAD 2.0 rows of a JSON lines file, each with its id."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        spans = [(NONE, NONE)]
        if raw["answerable"]:
            best, _ = medoid([a["text"] for a in raw["answers"]])
            found = [(a["start"], a["end"]) for a in raw["answers"]]
            spans = list(dict.fromkeys([found[best], *found]))
        row = Row(
            tidy(raw["question"]),
            raw["article_text"],
            *spans[0],
            "squad2",
            raw["article_title"],
            "answer" if raw["answerable"] else "near miss",
            tuple(spans[1:]),
        )
        yield raw["id"].removeprefix("squad2-"), row


def qamr(mirror: Path, rng: random.Random) -> Iterator[Row]:
    """QAMR's questions on single sentences of Wikinews and Wikipedia, set among other sentences."""
    sentences = _qamr_sentences(mirror)
    pages, sites = defaultdict(list), defaultdict(list)
    for name in sorted(sentences):
        pages[_page(name)].append(name)
        sites[name.split(":")[1]].append(name)
    for name, asked in sorted(_qamr_questions(mirror).items()):
        near = [other for other in pages[_page(name)] if other != name][:4]
        for question, first, last in _longest(asked):
            far = rng.sample(sites[name.split(":")[1]], 4)
            others = [n for n in dict.fromkeys(near + far) if n != name][: rng.randint(1, 6)]
            yield _among(question, sentences, name, others, (first, last), rng)


def _page(name: str) -> str:
    return name.rsplit(":", 2)[0]


def _qamr_sentences(mirror: Path) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    blob = read_blob(mirror, "uwnlp/qamr", "data/wiki-sentences.tsv").decode()
    pairs = (line.split("\t") for line in blob.splitlines())
    return {name: joined(text.split(" ")) for name, text in pairs}


def _qamr_questions(mirror: Path) -> dict[str, list[tuple[str, int, int]]]:
    """(question, first token, last token) a sentence, where two of three annotators agree."""
    asked: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for part in ("dev", "test"):
        blob = read_blob(mirror, "uwnlp/qamr", f"data/filtered/{part}.tsv").decode()
        for line in blob.splitlines():
            name, _, _, _, _, question, *answers = line.split("\t")
            spans = Counter(filter(None, map(_run, answers))).most_common(1)
            if spans and spans[0][1] > 1 and len(question.split()) > 4:
                asked[name].append((tidy(question), *spans[0][0]))
    return asked


def _run(answer: str) -> tuple[int, int] | None:
    """First and last token of an answer whose tokens follow each other."""
    at = sorted(int(n) for n in answer.split(":")[-1].split())
    return (at[0], at[-1]) if at and at[-1] - at[0] == len(at) - 1 else None


def _longest(asked: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    by_span = {qa[1:]: qa for qa in sorted(asked, key=lambda qa: len(qa[0]))}
    return sorted(by_span.values(), key=lambda qa: -len(qa[0]))[:QAMR_A_SENTENCE]


def _among(
    question: str,
    sentences: dict[str, tuple[str, list[tuple[int, int]]]],
    name: str,
    others: list[str],
    span: tuple[int, int],
    rng: random.Random,
) -> Row:
    """The question's sentence at a random place among others."""
    text, places = sentences[name]
    rng.shuffle(others)
    at = rng.randint(0, len(others))
    before = "".join(sentences[n][0] + " " for n in others[:at])
    after = "".join(" " + sentences[n][0] for n in others[at:])
    start, end = places[span[0]][0] + len(before), places[span[1]][1] + len(before)
    return Row(
        question, before + text + after, start, end, f"qamr/{name.split(':')[1]}", _page(name)
    )


def qed(mirror: Path) -> Iterator[Row]:
    """QED's share of Natural Questions: real queries, and some whose answer turned out wrong."""
    blob = read_blob(mirror, "google-research-datasets/QED", "qed-dev.jsonlines").decode()
    for line in blob.splitlines():
        raw = json.loads(line)
        text, places = joined(raw["paragraph_text"].split())
        question, title = tidy(raw["question_text"]) + "?", raw["title_text"]
        if raw["annotation"]["explanation_type"] == "none":
            yield Row(question, text, NONE, NONE, "qed", title, "near miss")
            continue
        answers = [spans[0] for spans in raw["original_nq_answers"] if len(spans) == 1]
        if answers:
            best, _ = medoid([a["string"] for a in answers])
            spot = _token_span(raw["paragraph_text"], answers[best]["start"], answers[best]["end"])
            yield Row(question, text, places[spot[0]][0], places[spot[1]][1], "qed", title)


def _token_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The first and the last of a blank-separated text's tokens that a span covers."""
    first = len(text[:start].split())
    return first, first + len(text[start:end].split()) - 1


def time_qa(mirror: Path) -> Iterator[Row]:
    """TimeQA's human questions on whole Wikipedia pages: the same asked of another time."""
    for level in ("easy", "hard"):
        path = f"dataset/human_train.{level}.json.gzip"
        blob = gzip.decompress(read_blob(mirror, "wenhuchen/Time-Sensitive-QA", path)).decode()
        for line in blob.splitlines():
            raw = json.loads(line)
            text, places = joined(raw["context"].split())
            question, title = tidy(raw["question"]), raw["idx"].split("#")[0]
            if not any(raw["targets"]):
                yield Row(question, text, NONE, NONE, "timeqa", title, "near miss")
            elif len(raw["targets"]) == 1:
                spot = _token_span(raw["context"], raw["from"][0], raw["end"][0])
                yield Row(question, text, places[spot[0]][0], places[spot[1]][1], "timeqa", title)


def fairytale_qa(mirror: Path) -> Iterator[Row]:
    """FairytaleQA's explicit questions whose answer stands once in its section of the story."""
    for path in list_blobs(mirror, "uci-soe/FairytaleQAData", "data-by-train-split/questions"):
        story = path.replace("/questions/", "/section-stories/").replace(
            "-questions.csv", "-story.csv"
        )
        sections = {s["section"]: " ".join(s["text"].split()) for s in _table(mirror, story)}
        for raw in _table(mirror, path):
            section = sections.get(raw["cor_section"].strip(), "")
            answer = " ".join((raw["answer1"] or "").split()).rstrip(".")
            at = [
                hit.start()
                for hit in re.finditer(rf"\b{re.escape(answer)}\b", section, re.IGNORECASE)
            ]
            if answer and len(at) == 1 and raw["ex-or-im1"] == "explicit":
                title = Path(path).stem
                yield Row(
                    tidy(raw["question"]), section, at[0], at[0] + len(answer), "fairytaleqa", title
                )


def _table(mirror: Path, path: str) -> list[dict[str, str]]:
    blob = read_blob(mirror, "uci-soe/FairytaleQAData", path).decode("utf-8", "replace")
    return list(csv.DictReader(io.StringIO(blob)))


def quoref(mirror: Path) -> Iterator[Row]:
    """The part of Quoref that its contrast set was made from; not the contrast set, for its licence."""
    path = "quoref/quoref_original_subset_20191206_merged.json"
    for article in json.loads(read_blob(mirror, "allenai/contrast-sets", path))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                if len(asked["answers"]) == 1:
                    yield from _quoref(asked, paragraph["context"], article["title"])


def _quoref(asked: dict[str, Any], text: str, title: str) -> Iterator[Row]:
    answer = asked["answers"][0]
    start, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
    if text[start:end] == answer["text"]:
        yield Row(tidy(asked["question"]), text, start, end, "quoref", title)


def clapnq(mirror: Path) -> Iterator[Row]:
    """CLAP NQ's queries that their Wikipedia passage does not answer."""
    path = "annotated_data/dev/clapnq_dev_unanswerable.jsonl"
    for line in read_blob(mirror, "primeqa/clapnq", path).decode().splitlines():
        raw = json.loads(line)
        question = tidy(raw["input"]).rstrip("?") + "?"
        text, title = joined(raw["passages"][0]["text"].split())[0], raw["passages"][0]["title"]
        yield Row(question, text, NONE, NONE, "clapnq", title, "near miss")


def squad_sentences(mirror: Path, rng: random.Random) -> Iterator[Row]:
    """Questions of SQuAD 1.1's training set with the sentence that answers, but not the span.

    The part of Du et al.'s split that they made of SQuAD's training articles; their sentences stand
    in the order of the articles, so that neighbours make a passage.
    """
    sides = (
        read_blob(mirror, "xinyadu/nqg", f"data/processed/{side}-test.txt").decode().splitlines()
        for side in ("src", "tgt")
    )
    pairs = [(joined(a.split())[0], joined(b.split())[0]) for a, b in zip(*sides, strict=True)]
    sentences = list(dict.fromkeys(sentence for sentence, _ in pairs))
    places = {sentence: at for at, sentence in enumerate(sentences)}
    for sentence, question in pairs:
        at = places[sentence]
        first = max(0, at - rng.randint(0, 5))
        before = "".join(s + " " for s in sentences[first:at])
        after = "".join(" " + s for s in sentences[at + 1 : at + 1 + rng.randint(0, 5)])
        start, end = len(before), len(before) + len(sentence)
        title = f"part {at // SENTENCES_A_TITLE}"
        yield Row(question, before + sentence + after, start, end, "squad1", title, "sentence")


def news(path: Path = NEWS) -> Iterator[Row]:
    """The questions written for this project over news stories written for it."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            for asked in raw["questions"]:
                yield _news_row(asked, raw["article_text"], raw["id"])


def _news_row(asked: dict[str, Any], text: str, title: str) -> Row:
    question = tidy(asked["question"])
    if not asked["answerable"]:
        return Row(question, text, NONE, NONE, "news", title, "near miss")
    start = -1
    for _ in range(asked.get("occurrence") or 1):
        start = text.index(asked["answer"], start + 1)
    return Row(question, text, start, start + len(asked["answer"]), "news", title)

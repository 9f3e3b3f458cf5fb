"""Article: what it takes, what it refuses, and what it keeps."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from newsqa import article as article_module
from newsqa.article import MAX_CHARACTERS, Article
from newsqa.errors import ArticleError

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TEXT = ANY_TEXT.map(lambda text: text + "x")
FIELDS = ("title", "published_at", "source", "url", "author", "language")


def _error(**fields: Any) -> str:
    with pytest.raises(ArticleError) as raised:
        Article(**fields)
    return str(raised.value)


# text ---------------------------------------------------------------------------------------------


@given(TEXT)
def test_the_text_is_kept_to_the_letter(text: str) -> None:
    """No normalisation, no trimming, no change of line ends."""
    assert Article(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc\nd\u2028e",
        "a\0b",
        "\ufeffa",
        "🔥🔥👩\u200d🚒",
        "האיש הלך. \u202aabc\u202c قال",
        "大桥已经关闭",
        "สะพานปิดแล้ว",
        "e\u0301",
        "  a  ",
    ],
    ids=lambda text: ascii(text),
)
def test_unusual_text_is_taken_as_it_is(text: str) -> None:
    """Mixed line ends, NUL, marks, emoji alone, right-to-left, no spaces at all."""
    article = Article(text)
    assert article.text == text
    assert article.sentences


@pytest.mark.parametrize("text", ["", " \n\t\r", "\u200b\u202e\ufeff", "\0\0"], ids=ascii)
def test_text_with_nothing_to_read_is_refused(text: str) -> None:
    """White space, zero-width and bidi characters, and NUL are nothing to read."""
    assert _error(text=text) == "The article's text is empty."


@pytest.mark.parametrize("text", [None, b"text", 5, ["text"]])
def test_text_of_another_type_is_refused(text: object) -> None:
    """Its type is named, and nothing is converted."""
    assert _error(text=text).startswith(
        f"The article's text must be a str, not {type(text).__name__};"
    )


def test_a_lone_surrogate_is_refused_with_its_offset() -> None:
    """It could not be sent to a model, nor hashed."""
    assert "(a lone surrogate) at offset 2;" in _error(text="ab\udc80c")


def test_a_text_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is allowed; it is 20 million characters."""
    assert MAX_CHARACTERS == 20_000_000
    monkeypatch.setattr(article_module, "MAX_CHARACTERS", 3)
    assert Article("abc").text == "abc"
    assert _error(text="abcd") == "The article's text has 4 characters; at most 3 can be read."


# fields -------------------------------------------------------------------------------------------


def test_fields_can_be_given_by_position_or_by_name() -> None:
    """In the order of the signature; what is not given is None."""
    by_position = Article("x", "T", "2025-03-14", "S", "U", "A", "en")
    by_name = Article(
        text="x",
        title="T",
        published_at="2025-03-14",
        source="S",
        url="U",
        author="A",
        language="en",
    )
    assert by_position == by_name
    assert [getattr(Article("x"), field) for field in FIELDS] == [None] * len(FIELDS)


@pytest.mark.parametrize(
    ("given_as", "kept_as"),
    [
        ("2025-03-14", date(2025, 3, 14)),
        (" 2025-03-14\n", date(2025, 3, 14)),
        (date(2025, 3, 14), date(2025, 3, 14)),
        ("2025-03-14T08:30", datetime(2025, 3, 14, 8, 30)),  # noqa: DTZ001  # naive on purpose
        ("2025-03-14 00:00:00", datetime(2025, 3, 14)),  # noqa: DTZ001  # naive on purpose
        ("2025-03-14T00:00:00Z", datetime(2025, 3, 14, tzinfo=UTC)),
        (datetime(2025, 3, 14, tzinfo=UTC), datetime(2025, 3, 14, tzinfo=UTC)),
        (
            "2025-03-14T08:30:15.250+05:30",
            datetime(2025, 3, 14, 8, 30, 15, 250_000, timezone(timedelta(hours=5, minutes=30))),
        ),
    ],
)
def test_a_date_stays_a_date_and_a_time_a_time(given_as: date | str, kept_as: date) -> None:
    """Midnight too is a time, and JSON changes neither."""
    article = Article("x", published_at=given_as)
    again = Article.model_validate_json(article.model_dump_json())
    for found in (article.published_at, again.published_at):
        assert (type(found), found) == (type(kept_as), kept_as)


@pytest.mark.parametrize("value", ["14 March", "", "1741910400", "2025-02-30", "yesterday"])
def test_a_string_that_is_not_a_date_is_refused(value: str) -> None:
    """A number of seconds is not guessed at, and the message shows the form that is wanted."""
    assert _error(text="x", published_at=value) == (
        "The article's 'published_at' is not usable: Input should be a date in ISO 8601, such as "
        "2025-03-14."
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [*((field, 5) for field in FIELDS), ("title", b"T"), ("author", ["A"]), ("title", "\ud800")],
)
def test_a_field_of_another_type_is_refused_by_name(field: str, value: object) -> None:
    """Nothing is converted in silence."""
    assert _error(**{"text": "x", field: value}).startswith(
        f"The article's '{field}' is not usable: "
    )


@pytest.mark.parametrize("name", ["foo", "self", "sentences", "sha256", "_quotes"])
def test_an_unknown_field_is_refused_by_name(name: str) -> None:
    """A misspelled field would else be lost unseen."""
    assert _error(**{"text": "x", name: "v"}).startswith(f"The article's '{name}' is not usable: ")


def test_an_article_does_not_change() -> None:
    """Offsets into it stay true."""
    article = Article("x")
    with pytest.raises(ValidationError, match="frozen"):
        article.text = "y"  # type: ignore[misc]  # that it is refused is the point


class _Holder(BaseModel):
    article: Article


@pytest.mark.parametrize(
    "fields",
    [{}, {"text": ""}, {"text": 5}, {"text": "x", "foo": 1}, {"text": "x", "published_at": "?"}, 5],
)
def test_inside_another_model_it_is_a_validation_error(fields: object) -> None:
    """Where pydantic validates, its own error says what and where."""
    with pytest.raises(ValidationError) as raised:
        _Holder.model_validate({"article": fields})
    assert raised.value.errors()[0]["loc"] == ("article",)


# value --------------------------------------------------------------------------------------------

ARTICLES = st.builds(
    Article,
    TEXT,
    published_at=st.none() | st.dates() | st.datetimes(timezones=st.none() | st.just(UTC)),
    **dict.fromkeys(("title", "source", "url", "author", "language"), st.none() | ANY_TEXT),
)


@given(ARTICLES)
def test_a_round_trip_through_json_loses_nothing(article: Article) -> None:
    """Neither through pydantic nor through a file that is read as JSON."""
    data = article.model_dump_json()
    assert Article.model_validate_json(data) == article
    assert Article.from_bytes(data.encode(), suffix=".json") == article
    assert Article.model_validate(article.model_dump()) == article


def _used() -> Article:
    article = Article("He left. She stayed.", title="T", published_at="2025-03-14")
    assert article.sentences
    assert article.sha256
    assert article.locate("stayed").match
    assert article.sentences_in(0, 1)
    return article


@pytest.mark.parametrize(
    "again",
    [
        lambda article: article,
        lambda article: pickle.loads(pickle.dumps(article)),  # noqa: S301  # its own data
        copy.copy,
        copy.deepcopy,
        lambda article: article.model_copy(),
        lambda article: article.model_copy(deep=True),
        lambda article: _Holder(article=article).article,
    ],
    ids=["same", "pickle", "copy", "deepcopy", "model_copy", "model_copy deep", "nested"],
)
def test_a_used_article_equals_an_unused_one(again: Any) -> None:
    """Cached results are not part of the value, and copies work like originals."""
    fresh = Article("He left. She stayed.", title="T", published_at="2025-03-14")
    used = again(_used())
    assert used == fresh
    assert fresh == used
    assert hash(used) == hash(fresh)
    assert used.model_dump() == fresh.model_dump()
    assert used.sentences == fresh.sentences
    assert used.locate("stayed") == fresh.locate("stayed")


def test_a_pickle_holds_no_more_than_the_fields() -> None:
    """Indexes several times the text's size do not travel between processes."""
    used = _used()
    fresh = Article(**{name: getattr(used, name) for name in Article.model_fields})
    assert vars(pickle.loads(pickle.dumps(used))) == vars(fresh)  # noqa: S301  # its own data


def test_articles_that_differ_are_not_equal() -> None:
    """In any field."""
    assert len({Article("x"), Article("y"), Article("x", "T"), Article("x")}) == 3


def test_a_copy_with_another_text_has_its_own_sentences() -> None:
    """Nothing computed for the old text is taken along."""
    changed = _used().model_copy(update={"text": "No."})
    assert [sentence.text for sentence in changed.sentences] == ["No."]
    assert (changed.title, changed.sha256) == ("T", hashlib.sha256(b"No.").hexdigest())
    assert not changed.locate("stayed").candidates


def test_a_copy_is_checked_as_any_article_is() -> None:
    """An update cannot make what could not be built."""
    with pytest.raises(ArticleError, match="text is empty"):
        Article("x").model_copy(update={"text": ""})


def test_the_text_is_not_in_the_repr() -> None:
    """Logs and tracebacks stay readable."""
    assert repr(Article("SECRET", "T")).startswith("Article(title='T', published_at=None,")
    assert "SECRET" not in repr(Article("SECRET", "T"))


def test_the_schema_is_one_for_other_programs() -> None:
    """A date is a date or a datetime there too."""
    schema = Article.model_json_schema()
    formats = [kind.get("format") for kind in schema["properties"]["published_at"]["anyOf"]]
    assert (formats, schema["required"]) == (["date", "date-time", None], ["text"])
    assert schema["additionalProperties"] is False


# files --------------------------------------------------------------------------------------------


def test_a_text_file_is_its_text(tmp_path: Path) -> None:
    """Line ends included; the path may be a string."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\rThree.\n")
    assert Article.from_file(str(tmp_path / "a.txt")) == Article("One.\r\nTwo.\rThree.\n")


def test_a_json_file_has_the_fields(tmp_path: Path) -> None:
    """Those of this class."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": "x", "published_at": "2025-03-14"}), encoding="utf-8")
    assert Article.from_file(path) == Article("x", published_at=date(2025, 3, 14))


def test_a_schema_org_file_is_an_article(examples: Path) -> None:
    """With its publisher and its author as names."""
    article = Article.from_file(examples / "data-centre.json")
    assert article.title == "$1.8 billion data center clears first vote in Tolliver County"
    assert isinstance(article.source, str)
    assert isinstance(article.author, str)
    assert isinstance(article.published_at, date)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": None},
        {"text": "x", "published_at": "soon"},
        {"text": "x", "pages": [5, 0]},
        {"title": "no text"},
        {"title": "no text", "foo": 1},
    ],
)
def test_a_json_file_with_other_fields_is_an_article_error(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    """Not pydantic's: whoever reads a file catches one error."""
    (tmp_path / "a.json").write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(ArticleError):
        Article.from_file(tmp_path / "a.json")


@pytest.mark.parametrize(
    "fields",
    [{"text": "x", "foo": 1}, {"text": "x", "self": "y"}, {"articleBody": ["x"]}],
)
def test_a_json_file_with_unknown_fields_is_read(tmp_path: Path, fields: dict[str, object]) -> None:
    """What an Article has no field for is left out."""
    (tmp_path / "a.json").write_text(json.dumps(fields), encoding="utf-8")
    assert Article.from_file(tmp_path / "a.json") == Article("x")


@pytest.mark.parametrize("name", ["bakery-recall.json", "orchard-frost.txt", "quake-update.txt"])
def test_the_examples_are_read_as_they_are(examples: Path, name: str) -> None:
    """Every offset in them counts characters of the file."""
    data = (examples / name).read_bytes()
    text = json.loads(data)["text"] if name.endswith(".json") else data.decode()
    assert Article.from_file(examples / name).text == text


# language, sentences, hash ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "code"),
    [
        *(("de", "de"), ("en-US", "en"), ("zh_Hant", "zh"), ("FR", "fr"), ("fil", "fil")),
        *((None, "es"), ("", "es"), ("Spanish", "es"), ("español", "es"), ("-", "es")),
    ],
)
def test_the_language_code_is_the_given_or_the_guessed_one(language: str | None, code: str) -> None:
    """The name of a language is not a code, and two of its letters could be another's."""
    assert Article("El puente de la ciudad está cerrado.", language=language).language_code == code


def test_the_hash_is_that_of_the_text_alone() -> None:
    """In UTF-8, so that anybody can compute it."""
    digest = hashlib.sha256("Köln 🔥".encode()).hexdigest()
    assert Article("Köln 🔥", "T").sha256 == digest


@given(ANY_TEXT.map(lambda text: f"One. {text} x"), st.data())
def test_sentences_in_a_span_are_those_it_touches(text: str, data: st.DataObject) -> None:
    """As a search through all of them would find."""
    article = Article(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    touched = tuple(s for s in article.sentences if s.start < end and start < s.end)
    assert article.sentences_in(start, end) == touched


def test_a_quote_that_occurs_twice_is_located_by_its_sentence() -> None:
    """Numbers beyond the article point nowhere, 0 least of all to its end."""
    article = Article("He left. He left.")
    second = article.locate("He left", near=[2]).match
    assert second is not None
    assert second.spans == ((9, 16),)
    for near in ([], [0], [3], [-1]):
        assert article.locate("He left", near=near).match is None

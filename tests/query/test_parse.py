"""Searches and their syntax trees."""

import datetime as dt

import pytest

from archive.query import (
    FIELDS,
    SORTS,
    And,
    DateRange,
    Has,
    Is,
    Lang,
    Near,
    Not,
    Or,
    Part,
    Path,
    Phrase,
    Prefix,
    Query,
    Site,
    Tag,
    TextField,
    Word,
    WordCount,
    parse,
)

TODAY = dt.date(2026, 3, 31)
A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


WORDS = [
    ("", None),
    (" \t\n\u3000\u200b", None),
    ("Kyiv", Word("Kyiv")),
    ("a b", And((A, B))),
    ("a\u00a0b\u3000c\x00d", And((A, B, C, D))),
    ("a AND b", And((A, B))),
    ("a or b", And((A, Word("or"), B))),
    ('"a  b"', Phrase("a b")),
    ('"a"', Phrase("a")),
    ('a"b c"d', And((A, Phrase("b c"), D))),
    ("swa*", Prefix("swa")),
    ("*swa*", Part("swa")),
    ("＊swa", Part("swa", is_end=True)),
    ("swap~", Near("swap")),
    ("swap～～", Near("swap")),
    ("~", Word("~")),
    ("*~", Part("~", is_end=True)),
    ("title:*swa", TextField("title", Part("swa", is_end=True))),
    ("title:swap~", TextField("title", Near("swap"))),
    ("swa**", Prefix("swa")),
    ("swa＊", Prefix("swa")),
    ("U.S. C++ don't cease-fire", And((Word("U.S."), Word("C++"), Word("don't"), Word("cease-fire")))),
    ("停火 谈判", And((Word("停火"), Word("谈判")))),
    ('"OR" "NOT"', And((Phrase("OR"), Phrase("NOT")))),
]

QUOTATION_MARKS = [
    ("„a b“", Phrase("a b")),
    ("“a b”", Phrase("a b")),
    ("”a b”", Phrase("a b")),
    ('“a b"', Phrase("a b")),
    ("«a b»", Phrase("a b")),
    ("»a b«", Phrase("a b")),
    ("「a b」", Phrase("a b")),
    ("『a「b」』", Phrase("a「b」")),
    ("关于「停火」谈判", And((Word("关于"), Phrase("停火"), Word("谈判")))),
    ('«a "b" c»', Phrase('a "b" c')),
    ('צה"ל', Word('צה"ל')),
    ('"צה"ל חזק"', Phrase('צה"ל חזק')),
]

OPERATORS = [
    ("a OR b", Or((A, B))),
    ("a OR b OR c", Or((A, B, C))),
    ("a b OR c", Or((And((A, B)), C))),
    ("a (b OR c)", And((A, Or((B, C))))),
    ("a OR (b OR c)", Or((A, B, C))),
    ("a (b c)", And((A, B, C))),
    ("((((a))))", A),
    ("（a OR b） c", And((Or((A, B)), C))),
    ("-a", Not(A)),
    ("－a −b", And((Not(A), Not(B)))),
    ("NOT a b", And((Not(A), B))),
    ("a OR NOT b", Or((A, Not(B)))),
    ("-(a b)", Not(And((A, B)))),
    ("-(a OR b) c", And((Not(Or((A, B))), C))),
    ('-"a b"', Not(Phrase("a b"))),
    ("NOT NOT a", A),
    ("-(-a)", A),
    ("-OR", Not(Word("or"))),
    ("--prune", Word("--prune")),
    ("NOT --prune", Not(Word("--prune"))),
]

TEXT_FIELDS = [
    ("title:a", TextField("title", A)),
    ("TITLE:a", TextField("title", A)),
    ("title：a", TextField("title", A)),
    ("ｔｉｔｌｅ：a", TextField("title", A)),
    ("title:swa*", TextField("title", Prefix("swa"))),
    ('title:"a b"', TextField("title", Phrase("a b"))),
    ("title:「a b」", TextField("title", Phrase("a b"))),
    ("-author:a", Not(TextField("author", A))),
    ("notes:a highlights:b", And((TextField("notes", A), TextField("highlights", B)))),
    ("title:a:b", TextField("title", Word("a:b"))),
    ("in:notes a", TextField("notes", A)),
    ("a in:note", TextField("notes", A)),
    (
        'in:highlights a* -b OR "c d"',
        Or(
            (
                And((TextField("highlights", Prefix("a")), Not(TextField("highlights", B)))),
                TextField("highlights", Phrase("c d")),
            )
        ),
    ),
    ("(in:title a) b", And((TextField("title", A), B))),
    ("in:notes a title:b tag:c", And((TextField("notes", A), TextField("title", B), Tag("c")))),
    ("in:notes a (in:title b)", And((TextField("notes", A), TextField("title", B)))),
]

OTHER_FIELDS = [
    ("tag:ai/agents", Tag("ai/agents")),
    ("tag:#AI", Tag("AI")),
    ("tag:/ai//agents/", Tag("ai/agents")),
    ('tag:"peace talks"', Tag("peace talks")),
    ("tag:a:b", Tag("a:b")),
    ("site:Example.ORG", Site("example.org")),
    ("site:www.example.org", Site("example.org")),
    ("site:https://www.example.org/a/b?c", Site("example.org")),
    ('site:"The Daily Example"', Site("the daily example")),
    ("lang:pt_BR", Lang("pt-br")),
    ("path:/clips/2026/", Path("clips/2026")),
    ("path:./clips/*", Path("clips")),
    ('path:"My Clips/a b.md"', Path("My Clips/a b.md")),
    ("has:highlights has:note", And((Has("highlights"), Has("notes")))),
    ("has:Images", Has("images")),
    ("is:unread OR is:starred", Or((Is("unread"), Is("starred")))),
    ("words:>1000", WordCount(at_least=1001)),
    ("words:>=1000", WordCount(at_least=1000)),
    ("words:<500", WordCount(at_most=499)),
    ("words:<=500", WordCount(at_most=500)),
    ("words:500..900", WordCount(500, 900)),
    ("words:500..", WordCount(at_least=500)),
    ("words:..900", WordCount(at_most=900)),
    ("words:500", WordCount(500, 500)),
    ("words:＞５００", WordCount(at_least=501)),
    ("words:>999999999999", WordCount(at_least=999_999_999)),
]

DATES = [
    ("on:2026", DateRange(day("2026-01-01"), day("2026-12-31"))),
    ("on:2024-02", DateRange(day("2024-02-01"), day("2024-02-29"))),
    ("on:2026-02-05", DateRange(day("2026-02-05"), day("2026-02-05"))),
    ("on:2026-2-5", DateRange(day("2026-02-05"), day("2026-02-05"))),
    ("on:２０２６", DateRange(day("2026-01-01"), day("2026-12-31"))),
    ("year:2026", DateRange(day("2026-01-01"), day("2026-12-31"))),
    ("year:2020..2024", DateRange(day("2020-01-01"), day("2024-12-31"))),
    ("on:2025-11..2026-02-05", DateRange(day("2025-11-01"), day("2026-02-05"))),
    ("on:2025..", DateRange(day("2025-01-01"), None)),
    ("on:..2025", DateRange(None, day("2025-12-31"))),
    ("after:2026", DateRange(day("2026-01-01"), None)),
    ("after:2026-02", DateRange(day("2026-02-01"), None)),
    ("after:2026-02-05", DateRange(day("2026-02-05"), None)),
    ("before:2026", DateRange(None, day("2025-12-31"))),
    ("before:2026-03", DateRange(None, day("2026-02-28"))),
    ("before:2026-02-05", DateRange(None, day("2026-02-04"))),
    ("after:7d", DateRange(day("2026-03-24"), None)),
    ("after:0d", DateRange(TODAY, None)),
    ("after:2w", DateRange(day("2026-03-17"), None)),
    ("after:1mo", DateRange(day("2026-02-28"), None)),
    ("after:1Y", DateRange(day("2025-03-31"), None)),
    ("before:1y", DateRange(None, day("2025-03-30"))),
    ("on:1d", DateRange(day("2026-03-30"), day("2026-03-30"))),
    ("on:2w..1w", DateRange(day("2026-03-17"), day("2026-03-24"))),
]

COLONS = [
    (text, Word(text))
    for text in ("https://example.org/a?b=c", "12:30", "C++:", "Analysis:", "std::vector", "C:\\clips", "a1:b", "::")
]


@pytest.mark.parametrize(
    ("q", "node"),
    [*WORDS, *QUOTATION_MARKS, *OPERATORS, *TEXT_FIELDS, *OTHER_FIELDS, *DATES, *COLONS],
)
def test_tree(q, node):
    parsed = parse(q, today=TODAY)
    assert parsed.node == node
    assert parsed.problems == ()
    assert parse(str(parsed), today=TODAY) == parsed


@pytest.mark.parametrize(
    ("q", "node", "sort"),
    [
        ("sort:title", None, "title"),
        ("a sort:-published b", And((A, B)), "-published"),
        ("-sort:length", None, "-length"),
        ("-sort:-length", None, "length"),
        ("sort:Clipped a OR b", Or((A, B)), "clipped"),
        ("(a sort:relevance) b", And((A, B)), "relevance"),
    ],
)
def test_sort_is_not_part_of_the_tree(q, node, sort):
    assert parse(q) == Query(node, sort)
    assert parse(str(parse(q))) == parse(q)


@pytest.mark.parametrize("key", SORTS)
def test_every_order_is_understood(key):
    assert parse(f"sort:{key}") == Query(None, key)


@pytest.mark.parametrize(
    ("q", "canonical"),
    [
        ("  a   b ", "a b"),
        ("NOT a AND b", "-a b"),
        ("(a b) OR (c)", "a b OR c"),
        ("“a b” title：「c」", '"a b" title:"c"'),
        ('«a "b"»', '«a "b"»'),
        ("tag:#peace", "tag:peace"),
        ('tag:"peace"', "tag:peace"),
        ("year:2026", "on:2026"),
        ("on:2026-02-01..2026-02-28", "on:2026-02"),
        ("on:2026-01-01..2026-02-28", "on:2026-01..2026-02"),
        ("on:2026-01-15..2026-02-28", "on:2026-01-15..2026-02-28"),
        ("after:2026-01-01", "after:2026"),
        ("on:..2025-03", "before:2025-04"),
        ("on:..9999", "on:..9999"),
        ("on:0001..9999", "on:0001..9999"),
        ("after:7D", "after:7d"),
        ("words:>=1001", "words:>1000"),
        ("words:>=0", "words:0.."),
        ("words:7..7", "words:7"),
        ("in:notes a b", "notes:a notes:b"),
        ("sort:title a OR b", "a OR b sort:title"),
    ],
)
def test_canonical_text(q, canonical):
    query = parse(q, today=TODAY)
    assert str(query) == canonical
    assert parse(canonical, today=TODAY) == query


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Word("a b"), '"a b"'),
        (Word("-a"), '"-a"'),
        (Word("foo:bar"), '"foo:bar"'),
        (Word("OR"), "or"),
        (Tag("peace talks"), 'tag:"peace talks"'),
        (Tag('"a"'), 'tag:«"a"»'),
        (Tag("ai*"), 'tag:"ai*"'),
        (Phrase('"a» b」 c』 d｣'), '"a» b」 c』 d｣"'),
    ],
)
def test_nodes_made_by_a_program_are_quoted_where_they_need_it(node, text):
    assert str(node) == text
    assert parse(text).problems == ()


def test_a_relative_date_stays_relative_when_it_is_written_out():
    query = parse("after:7d", today=dt.date(2026, 1, 8))
    assert query.node == DateRange(dt.date(2026, 1, 1), None)
    assert parse(str(query), today=TODAY).node == DateRange(dt.date(2026, 3, 24), None)


def test_today_is_this_machines_unless_told():
    yesterday = dt.datetime.now().astimezone().date() - dt.timedelta(days=1)
    node = parse("after:0d").node
    assert isinstance(node, DateRange)
    assert node.since is not None and node.since >= yesterday


@pytest.mark.parametrize("make", [DateRange, WordCount])
def test_a_range_has_at_least_one_end(make):
    with pytest.raises(ValueError, match="needs a"):
        make()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_fields_describe_themselves(field):
    assert field.example.startswith(f"{field.name}:")
    assert field.meaning
    assert parse(f"{field.example} word").problems == ()
    for value in field.values:
        assert parse(f"{field.name}:{value} word").problems == ()

"""Unusual articles, named after what is unusual about them."""

from itertools import product

from archive.exporting.citations import Kind, Name, Work

URL = "https://example.org/a"
ADA, BEN, LI = Name("Okafor", "Ada"), Name("Marsh", "Ben"), Name("Li", "Chen Wei")
POST = {"container": "The Harbour Post", "url": URL, "language": "en", "accessed": (2024, 5, 6)}


def _combinations():
    """Each kind, with and without author, publication, date and address."""
    for kind, has_author, has_container, has_date, has_url in product(Kind, *[(True, False)] * 4):
        yield Work(
            "Peace talks end with a swap",
            kind,
            (ADA,) if has_author else (),
            "The Harbour Post" if has_container else "",
            (2023, 4, 7) if has_date else (),
            (2024, 5, 6),
            URL if has_url else "",
            "en",
        )


def _many(number: int) -> Work:
    return Work(
        "Written by many", authors=tuple(Name(f"Fam{n}x", f"Giv{n}x") for n in range(number)), issued=(2023,), **POST
    )


WORKS = {
    **{
        f"{work.kind.value}{'-by' * bool(work.authors)}{'-in' * bool(work.container)}{'-on' * bool(work.issued)}"
        f"{'-at' * bool(work.url)}": work
        for work in _combinations()
    },
    "month alone": Work("The month is known", Kind.NEWSPAPER, (ADA,), issued=(2023, 4), **POST),
    "year alone": Work("The year is known", Kind.MAGAZINE, (ADA,), issued=(2021,), **POST),
    "month without author": Work("The month is known", Kind.NEWSPAPER, issued=(2023, 4), **POST),
    "year of a page": Work("The year is known", issued=(2021,), **POST),
    "nothing saved": Work("Not even when it was saved", container="Site", url=URL, language="en"),
    "organisation": Work(
        "What it said: a summary", authors=(Name(literal="Port Authority of Genoa"),), issued=(2021,), **POST
    ),
    "organisation and person": Work("What both said", authors=(Name(literal="Reuters"), ADA), issued=(2021,), **POST),
    "own site": Work(
        "Facts of the year",
        authors=(Name(literal="World Health Organization"),),
        issued=(2021, 12, 1),
        language="en",
        container="World Health Organization",
        url=URL,
    ),
    "handle": Work("A handle wrote", authors=(Name(literal="@sea_captain"),), issued=(2023, 1, 31), **POST),
    "mononym": Work("A single name", authors=(Name(literal="Teller"),), issued=(2023, 1, 31), **POST),
    "two": Work("Two wrote it", Kind.NEWSPAPER, (ADA, BEN), issued=(2023, 4, 7), **POST),
    "three": Work("Three wrote it?", Kind.NEWSPAPER, (ADA, BEN, LI), issued=(2023, 4, 7), **POST),
    "six": _many(6),
    "seven": _many(7),
    "twenty": _many(20),
    "twenty-one": _many(21),
    "particle": Work("Dikes", Kind.NEWSPAPER, (Name("Berg", "Jan-Willem", "van der"),), issued=(2023, 4, 7), **POST),
    "second particle": Work("Dikes", Kind.BLOG, (ADA, Name("Leyen", "Ursula", "von der")), issued=(2023, 4, 7), **POST),
    "suffix": Work("Letters", authors=(Name("King", "Martin Luther", suffix="Jr."),), issued=(1963, 4, 16), **POST),
    "initials": Work("Letters", authors=(Name("O’Neil", "J. R."),), issued=(1963, 4, 16), **POST),
    "Japanese": Work(
        "山の話", Kind.NEWSPAPER, (Name("山田", "花子"),), "朝日新聞", (2023, 1, 2), url=URL, language="ja"
    ),
    "Korean": Work("한국의 산", Kind.NEWSPAPER, (Name("김", "철수"),), "한겨레", (2023, 1), url=URL, language="ko"),
    "Chinese, not split": Work("山", Kind.BLOG, (Name(literal="王小明"),), "博客", (2022,), url=URL, language="zh"),
    "Arabic": Work("السلام", Kind.NEWSPAPER, (Name(literal="نجيب محفوظ"),), "الأهرام", (2022,), url=URL, language="ar"),
    "German": Work(
        "Über die Brücke und andere Wege",
        Kind.NEWSPAPER,
        (Name("Müller", "Änne"),),
        "Die Zeit",
        (2023, 4, 7),
        url=URL,
        language="de",
    ),
    "French": Work(
        "La vie des autres",
        Kind.MAGAZINE,
        (Name("Beauvoir", "Simone", "de"),),
        "Le Monde diplomatique",
        (2020,),
        url=URL,
        language="fr",
    ),
    "colon": Work("A tale of two ports: the long way home", authors=(ADA,), issued=(2023, 4, 7), **POST),
    "question within": Work("What next? a look ahead", authors=(ADA,), issued=(2023, 4, 7), **POST),
    "exclamation": Work("Stop!", authors=(ADA,), issued=(2023, 4, 7), **{**POST, "container": "Yahoo!"}),
    "full stop": Work(
        "The end of it.", Kind.BLOG, (ADA,), issued=(2020, 2, 29), **{**POST, "container": "Notes of M. L."}
    ),
    "abbreviation": Work("Made in the U.S.", Kind.NEWSPAPER, (ADA,), issued=(2020, 2, 29), **POST),
    "quotes": Work("“Quoted” words and ‘single’ ones here", Kind.NEWSPAPER, (ADA,), issued=(2023, 4, 7), **POST),
    "quotes in quotes": Work("She said “he said ‘no’” and left", Kind.NEWSPAPER, (ADA,), issued=(2023, 4, 7), **POST),
    "straight quotes": Work('Why "free" isn\'t free', Kind.NEWSPAPER, (ADA,), issued=(2023, 4, 7), **POST),
    "quote at the end": Work("What he called “the end”", Kind.NEWSPAPER, (ADA,), issued=(2023, 4, 7), **POST),
    "question in quotes": Work("They ask “why?”", Kind.NEWSPAPER, (ADA,), issued=(2023, 4, 7), **POST),
    "capitals inside": Work("NASA and iPhone users at sea", authors=(ADA,), issued=(2023, 4, 7), **POST),
    "small words": Work("What to look for and what to live with", authors=(ADA,), issued=(2023, 4, 7), **POST),
    "hyphens": Work("A long-term plan for well-being", authors=(ADA,), issued=(2023, 4, 7), **POST),
    "markup": Work("A *b* _c_ $5 50% #1 {x} \\ & ~ ^ | `d`", authors=(ADA,), issued=(2023, 4, 7), **POST),
    "publication in lower case": Work(
        "Dijken", Kind.NEWSPAPER, (ADA,), "de Volkskrant", (2023, 4), url=URL, language="nl"
    ),
}
for name, work in WORKS.items():
    object.__setattr__(work, "key", f"k{list(WORKS).index(name)}")

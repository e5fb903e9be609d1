import pytest

from archive.articles.models import Publication
from archive.importing.publications import Publications

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ([("", "")], []),
        ([("", "a.example")], [("a.example", "a.example")]),
        ([("The A", "a.example")], [("The A", "a.example")]),
        ([("The A", "")], [("The A", "")]),
        ([("The A", ""), ("the a", "a.example")], [("The A", "a.example")]),
        ([("The A", "a.example"), ("", "a.example")], [("The A", "a.example")]),
        ([("", "a.example"), ("The A", "a.example"), ("", "a.example")], [("The A", "a.example")]),
        (
            [("The A", "a.example"), ("The B", "a.example"), ("", "a.example")],
            [("The A", "a.example"), ("The B", "a.example")],
        ),
        (
            [("The A", "a.example"), ("The A", "b.example"), ("", "b.example")],
            [("The A", "a.example"), ("b.example", "b.example")],
        ),
        ([("a.example", ""), ("", "a.example")], [("a.example", "")]),
        ([("", "doi.org"), ("The A", "doi.org"), ("", "doi.org")], [("doi.org", "doi.org"), ("The A", "")]),
        ([("x" * 300, "a.example")], [("x" * 200, "a.example")]),
    ],
)
def test_names_and_hosts_find_together(stated, kept):
    publications = Publications()
    for name, host in stated:
        publications.of(name, host)
    assert list(Publication.objects.order_by("pk").values_list("name", "host")) == kept


def test_they_are_the_same_when_read_again():
    stated = [("", "a.example"), ("The B", "b.example"), ("", "c.example"), ("The C", "c.example"), ("", "b.example")]
    first = Publications()
    made = [first.of(*one) for one in stated]
    again = Publications()
    assert [again.of(*one) for one in stated[1:]] == made[1:]


def test_umlauts_are_letters_too():
    publications = Publications()
    assert publications.of("ÖSTERREICH HEUTE", "") == publications.of("Österreich heute", "")

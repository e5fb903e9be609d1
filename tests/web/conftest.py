import pytest
from django.contrib.auth import get_user_model

from archive.anchoring import Selector
from archive.annotations import writing
from archive.search import index
from tests.factories import article as make_article
from tests.factories import rendered
from tests.web.pages import QUOTE, SOURCE


@pytest.fixture
def public(settings):
    """An archive that everyone can read."""
    settings.PUBLIC_READING = True


@pytest.fixture
def reader(client, db):
    """A person without permissions, signed in with `client`."""
    person = get_user_model().objects.create_user("reader", password="a long password")
    client.force_login(person)
    return person


@pytest.fixture
def keeper(client, db):
    """A staff member, signed in with `client`."""
    person = get_user_model().objects.create_superuser("keeper", password="a long password")
    client.force_login(person)
    return person


@pytest.fixture
def neighbour(db):
    """Another person."""
    return get_user_model().objects.create_user("neighbour")


@pytest.fixture
def article(db):
    return rendered(SOURCE, title="Tides")


@pytest.fixture
def highlight(reader, article):
    """The reader's, on QUOTE."""
    return writing.annotate(reader, article, Selector(QUOTE), note="Why?", tags=["sea"])


@pytest.fixture
def tides(db):
    return make_article(
        title="Tides",
        text="The tide comes in twice a day. The keeper writes it down. The tide goes out again.",
        publication="The Harbour Post",
        authors=("Ada Brook",),
    )


@pytest.fixture
def lamps(db):
    return make_article(title="Lamps", text="A lamp burned 鯨の油 in the café. Nobody slept.", publication="Lamp News")


@pytest.fixture
def notes(reader, neighbour, tides, lamps):
    """Four that the reader can see, and one that only the neighbour can."""
    made = {
        "tide": writing.annotate(reader, tides, Selector("The tide comes in"), colour="blue", tags=["sea"]),
        "keeper": writing.annotate(reader, tides, Selector("keeper writes"), note="Who *was* it?", tags=["sea", "who"]),
        "oil": writing.annotate(reader, lamps, Selector("鯨の油 in the café"), note="Where from?"),
        "shared": writing.annotate(neighbour, lamps, Selector("Nobody slept"), note="Really?", visibility="shared"),
        "secret": writing.annotate(neighbour, lamps, Selector("A lamp burned"), note="My secret"),
    }
    return made


@pytest.fixture
def shelf(db):
    """Three articles in the library, one of them without a date."""
    make_article(
        title="Bread",
        published="2024-03-01",
        tags=("kitchen/baking", "craft"),
        authors=("Ana Miel",),
        publication="Hearth",
    )
    make_article(
        title="Boats", published="2022-07-10", tags=("sea",), authors=("Bo Ferry", "Ana Miel"), publication="Harbour"
    )
    make_article(title="Undated", published=None, text="Water and salt, and water again.")
    index.refresh()

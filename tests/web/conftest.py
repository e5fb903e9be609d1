import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def public(settings):
    """An archive that everybody may read."""
    settings.PUBLIC_READING = True


@pytest.fixture
def reader(client, db):
    """A person without any rights, signed in with `client`."""
    person = get_user_model().objects.create_user("reader", password="a long password")
    client.force_login(person)
    return person


@pytest.fixture
def keeper(client, db):
    """One of the staff, signed in with `client`."""
    person = get_user_model().objects.create_superuser("keeper", password="a long password")
    client.force_login(person)
    return person


@pytest.fixture
def neighbour(db):
    """Another person."""
    return get_user_model().objects.create_user("neighbour")

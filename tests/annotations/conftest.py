import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def reader(db):
    return get_user_model().objects.create_user("reader")


@pytest.fixture
def neighbour(db):
    """Another person."""
    return get_user_model().objects.create_user("neighbour")

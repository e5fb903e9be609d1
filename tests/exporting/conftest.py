import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User


@pytest.fixture
def ada(db: None) -> User:
    return get_user_model().objects.create_user("ada")

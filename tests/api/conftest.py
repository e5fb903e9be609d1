import threading

import pytest
from django.contrib.auth import get_user_model

from archive.accounts import tokens


@pytest.fixture
def keeper(transactional_db, data_dir):
    return get_user_model().objects.create_superuser("keeper")


@pytest.fixture
def saving(keeper):
    """The header of a program that may save."""
    return {"Authorization": f"Bearer {tokens.make(keeper, 'Clipper', ['save'])}"}


@pytest.fixture(autouse=True)
def _imports_end():
    yield
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(30)

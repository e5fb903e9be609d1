import threading

import pytest
from django.contrib.auth import get_user_model

from archive.accounts import tokens


@pytest.fixture
def keeper(transactional_db, data_dir):
    """A staff member. Imports they started finish before the database is emptied."""
    yield get_user_model().objects.create_superuser("keeper")
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(30)


@pytest.fixture
def saving(keeper):
    """The header of a program that may save."""
    return {"Authorization": f"Bearer {tokens.make(keeper, 'Clipper', ['save'])}"}

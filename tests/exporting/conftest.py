from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from tests.exporting import whole_archive


@pytest.fixture
def ada(db: None) -> User:
    return get_user_model().objects.create_user("ada")


@pytest.fixture
def archive(db: None, data_dir: Path, tmp_path: Path) -> Path:
    """Everything that an export has to hold, imported from a folder within this one."""
    whole_archive.fill(tmp_path)
    return tmp_path

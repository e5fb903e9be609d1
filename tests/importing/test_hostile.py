import time

import pytest

from archive.articles.models import Article
from bench.hostile import GOOD, LIMIT, write_folder

pytestmark = pytest.mark.django_db


def test_hostile_files_neither_stop_an_import_nor_keep_others_out(clippings):
    bad = write_folder(clippings.path, line_bytes=21 * 1024 * 1024)
    started = time.monotonic()
    run = clippings.run()
    assert time.monotonic() - started < LIMIT
    assert Article.objects.filter(title__startswith="A good article").count() == GOOD
    assert {problem.path for problem in clippings.problems} == bad
    assert run.created + run.failed == GOOD + len(bad)

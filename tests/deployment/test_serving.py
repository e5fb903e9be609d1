"""How the server, with gunicorn's configuration, handles several people at once."""

from bench.two_people import PEOPLE, pages
from tests.deployment.test_container import free_port


def test_two_people_see_no_word_of_each_other(tmp_path):
    articles = 40
    fetched, wrong = pages(tmp_path, articles, free_port())
    assert fetched == articles * len(PEOPLE)
    assert not wrong

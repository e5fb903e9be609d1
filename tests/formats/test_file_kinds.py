import pytest

from archive.formats.file_kinds import is_for_programs, is_of_other_program


@pytest.mark.parametrize("name", ["a.json", "B.CSV", "c.enex", "d.pdf", "My Clippings.txt", "Mes coupures.txt"])
def test_files_of_other_programs(name):
    assert is_of_other_program(name)


@pytest.mark.parametrize("name", ["robots.txt", "requirements.txt", "requirements-dev.txt", "dev_requirements.txt"])
def test_files_for_programs(name):
    assert is_for_programs(name)


@pytest.mark.parametrize("name", ["a.md", "robots.md", "My clippings of May.txt", "The requirements of the post.txt"])
def test_articles(name):
    assert not is_of_other_program(name)
    assert not is_for_programs(name)

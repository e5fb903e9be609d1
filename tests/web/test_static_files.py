"""Static files as `make run` serves them."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from archive.web.static_files import StaticFiles

IMPORT = re.compile(r'(?:from|import) "([^"]+)"')


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """Our scripts under the names they are served by, with their text."""
    folder = tmp_path_factory.mktemp("static")
    storage = StaticFiles(location=str(folder))
    ours = {}
    for finder in finders.get_finders():
        for path, source in finder.list([]):
            if path.startswith("js/") and isinstance(source, FileSystemStorage):
                with source.open(path) as file:
                    storage.save(path, file)
                ours[path] = (source, path)
    list(storage.post_process(ours))
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.js")}


def test_scripts_import_each_other_by_the_names_that_tell_their_contents(scripts):
    hashed = {name: text for name, text in scripts.items() if re.search(r"\.[0-9a-f]{12}\.js$", name)}
    imports = {found[1] for text in hashed.values() for found in IMPORT.finditer(text)}
    assert len(imports) > 8
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imports), imports
    assert {name.rsplit("/")[-1] for name in imports} <= {name.rsplit("/")[-1] for name in hashed}

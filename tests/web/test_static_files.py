"""Static files as served by `make run`."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from archive.web.static_files import StaticFiles, minified

IMPORT = re.compile(r'(?:\bfrom ?|\bimport ?|\bimport\()"([^"]+)"')


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Our scripts and styles by the names they are served under, with their text."""
    folder = tmp_path_factory.mktemp("static")
    storage = StaticFiles(location=str(folder))
    ours = {}
    for finder in finders.get_finders():
        for path, source in finder.list([]):
            if path.startswith(("css/", "js/")) and isinstance(source, FileSystemStorage):
                with source.open(path) as file:
                    storage.save(path, file)
                ours[path] = (source, path)
    failed = [(name, result) for name, _, result in storage.post_process(ours) if isinstance(result, Exception)]
    assert not failed
    files = (path for path in folder.rglob("*") if re.search(r"\.[0-9a-f]{12}\.(css|js)$", path.name))
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_scripts_import_each_other_by_the_names_that_tell_their_contents(served):
    scripts = {name: text for name, text in served.items() if name.endswith(".js")}
    imports = {found[1] for text in scripts.values() for found in IMPORT.finditer(text)}
    assert len(imports) > 8
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imports), imports
    assert {name.rsplit("/")[-1] for name in imports} <= {name.rsplit("/")[-1] for name in scripts}


def test_a_style_sheet_takes_in_those_it_imports_in_their_order(served):
    styles = {name.split(".")[0]: text for name, text in served.items() if name.endswith(".css")}
    assert not [name for name, text in styles.items() if "@import" in text]
    every = styles["css/every-page"]
    parts = [every.index(styles[f"css/{name}"]) for name in ("tokens", "base", "frame", "controls")]
    assert parts == sorted(set(parts))


def test_what_is_served_has_no_comments_and_means_the_same(served):
    assert not [name for name, text in served.items() if re.search(r"^\s*(//|/\*)", text, re.MULTILINE)]
    text = '/* One\n  two */\n@layer pages {\n  a :is(b, c) { content: "▾" / ""; } /* three */\n}\n'
    assert minified("a.css", text) == '@layer pages{a :is(b, c){content: "▾" / "";}}'
    script = 'export const one = (two) => `a  // ${two}  b`; // said\nif (one) one(/ "/.test(two));\n'
    assert minified("a.js", script) == 'export const one=(two)=>`a  // ${two}  b`;if(one)one(/ "/.test(two));'
    assert minified("a.txt", " // a") == " // a"

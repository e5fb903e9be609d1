"""What the files of a folder of notes are called, and what a layout of one's own makes of them."""

import re
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from archive.accounts import time_zones
from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.exporting.mirror.layout import BadTemplate, Layout
from tests.exporting.mirroring import mirror, names
from tests.factories import annotation
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db


def test_names(ada, tmp_path):
    (tmp_path / "Lamps.md").write_text("my own file")
    for title in ("Lamps", "LAMPS", "CON", "…", "../../etc", "ü" * 200, "x/y:z"):
        annotation(make_article(text="The lamp.", title=title, publication="A/B"), ada, quote="lamp")
    mirror(tmp_path, ada)
    found = names(tmp_path)
    assert len(found) == 8 and (tmp_path / "Lamps.md").read_text() == "my own file"
    assert "CON note.md" in found and "x y z.md" in found and not any("/" in name or name == "CON.md" for name in found)
    by_name = mirror(tmp_path / "other", ada, name="{{ publication }}/{{ year }} {{ title }}")
    assert by_name.written == 7 and all(name.startswith("A B/2024 ") for name in names(tmp_path / "other"))
    Article.objects.filter(title="x/y:z").update(title="Other")  # links from other notes lead to the name it has
    mirror(tmp_path, ada)
    assert [name for name in names(tmp_path) if "/" not in name] == found


def test_days_are_those_of_the_person_s_clock(ada, tmp_path):
    noted = annotation(make_article(text="The lamp burned.", title="Lamps"), ada, quote="lamp", note="Why?")
    Annotation.objects.filter(pk=noted.pk).update(created_at=datetime(2026, 11, 29, 2, 15, tzinfo=UTC))
    time_zones.choose(ada, "America/Los_Angeles")
    layout = tmp_path / "layout.txt"
    layout.write_text("{% for note in notes %}{{ note.created }} {{ note.markdown }}{% endfor %}")
    mirror(tmp_path / "out", ada, file=layout)
    text = (tmp_path / "out" / "Lamps.md").read_text()
    assert text.count("2026-11-28") == 2 and "2026-11-29" not in text


def test_a_layout_of_one_s_own(ada, tmp_path):
    made = make_article(text="The lamp & more burned.", title="Lamps")
    annotation(made, ada, quote="lamp & more", note="<b>", tags=("oil",))
    file = tmp_path / "layout.md.txt"
    file.write_text(
        "{% for n in notes %}{{ n.colour }}|{{ n.quote }}|{{ n.text }}|{{ n.tags|join:',' }}|{{ n.id }}{% endfor %}"
    )
    mirror(tmp_path / "a", ada, file=file)
    uuid = made.annotations.get().uuid.hex[:12]
    assert (
        f"Yellow|> lamp & more|<b>|oil|n{uuid}\n<!-- commonplace:end -->" in (tmp_path / "a" / "Lamps.md").read_text()
    )
    file.write_text("one\n{% for n in %}")
    with pytest.raises(CommandError, match=re.escape(str(file)) + ", line 2"):
        call_command("mirror_notes", str(tmp_path / "b"), person="ada", layout=file)
    with pytest.raises(BadTemplate, match="names, line 1"):
        Layout(name="{{ title|nothing }}")

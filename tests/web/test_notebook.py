"""The notebook: what is listed, found, counted, changed in one go and taken out; and lost passages."""

import csv
import io
import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import listing, writing
from archive.annotations.history import last_change, undo
from archive.annotations.models import Annotation, Status
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in twice a day. The keeper writes it down. The tide goes out again."


@pytest.fixture
def tides():
    return make_article(title="Tides", text=TEXT, publication="The Harbour Post", authors=("Ada Brook",))


@pytest.fixture
def lamps():
    return make_article(title="Lamps", text="A lamp burned 鯨の油 in the café. Nobody slept.", publication="Lamp News")


@pytest.fixture
def notes(reader, neighbour, tides, lamps):
    """Four that the reader may see, and one that only the neighbour may."""
    made = {
        "tide": writing.annotate(reader, tides, Selector("The tide comes in"), colour="blue", tags=["sea"]),
        "keeper": writing.annotate(reader, tides, Selector("keeper writes"), note="Who *was* it?", tags=["sea", "who"]),
        "oil": writing.annotate(reader, lamps, Selector("鯨の油 in the café"), note="Where from?"),
        "shared": writing.annotate(neighbour, lamps, Selector("Nobody slept"), note="Really?", visibility="shared"),
        "secret": writing.annotate(neighbour, lamps, Selector("A lamp burned"), note="My secret"),
    }
    return made


def test_where_nothing_is_marked_yet_there_is_nothing_to_search_or_sort(client, reader):
    page = client.get(reverse("notebook")).content.decode()
    assert "Nothing is marked yet" in page
    assert "notes-q" not in page and "As a stream" not in page
    assert "notes-q" in client.get(reverse("notebook") + "?q=nothing").content.decode()


def listed(client, query=""):
    response = client.get(reverse("notebook") + query)
    assert response.status_code == 200
    page = response.content.decode()
    return re.findall(r'<li class="entry[^"]*" id="note-([\w-]+)"', page), page


def names(client, notes, query):
    by_uuid = {str(annotation.uuid): name for name, annotation in notes.items()}
    return [by_uuid[uuid] for uuid in listed(client, query)[0]]


def test_everything_one_may_see_grouped_by_article_in_reading_order(client, notes):
    assert names(client, notes, "") == ["oil", "shared", "tide", "keeper"]
    assert names(client, notes, "?view=stream") == ["shared", "oil", "keeper", "tide"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=tide", {"tide"}),
        ("q=WRITES", {"keeper"}),
        ("q=who+was", {"keeper"}),
        ("q=sea", {"tide", "keeper"}),
        ("q=cafe", {"oil"}),
        ("q=油", {"oil"}),
        ("q=鯨の", {"oil"}),
        ("q=slee", set()),
        ("q=nob", {"shared"}),
        ("q=secret", set()),
        ("q=lamp", set()),
        ("tag=sea", {"tide", "keeper"}),
        ("tag=sea&tag=who", {"keeper"}),
        ("colour=blue", {"tide"}),
        ("publication=Lamp+News", {"oil", "shared"}),
        ("person=neighbour", {"shared"}),
        ("status=anchored&q=tide", {"tide"}),
        ("status=orphan", set()),
        ("year=1999", set()),
        ("colour=ultraviolet", {"tide", "keeper", "oil", "shared"}),
    ],
)
def test_words_and_filters_narrow_the_list(client, notes, query, expected):
    assert set(names(client, notes, f"?{query}")) == expected


@pytest.mark.parametrize(
    "typed", ['"', "*", "a AND", "NEAR(", "'; DROP TABLE", ")(", "-", "a\0b", "&|!:*", "x" * 5000, "^"]
)
def test_whatever_is_typed_is_sought_as_words(client, notes, typed):
    client.get(reverse("notebook"), {"q": typed, "tag": typed, "article": typed, "year": typed, "before": typed})
    assert client.get(reverse("notebook"), {"q": typed}).status_code == 200


def test_a_count_is_what_a_click_gives(client, notes):
    page = listed(client)[1]
    choices = re.findall(
        r'<li><a href="(\?[^"]*)"[^>]*><span dir="auto">([^<]*)</span> <span class="number">(\d+)<', page
    )
    assert len(choices) > 8
    for href, label, count in choices:
        assert len(listed(client, href.replace("&amp;", "&"))[0]) == int(count), label


def test_a_reply_is_listed_with_what_it_answers(client, reader, notes):
    writing.reply(reader, notes["shared"], "Not at all.")
    entries, page = listed(client, "?q=not+at+all")
    assert len(entries) == 1
    assert 'In answer to: <span dir="auto">Nobody slept</span>' in page


def test_a_reply_is_not_seen_once_its_note_is_private(reader, neighbour, notes):
    answer = writing.reply(reader, notes["shared"], "Not at all.")
    third = get_user_model().objects.create_user("third")
    assert answer in Annotation.objects.visible_to(third)
    writing.edit(neighbour, notes["shared"], version=1, visibility="private")
    assert answer not in Annotation.objects.visible_to(third)


def test_pages_and_older_ones(client, reader, tides, monkeypatch):
    for _ in range(7):
        writing.annotate(reader, tides, Selector("tide comes in"), note="Again")
    monkeypatch.setattr("archive.web.notebook.SHOWN", 2)
    monkeypatch.setattr(listing, "MOST_COUNTED", 5)
    seen, query = [], "?"
    for _ in range(10):
        entries, page = listed(client, query)
        seen += entries
        onward = re.search(r'rel="next" href="([^"]*)"', page)
        if onward is None:
            break
        query = onward[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 7
    assert "over 5 notes" in listed(client)[1]


def test_many_notes_cost_no_more_queries(client, reader, tides, django_assert_max_num_queries):
    for _ in range(30):
        writing.annotate(reader, tides, Selector("tide comes in"), note="Again", tags=["a", "b"])
    listed(client)
    with django_assert_max_num_queries(12):
        listed(client)


class TestChangingSeveral:
    def change(self, client, *annotations, **fields):
        chosen = [str(annotation.uuid) for annotation in annotations]
        return client.post(reverse("change-annotations"), {"annotation": chosen, **fields}, follow=True)

    def test_tags_and_colour_of_those_chosen(self, client, notes):
        self.change(client, notes["tide"], notes["keeper"], add="shore, Salt", remove="SEA", colour="green")
        tide, keeper = (Annotation.objects.get(pk=notes[name].pk) for name in ("tide", "keeper"))
        assert (set(tide.tags.names()), set(keeper.tags.names())) == ({"shore", "Salt"}, {"who", "shore", "Salt"})
        assert (tide.colour, keeper.colour) == ("green", "green")
        assert names(client, notes, "?q=salt&view=stream") == ["keeper", "tide"]

    def test_into_the_trash_and_undone_as_one(self, client, reader, notes):
        self.change(client, notes["tide"], notes["keeper"], trash="1")
        assert names(client, notes, "") == ["oil", "shared"]
        undo(reader, last_change(reader))
        assert len(listed(client)[0]) == 4

    def test_others_are_left_alone(self, client, notes):
        page = self.change(client, notes["shared"], notes["secret"], trash="1").content.decode()
        assert "Choose some of your own notes first." in page
        assert not Annotation.objects.exclude(trashed_at=None).exists()

    @pytest.mark.parametrize("fields", [{"colour": "ultraviolet"}, {"add": "t" * 101}])
    def test_nonsense_changes_nothing(self, client, notes, fields):
        self.change(client, notes["tide"], **fields)
        assert Annotation.objects.get(pk=notes["tide"].pk).version == 1

    def test_forged_numbers_are_refused(self, client, reader):
        assert client.post(reverse("change-annotations"), {"annotation": ["1 OR 1"]}).status_code == 400


class TestChangingAllThatAreFound:
    def ask(self, client, query=""):
        return client.get(reverse("change-annotations") + query).content.decode()

    def change(self, client, query, **fields):
        return client.post(reverse("change-annotations"), {"asked": query, **fields}, follow=True)

    @pytest.fixture
    def many(self, reader, tides, monkeypatch):
        """More than a page and a portion hold."""
        monkeypatch.setattr("archive.annotations.bulk.PORTION", 2)
        monkeypatch.setattr("archive.web.notebook.SHOWN", 2)
        return [writing.annotate(reader, tides, Selector("tide comes in"), note=f"Again {n}") for n in range(5)]

    def test_the_page_says_how_many_and_the_notebook_leads_there(self, client, notes):
        assert reverse("change-annotations") in listed(client, "?tag=sea")[1]
        page = self.ask(client, "?tag=sea")
        assert "Change 2 notes" in page and "tag: sea" in page
        assert "The notebook shows 4 notes; those of others stay" in self.ask(client)
        assert "No notes to change" in self.ask(client, "?q=nothing")

    def test_also_on_other_pages_and_undone_as_one(self, client, reader, many):
        page = self.change(client, "q=again", add="new, Sea", colour="blue").content.decode()
        assert "5 notes changed." in page
        assert {(made.colour, *sorted(made.tags.names())) for made in Annotation.objects.all()} == {
            ("blue", "Sea", "new")
        }
        assert len(listed(client, "?q=again+new&page=3")[0]) == 1
        page = client.post(reverse("undo-annotation"), follow=True).content.decode()
        assert "Undone, for 5 notes." in page
        assert {(made.colour, *made.tags.names()) for made in Annotation.objects.all()} == {("yellow",)}
        assert listed(client, "?q=new")[0] == []
        assert last_change(reader).batch is None, "what remains to be undone is the making of them"

    def test_tags_are_taken_away_and_come_back(self, client, reader, notes):
        before = {made.pk: sorted(made.tags.names()) for made in Annotation.objects.all()}
        self.change(client, "tag=sea", remove="SEA")
        assert listed(client, "?tag=sea")[0] == []
        undo(reader, last_change(reader))
        assert {made.pk: sorted(made.tags.names()) for made in Annotation.objects.all()} == before

    def test_into_the_trash_those_of_others_stay(self, client, reader, notes):
        assert "3 notes moved to the trash." in self.change(client, "", trash="1").content.decode()
        assert names(client, notes, "") == ["shared"]
        undo(reader, last_change(reader))
        assert len(listed(client)[0]) == 4

    def test_what_was_changed_since_is_not_undone(self, client, reader, many):
        self.change(client, "q=again", colour="blue")
        batch = last_change(reader)
        writing.edit(reader, many[3], version=2, colour="red")
        with pytest.raises(Refused):
            undo(reader, batch)
        assert sorted(Annotation.objects.values_list("colour", flat=True)) == ["blue"] * 4 + ["red"]

    def test_what_is_as_asked_already_is_left(self, client, reader, many):
        self.change(client, "q=again", colour="yellow")
        assert set(Annotation.objects.values_list("version", flat=True)) == {1}

    @pytest.mark.parametrize("fields", [{"colour": "ultraviolet"}, {"add": "t" * 101}])
    def test_nonsense_is_refused_and_stays_in_the_form(self, client, notes, fields):
        response = client.post(reverse("change-annotations"), {"asked": "tag=sea", "remove": "kept", **fields})
        assert response.status_code == 400
        assert 'value="kept"' in response.content.decode()
        assert set(Annotation.objects.values_list("version", flat=True)) == {1}

    def test_too_many_at_once_are_refused(self, client, reader, many, monkeypatch):
        monkeypatch.setattr("archive.annotations.bulk.MOST_AT_ONCE", 4)
        assert "4 notes can be changed at once; these are 5." in self.change(client, "", trash="1").content.decode()
        assert not Annotation.objects.exclude(trashed_at=None).exists()

    def test_another_s_changes_are_out_of_reach(self, client, reader, neighbour, many):
        self.change(client, "q=again", colour="blue")
        with pytest.raises(Annotation.DoesNotExist):
            undo(neighbour, last_change(reader))

    def test_strangers_are_asked_to_sign_in(self, client, many):
        client.logout()
        assert self.ask(client) == ""
        client.post(reverse("change-annotations"), {"asked": "", "trash": "1"})
        assert not Annotation.objects.exclude(trashed_at=None).exists()


class TestDownloads:
    def download(self, client, kind, query=""):
        response = client.get(reverse("export-notebook", args=[kind]) + query)
        assert response.streaming and "attachment" in response["Content-Disposition"]
        return b"".join(response).decode()

    def test_markdown_has_quote_note_tags_link_and_citation(self, client, notes):
        text = self.download(client, "md", "?tag=sea")
        assert "## Tides" in text and "Ada Brook. “Tides”. The Harbour Post" in text
        assert "> keeper writes\n\nWho *was* it?\n\n#sea #who [" in text
        assert f"http://testserver/annotations/{notes['keeper'].uuid}/" in text
        assert "Lamps" not in text

    def test_jsonld_is_one_collection(self, client, notes):
        collection = json.loads(self.download(client, "jsonld"))
        assert (collection["type"], collection["total"]) == ("AnnotationCollection", 4)
        assert len(collection["first"]["items"]) == 4

    def test_csv_is_a_table(self, client, notes, tides):
        rows = list(csv.DictReader(io.StringIO(self.download(client, "csv", f"?article={tides.pk}").lstrip("\ufeff"))))
        assert [row["quote"] for row in rows] == ["The tide comes in", "keeper writes"]

    def test_no_download_holds_another_s_private_note(self, client, notes):
        for kind in ("md", "jsonld", "csv"):
            assert "My secret" not in self.download(client, kind)
        assert client.get("/notebook/export.exe").status_code == 404

    def test_a_large_download_reads_in_pieces(self, client, notes, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            self.download(client, "md")


class TestLostPassages:
    @pytest.fixture
    def lost(self, notes, tides):
        revision, place = tides.revision, TEXT.index("The keeper")
        Annotation.objects.filter(pk=notes["keeper"].pk).update(
            status=Status.AMBIGUOUS, candidates=[[place, place + 25, 0.6], [0, 10, 0.4], [70, 9999, 0.1]]
        )
        assert revision is not None
        return Annotation.objects.get(pk=notes["keeper"].pk)

    def test_the_notebook_tells_of_it(self, client, lost):
        assert "1 passage was lost when its article changed." in listed(client)[1]

    def test_old_text_and_places_are_shown(self, client, lost):
        page = client.get(reverse("lost-passages")).content.decode()
        assert '<mark class="sample">keeper writes</mark>' in page
        assert page.count("Attach here</button>") == 2, "a place beyond the text is left out"
        assert "<ins>" in page

    def test_one_click_attaches_it(self, client, lost, tides):
        place = lost.candidates[0]
        client.post(reverse("attach-annotation", args=[lost.uuid]), {"start": place[0], "end": place[1]})
        lost.refresh_from_db()
        assert (lost.status, lost.exact) == (Status.CHANGED, "keeper writes")
        assert tides.revision.text[lost.start : lost.end] == "The keeper writes it down"
        assert "Every passage is in its place." in client.get(reverse("lost-passages")).content.decode()

    def test_or_keeps_it_as_a_note_on_the_article(self, client, lost, tides):
        client.post(reverse("keep-annotation", args=[lost.uuid]))
        assert not Annotation.objects.lost().exists()
        page = client.get(tides.get_absolute_url()).content.decode()
        assert page.index("On the whole article") < page.index(f'id="note-{lost.uuid}"')

    def test_a_later_one_can_be_looked_at_first(self, client, notes, lost):
        Annotation.objects.filter(pk=notes["oil"].pk).update(status=Status.ORPHAN)
        page = client.get(reverse("lost-passages")).content.decode()
        onward = re.search(r'href="(\?after=\d+)"', page)[1]
        assert "鯨の油" in client.get(reverse("lost-passages") + onward).content.decode()

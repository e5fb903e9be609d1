"""Changing many notes at once: those selected, or all results."""

import pytest
from django.urls import reverse

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.history import last_change, undo
from archive.annotations.models import Annotation
from tests.web.pages import listed, names

pytestmark = pytest.mark.django_db


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
        assert "Select some of your own notes first." in page
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
        """More than fit on a page or in a batch."""
        monkeypatch.setattr("archive.annotations.bulk.PORTION", 2)
        monkeypatch.setattr("archive.web.notebook.SHOWN", 2)
        return [writing.annotate(reader, tides, Selector("tide comes in"), note=f"Again {n}") for n in range(5)]

    def test_the_page_says_how_many_and_the_notebook_leads_there(self, client, notes):
        assert reverse("change-annotations") in listed(client, "?tag=sea")[1]
        page = self.ask(client, "?tag=sea")
        assert "Change 2 notes" in page and "tag: sea" in page
        assert "The notebook shows 4 notes; other people’s notes are not" in self.ask(client)
        assert "No notes to change" in self.ask(client, "?q=nothing")

    def test_also_on_other_pages_and_undone_as_one(self, client, reader, many):
        page = self.change(client, "q=again", add="new, Sea", colour="blue").content.decode()
        assert "5 notes changed." in page
        assert {(made.colour, *sorted(made.tags.names())) for made in Annotation.objects.all()} == {
            ("blue", "Sea", "new")
        }
        assert len(listed(client, "?q=again+new&page=3")[0]) == 1
        page = client.post(reverse("undo-annotation"), follow=True).content.decode()
        assert ", 5 notes." in page and "Undone: " in page
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
        assert "3 notes moved to trash." in self.change(client, "", trash="1").content.decode()
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

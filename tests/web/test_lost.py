"""Lost passages: reviewed one by one, attached to a place in the new text, or kept as notes."""

import html as html_escapes
import re

import pytest
from django.urls import reverse

from archive.annotations.models import Annotation, Status
from tests.web.pages import QUOTE, listed, url

pytestmark = pytest.mark.django_db


class TestLostPassages:
    @pytest.fixture
    def lost(self, notes, tides):
        place = tides.revision.text.index("The keeper")
        Annotation.objects.filter(pk=notes["keeper"].pk).update(
            status=Status.AMBIGUOUS, candidates=[[place, place + 25, 0.6], [0, 10, 0.4], [70, 9999, 0.1]]
        )
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
        assert "No passages are lost." in client.get(reverse("lost-passages")).content.decode()

    def test_or_keeps_it_as_a_note_on_the_article(self, client, lost, tides):
        client.post(reverse("keep-annotation", args=[lost.uuid]))
        assert not Annotation.objects.lost().exists()
        page = client.get(tides.get_absolute_url()).content.decode()
        assert page.index("On the whole article") < page.index(f'id="note-{lost.uuid}"')

    def test_or_throws_it_away_and_leads_to_the_next(self, client, notes, lost):
        Annotation.objects.filter(pk=notes["oil"].pk).update(status=Status.ORPHAN)
        page = client.get(reverse("lost-passages")).content.decode()
        back = re.search(r'name="next" value="([^"]*)"><button[^>]*>Move to trash', page)[1]
        response = client.post(url("trash-annotation", lost), {"next": back}, follow=True)
        lost.refresh_from_db()
        assert lost.trashed_at is not None
        assert "鯨の油" in response.content.decode() and "1 lost passage" in response.content.decode()
        client.post(reverse("undo-annotation"))
        lost.refresh_from_db()
        assert lost.trashed_at is None

    def test_a_highlight_without_a_note_is_listed_and_can_be_thrown_away(self, client, notes, tides):
        Annotation.objects.filter(pk=notes["tide"].pk).update(status=Status.ORPHAN)
        page = client.get(tides.get_absolute_url()).content.decode()
        listed = page[page.index('class="lost-notes"') :]
        listed = listed[: listed.index("</section>")]
        assert f'id="note-{notes["tide"].uuid}"' in listed and url("trash-annotation", notes["tide"]) in listed
        assert ">The tide comes in</mark>" in client.get(reverse("lost-passages")).content.decode()

    def test_a_later_one_can_be_looked_at_first(self, client, notes, lost):
        Annotation.objects.filter(pk=notes["oil"].pk).update(status=Status.ORPHAN)
        page = client.get(reverse("lost-passages")).content.decode()
        onward = re.search(r'href="(\?after=\d+)"', page)[1]
        assert "鯨の油" in client.get(reverse("lost-passages") + onward).content.decode()


class TestAttachingAnywhere:
    @pytest.fixture
    def lost(self, highlight):
        Annotation.objects.update(status=Status.ORPHAN)
        return highlight

    def test_a_paragraph_is_sought_chosen_and_trimmed(self, client, reader, article, lost):
        assert url("attach-annotation", lost) in client.get(reverse("lost-passages")).content.decode()
        offered = client.get(url("attach-annotation", lost), {"words": "TIDE comes"}).content.decode()
        assert "The tide comes in twice a day." in offered and ">one</a>" not in offered
        link = html_escapes.unescape(re.search(r'href="(\?start=[^"]*)"', offered)[1])
        form = client.get(url("attach-annotation", lost) + link).content.decode()
        assert ">The tide comes in twice a day.</textarea>" in form
        start = re.search(r'name="start" value="(\d+)"', form)[1]
        client.post(url("attach-annotation", lost), {"exact": "tide comes in twice", "start": start})
        made = Annotation.objects.get()
        assert (made.exact, made.status) == (QUOTE, Status.CHANGED)
        assert article.revision.text[made.start : made.end] == "tide comes in twice"

    def test_words_that_are_not_there_are_refused_and_stay_in_the_form(self, client, reader, lost):
        response = client.post(url("attach-annotation", lost), {"exact": "words that nobody wrote", "start": "3"})
        assert response.status_code == 400
        assert "not in the article" in response.content.decode()
        assert ">words that nobody wrote</textarea>" in response.content.decode()

    def test_one_that_is_at_its_passage_has_nothing_to_choose(self, client, reader, highlight):
        assert client.get(url("attach-annotation", highlight)).status_code == 302

    def test_another_s_is_not_there(self, client, neighbour, reader, lost):
        client.force_login(neighbour)
        assert client.get(url("attach-annotation", lost)).status_code == 404

    def test_words_that_no_paragraph_holds(self, client, reader, lost):
        assert "No paragraph contains" in client.get(url("attach-annotation", lost), {"words": "\0zz"}).content.decode()

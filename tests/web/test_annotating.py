"""Highlighting, noting, replying, trashing and undoing, as plain forms and as the reading page's script sends them."""

import html as html_escapes
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, ColourMeaning, Status
from archive.web.answers import FRAGMENT
from tests.factories import new_revision, rendered
from tests.web.pages import QUOTE, body, url

pytestmark = pytest.mark.django_db


def page(client, article, query="", **headers):
    response = client.get(article.get_absolute_url() + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    return html_escapes.unescape(re.sub(r"<[^>]*>", "", html))


class TestCreating:
    def test_the_paragraphs_are_offered_then_a_form_with_the_words(self, client, reader, article):
        address = reverse("annotate", args=[article.pk])
        offered = client.get(address).content.decode()
        assert "The tide comes in twice a day." in offered
        link = re.findall(r'href="(\?start=\d+&amp;end=\d+)"', offered)[1]
        form = client.get(address + html_escapes.unescape(link)).content.decode()
        assert f">{html_escapes.escape(QUOTE)}</textarea>" in form

    def test_a_form_marks_the_passage_and_leads_to_it(self, client, reader, article):
        fields = {"exact": "writes it down", "start": "38", "colour": "blue", "note": "Why?", "tags": "sea, keeper"}
        response = client.post(reverse("annotate", args=[article.pk]), fields, follow=True)
        made = Annotation.objects.get()
        assert (made.exact, made.colour, made.note) == ("writes it down", "blue", "Why?")
        assert set(made.tags.names()) == {"sea", "keeper"}
        assert f'id="annotation-{made.uuid}"' in response.content.decode()
        assert response.redirect_chain[-1][0].endswith(f"#annotation-{made.uuid}")

    def test_the_page_s_script_gets_the_body_and_the_notes(self, client, reader, article):
        response = client.post(reverse("annotate", args=[article.pk]), {"exact": QUOTE}, headers={"Accept": FRAGMENT})
        made = Annotation.objects.get()
        assert response.status_code == 200
        assert f'id="annotation-{made.uuid}"' in response.content.decode()
        assert f'id="note-{made.uuid}"' in response.content.decode()
        assert "<html" not in response.content.decode()

    def test_a_note_on_the_whole_article_has_no_passage(self, client, reader, article):
        client.post(reverse("annotate", args=[article.pk]), {"note": "Read it again."})
        assert Annotation.objects.get().motivation == "bookmarking"
        shown = page(client, article)
        assert "Read it again." in shown
        assert 'class="colour-name"' not in shown
        form = client.get(reverse("annotate", args=[article.pk]), {"whole": 1}).content.decode()
        assert "<legend>Colour</legend>" not in form and "Choose a passage" in form

    @pytest.mark.parametrize("accept", ["text/html", FRAGMENT])
    def test_what_is_refused_keeps_what_was_typed(self, client, reader, article, accept):
        fields = {"exact": "words that nobody wrote", "note": "My long thought", "tags": "a, b"}
        response = client.post(reverse("annotate", args=[article.pk]), fields, headers={"Accept": accept})
        assert response.status_code == 400
        assert "These words are not in the article." in response.content.decode()
        if accept == "text/html":
            assert "My long thought" in response.content.decode()
            assert 'value="a, b"' in response.content.decode()


class TestAPageLeftOpenOverAReimport:
    """The selected words have changed: the person is asked, and nothing is stored."""

    NEW = "The tide comes in twice a day. The keeper writes it all down and sleeps. The tide goes out again."

    OLD = "The keeper writes it down and sleeps."

    @pytest.fixture
    def changed(self, article):
        new_revision(article, self.NEW)
        return reverse("annotate", args=[article.pk])

    def test_the_form_shows_the_new_words_and_saves_them_when_sent_again(self, client, reader, article, changed):
        response = client.post(
            changed, {"exact": self.OLD, "prefix": "The tide comes in twice a day. ", "note": "Why?"}
        )
        shown = response.content.decode()
        assert response.status_code == 409 and not Annotation.objects.exists()
        assert "The article changed after you opened this page." in shown and ">Why?</textarea>" in shown
        assert ">The keeper writes it all down and sleeps.</textarea>" in shown
        client.post(changed, {"exact": "The keeper writes it all down and sleeps.", "note": "Why?"})
        assert Annotation.objects.get().exact == "The keeper writes it all down and sleeps."

    def test_the_page_s_script_is_told_the_new_words(self, client, reader, article, changed):
        fields = {"exact": self.OLD, "prefix": "The tide comes in twice a day. "}
        response = client.post(changed, fields, headers={"Accept": FRAGMENT})
        assert response.status_code == 409 and not Annotation.objects.exists()
        assert "now reads “The keeper writes it all down and sleeps.”" in response.content.decode()

    def test_words_that_did_not_change_are_marked_as_before(self, client, reader, article, changed):
        client.post(changed, {"exact": "tide comes\n in twice"})
        assert Annotation.objects.get().exact == "tide comes in twice"


class TestReading:
    def test_the_text_is_the_same_with_and_without_highlights(self, client, reader, article, highlight):
        writing.annotate(reader, article, Selector("it down & sleeps.\n\n\none"), colour="blue")
        painted = body(page(client, article))
        assert painted.count("<mark") > 2
        assert text_of(painted) == article.revision.text

    def test_a_passage_says_where_it_ends_once(self, client, reader, article):
        writing.annotate(reader, article, Selector("The tide comes in twice a day."))
        marks = re.findall(r'<mark [^>]*class="([^"]*)"', body(page(client, article)))
        assert [("end" in mark.split()) for mark in marks] == [False, False, True]

    def test_strangers_see_neither_notes_nor_tools(self, client, public, reader, article, highlight):
        writing.edit(reader, highlight, version=1, visibility="shared")
        client.logout()
        seen = page(client, article)
        for hint in ("<mark", "Why?", 'id="margin"', 'id="toolbar"', str(highlight.uuid)):
            assert hint not in seen

    def test_others_see_what_is_shared_and_nothing_else(self, client, neighbour, article, reader, highlight):
        shared = writing.annotate(reader, article, Selector("twice"), note="For all", visibility="shared")
        client.force_login(neighbour)
        seen = page(client, article)
        assert "For all" in seen and str(shared.uuid) in seen
        assert "Why?" not in seen and str(highlight.uuid) not in seen
        assert url("edit-annotation", shared) not in seen

    @pytest.mark.parametrize(
        ("query", "shown"),
        [("", 2), ("?colour=blue", 1), ("?note-tag=sea", 1), ("?person=reader", 2), ("?person=nobody", 0)],
    )
    def test_the_page_shows_those_of_a_colour_tag_or_person(self, client, reader, article, highlight, query, shown):
        writing.annotate(reader, article, Selector("twice"), colour="blue")
        assert body(page(client, article, query)).count('id="annotation-') == shown

    def test_a_note_s_markdown_is_made_safe(self, client, reader, article):
        attack = "**bold** <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"
        writing.annotate(reader, article, Selector(QUOTE), note=attack, tags=["<script>alert(2)</script>"])
        seen = page(client, article)
        assert "<strong>bold</strong>" in seen
        margin = seen[seen.index('id="margin"') :]
        assert not re.search(r"<script>|<[^>]*\bonerror=|href=\"javascript:", margin)

    def test_a_heading_in_a_note_brings_no_second_id(self, client, reader, article):
        writing.annotate(reader, article, Selector(QUOTE), note='# Tides\n\nid="kept"')
        seen = page(client, article)
        ids = re.findall(r'<[^>]* id="([^"]*)"', seen)
        assert len(ids) == len(set(ids))
        assert 'id="kept"' in text_of(seen[seen.index('id="margin"') :])

    def test_lost_passages_are_told_on_the_page(self, client, reader, article, highlight):
        Annotation.objects.update(status=Status.ORPHAN)
        seen = page(client, article)
        assert "1 lost passage" in seen and "its words are gone" in seen and "Why?" in seen
        assert "<mark" not in body(seen)

    def test_many_notes_cost_no_more_queries(self, client, reader, article, django_assert_max_num_queries):
        for word in ("tide", "twice", "keeper", "down"):
            made = writing.annotate(reader, article, Selector(word), note="x", tags=["a", "b"])
            writing.reply(reader, made, "y")
        page(client, article)
        with django_assert_max_num_queries(16):
            page(client, article)


class TestChanging:
    def test_an_edit_is_saved_and_leads_back(self, client, reader, highlight):
        form = client.get(url("edit-annotation", highlight)).content.decode()
        assert ">Why?</textarea>" in form and 'value="sea"' in form
        fields = {"version": 1, "note": "Because.", "tags": "a/b, c", "colour": "green", "visibility": "shared"}
        assert client.post(url("edit-annotation", highlight), fields).status_code == 302
        changed = Annotation.objects.get()
        assert (changed.note, changed.colour, changed.visibility) == ("Because.", "green", "shared")
        assert set(changed.tags.names()) == {"a/b", "c"}

    def test_from_the_notebook_one_comes_back_to_the_note_or_to_where_it_was(self, client, reader, article, highlight):
        back = {"version": 1, "note": "Because.", "next": f"/notebook/?tag=sea#note-{highlight.uuid}"}
        assert client.post(url("edit-annotation", highlight), back).url == back["next"]
        thrown_away = client.post(url("trash-annotation", highlight), back)
        assert thrown_away.url == f"/notebook/?tag=sea#article-{article.pk}"

    def test_the_later_of_two_sees_both_texts_and_overwrites_nothing(self, client, reader, highlight):
        writing.edit(reader, highlight, version=1, note="The first text")
        response = client.post(url("edit-annotation", highlight), {"version": 1, "note": "The second text"})
        seen = response.content.decode()
        assert response.status_code == 409
        assert "The <del>first</del> text" in seen and "The <ins>second</ins> text" in seen
        assert 'name="note" value="The second text"' in seen, "what was typed goes along"
        assert Annotation.objects.get().note == "The first text"
        assert 'name="version" value="2"' in seen, "saving once more is a decision, and works"

    def test_a_reply_stands_below_what_it_answers(self, client, reader, neighbour, article, highlight):
        writing.edit(reader, highlight, version=1, visibility="shared")
        client.force_login(neighbour)
        assert "Your reply" in client.get(url("reply-to-annotation", highlight)).content.decode()
        client.post(url("reply-to-annotation", highlight), {"note": "I think not."})
        client.force_login(reader)
        seen = page(client, article)
        assert seen.index("Why?") < seen.index("I think not.")

    def test_undo_takes_back_the_last_change_on_the_article(self, client, reader, article, highlight):
        client.post(url("edit-annotation", highlight), {"version": 1, "note": "Changed"})
        response = client.post(reverse("undo-annotation"), {"article": article.pk}, follow=True)
        assert "Undone: note changed (“The keeper writes it down &amp; sleeps.”)." in response.content.decode()
        assert Annotation.objects.get().note == "Why?"

    def test_with_nothing_to_undo_it_says_so(self, client, reader, article):
        response = client.post(reverse("undo-annotation"), {"article": article.pk}, follow=True)
        assert "There is nothing to undo." in response.content.decode()

    def test_colours_get_a_meaning_of_one_s_own(self, client, reader, neighbour, article, highlight):
        client.post(reverse("colours"), {"yellow": "key point", "blue": "  doubt "})
        assert dict(ColourMeaning.objects.values_list("colour", "meaning")) == {"yellow": "key point", "blue": "doubt"}
        assert "Yellow: key point" in page(client, article)
        assert client.post(reverse("colours"), {"yellow": "x" * 61}).status_code == 400
        client.post(reverse("colours"), {"yellow": ""})
        assert not ColourMeaning.objects.exists()


class TestHostileInput:
    @pytest.mark.parametrize("verb", ["edit-annotation", "trash-annotation", "restore-annotation", "attach-annotation",
                                      "keep-annotation", "reply-to-annotation"])  # fmt: skip
    def test_another_s_private_note_is_out_of_reach(self, client, neighbour, reader, highlight, verb):
        client.force_login(neighbour)
        response = client.post(url(verb, highlight), {"note": "mine", "version": 1, "start": 0, "end": 5})
        assert response.status_code == 404
        assert Annotation.objects.get().note == "Why?"

    @pytest.mark.parametrize("verb", ["edit-annotation", "trash-annotation", "restore-annotation",
                                      "attach-annotation", "keep-annotation"])  # fmt: skip
    def test_what_is_shared_is_not_another_s_to_change(self, client, neighbour, reader, highlight, verb):
        writing.edit(reader, highlight, version=1, visibility="shared")
        client.force_login(neighbour)
        assert client.post(url(verb, highlight), {"note": "mine", "version": 2}).status_code == 404

    @pytest.mark.parametrize(
        "fields",
        [
            {"exact": "x" * 1_000_000},
            {"exact": QUOTE, "prefix": "p" * 1_000_000, "note": "n" * 100_001},
            {"exact": QUOTE, "colour": "ultraviolet"},
            {"exact": QUOTE, "visibility": "world"},
            {"exact": QUOTE, "tags": "t" * 101},
            {"exact": " \n "},
            {"exact": "\x00"},
            {"note": ""},
            {},
        ],
    )
    def test_nonsense_is_refused(self, client, reader, article, fields):
        assert client.post(reverse("annotate", args=[article.pk]), fields).status_code == 400
        assert not Annotation.objects.exists()

    @pytest.mark.parametrize("start", ["-1", "9" * 5000, "1e9", "٣", "²", "999999999", "x", "\x00"])
    def test_offsets_are_not_trusted(self, client, reader, article, start):
        client.post(reverse("annotate", args=[article.pk]), {"exact": QUOTE, "start": start})
        made = Annotation.objects.get()
        assert article.revision.text[made.start : made.end] == QUOTE
        assert client.get(reverse("annotate", args=[article.pk]), {"start": start, "end": start}).status_code == 200

    @pytest.mark.parametrize("version", ["", "-1", "9" * 5000, "one", "\x00"])
    def test_a_forged_version_is_a_conflict(self, client, reader, highlight, version):
        response = client.post(url("edit-annotation", highlight), {"version": version, "note": "x"})
        assert response.status_code == 409

    @pytest.mark.parametrize(
        "fields", [{}, {"start": "x"}, {"start": "0", "end": "9" * 50}, {"start": "5", "end": "1"}]
    )
    def test_a_place_that_is_none_is_refused(self, client, reader, highlight, fields):
        Annotation.objects.update(status=Status.ORPHAN)
        assert client.post(url("attach-annotation", highlight), fields).status_code == 400

    @pytest.mark.parametrize("article", ["9" * 50, "x", "12345678"])
    def test_a_forged_article_number(self, client, reader, article):
        assert client.post(reverse("undo-annotation"), {"article": article}).status_code in (302, 404)
        assert client.get(f"/articles/{'9' * 40}/annotate").status_code == 404

    def test_a_forged_uuid_is_not_there(self, client, reader):
        for address in (f"/annotations/{uuid4()}/", "/annotations/1/", f"/annotations/{uuid4()}/edit"):
            assert client.get(address).status_code == 404

    def test_a_form_leads_nowhere_else(self, client, reader, highlight):
        for elsewhere in ("https://evil.example/", "//evil.example/notebook/", "/notebook/\\evil"):
            response = client.post(url("trash-annotation", highlight), {"next": elsewhere})
            assert "evil.example" not in response["Location"]

    def test_strangers_are_asked_to_sign_in(self, client, public, article):
        for address in (reverse("annotate", args=[article.pk]), reverse("notebook"), reverse("lost-passages")):
            assert client.get(address)["Location"].startswith("/sign-in/")


class TestChoosingAPlace:
    """The page without JavaScript offers sentences and paragraphs, whatever lines the source has."""

    SOURCE = (
        "A paragraph that is wrapped, e.g. by Mr. Smith,\nover two lines. Its second\nsentence.\n\n- one item\n- two"
    )

    @pytest.fixture
    def offered(self, client, reader):
        article = rendered(self.SOURCE, title="Wrapped", language="en")
        address = reverse("annotate", args=[article.pk])
        links = re.findall(
            r'<a[^>]*href="(\?start=\d+&amp;end=\d+)"[^>]*>([^<]*)</a>', client.get(address).content.decode()
        )
        return address, [(html_escapes.unescape(link), words) for link, words in links]

    def test_sentences_and_paragraphs_are_offered(self, offered):
        assert [words for _, words in offered[1]] == [
            "A paragraph that is wrapped, e.g. by Mr. Smith, over two lines.",
            "Its second sentence.",
            "Whole paragraph",
            "one item",
            "two",
        ]

    @pytest.mark.parametrize("number", range(5))
    def test_each_is_marked_as_it_stands(self, client, offered, number):
        address, links = offered
        form = client.get(address + links[number][0]).content.decode()
        fields = dict(re.findall(r'name="(start|end)" value="(\d+)"', form))
        fields["exact"] = re.search(r'<textarea[^>]*id="exact"[^>]*>([^<]*)</textarea>', form)[1]
        client.post(address, fields)
        made = Annotation.objects.get()
        words = links[number][1]
        assert made.exact == (words if words != "Whole paragraph" else f"{links[0][1]} {links[1][1]}")

    def test_the_sentences_around_it_can_be_added(self, client, offered):
        address, links = offered
        form = client.get(address + links[1][0]).content.decode()
        assert "Add the sentence before" in form and "Add the sentence after" in form
        assert "Add the sentence before" not in client.get(address + links[0][0]).content.decode()
        assert "Add the sentence after" not in client.get(address + links[4][0]).content.decode()

    def test_words_that_stand_elsewhere_too_are_marked_where_they_were_chosen(self, client, reader):
        article = rendered("The tide is in. The tide is out.")
        second = article.revision.text.index("The tide is out")
        fields = {"exact": "tide is", "start": second, "end": second + 16}
        client.post(reverse("annotate", args=[article.pk]), fields)
        assert Annotation.objects.get().start == second + 4

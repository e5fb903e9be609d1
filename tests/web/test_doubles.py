"""The pages on which staff decide about articles that may be one."""

import pytest
from django.urls import reverse

from archive.articles.models import Article
from archive.curating.doubles.finding import look_for
from archive.curating.models import DoublePair
from archive.importing.models import ImportedArticle, ImportRun
from tests.factories import annotation, article
from tests.web.test_sent_twice import HIDDEN, twice

pytestmark = pytest.mark.django_db
SHARED = "The lamp in the harbour burned all night and nobody slept. " * 30
PAGE = "/doubles/"


@pytest.fixture
def pair():
    one = article(title="Harbour", text=f"{SHARED}Weather.", publication="Post", source_url="https://www.a.example/h")
    other = article(title="The harbour", text=f"{SHARED}Read more.", publication="Gazette")
    look_for([one.pk, other.pk])
    return DoublePair.objects.get()


def page(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def send(client, verb, pair, **fields):
    return client.post(reverse(verb, args=[pair.pk]), fields, follow=True).content.decode()


def test_the_two_stand_side_by_side_with_their_differences(client, keeper, pair):
    shown = page(client)
    assert "1 pair may be one article" in shown
    assert "<ins>Weather</ins>" in shown and "<ins>Read more</ins>" in shown
    assert "[…]" in shown and shown.count("nobody slept") < 20
    assert '<tr class="differs"><th scope="row">Publication</th><td dir="auto">Post</td><td dir="auto">Gazette' in shown


def test_joined_undone_and_kept_apart(client, keeper, pair):
    action = reverse("join-doubles", args=[pair.pk])
    fields = dict(HIDDEN.findall(page(client).partition(action)[2].partition("</form>")[0]))
    fields.pop("csrfmiddlewaretoken", None)
    twice(client, action, fields | {"keep": pair.second_id})
    assert Article.objects.present().get().pk == pair.second_id
    assert "No articles are waiting" in page(client)
    assert client.get(f"/articles/{pair.first_id}/harbour/").headers["Location"] == f"/articles/{pair.second_id}/"
    assert "Post" in page(client, pair.second.get_absolute_url()).partition("Also in")[2][:300]
    assert "Joined" in page(client, reverse("decided-doubles"))
    assert "Restore" not in page(client, reverse("trash"))
    undo = reverse("undo-double", args=[pair.pk])
    twice(client, undo, {})
    assert Article.objects.present().count() == 2
    twice(client, reverse("keep-apart", args=[pair.pk]), {})
    assert "Not the same" in page(client, reverse("decided-doubles"))
    assert "Also in" not in page(client, pair.second.get_absolute_url())
    assert "Undone." in send(client, "undo-double", pair)
    assert "1 pair may be" in page(client)


def test_what_cannot_be_joined_says_why(client, keeper, pair):
    assert "Choose which" in send(client, "join-doubles", pair, keep=0)
    Article.objects.filter(pk=pair.first_id).trash()
    assert "is in the trash" in send(client, "join-doubles", pair, keep=pair.second_id)
    assert client.post("/doubles/99/join", {"keep": 1}).status_code == 404
    assert client.get(f"{PAGE}?pair=99").status_code == 404


def test_the_import_page_says_what_may_be_the_same(client, keeper, pair):
    run = ImportRun.objects.create(state=ImportRun.State.FINISHED, created=1)
    run_page = reverse("import-run", args=[run.pk])
    assert "may be the same" not in page(client, run_page)
    ImportedArticle.objects.create(run=run, article=pair.second)
    assert f'1 of them may be the same as another article – <a href="{PAGE}?import={run.pk}">see it' in page(
        client, run_page
    )
    shown = page(client, f"{PAGE}?import={run.pk}")
    assert "1 pair may be" in shown and f'name="import" value="{run.pk}"' in shown
    other = ImportRun.objects.create(state=ImportRun.State.FINISHED)
    assert "No articles are waiting" in page(client, f"{PAGE}?import={other.pk}")


def test_decided_later_the_next_one_comes(client, keeper, pair):
    look_for([article(title="Harbours", text=f"{SHARED}Tides.").pk])
    in_order = list(DoublePair.objects.waiting().values_list("pk", flat=True))
    assert len(in_order) == 3
    address = PAGE
    for pk in in_order:
        shown = page(client, address)
        assert reverse("keep-apart", args=[pk]) in shown
        assert (f"?after={pk}" in shown) == (pk != in_order[-1])
        address = f"{PAGE}?after={pk}"
    assert "No more pairs" in page(client, address)


def test_only_staff_and_only_by_post(client, reader, pair):
    for name in ("doubles", "decided-doubles"):
        assert client.get(reverse(name)).status_code == 403
    for name in ("join-doubles", "keep-apart", "undo-double"):
        assert client.post(reverse(name, args=[pair.pk]), {"keep": pair.first_id}).status_code == 403
        assert client.get(reverse(name, args=[pair.pk])).status_code in (403, 405)
    shown = page(client, pair.first.get_absolute_url())
    assert "Also in" in shown and "Gazette" in shown and PAGE not in shown


def test_notes_are_counted_for_whoever_may_see_them(client, keeper, pair, django_user_model):
    stranger = django_user_model.objects.create_user("stranger")
    annotation(pair.first, stranger, quote="Weather", note="mine")
    assert "note or highlight" not in page(client) and "notes and" not in page(client)
    annotation(pair.first, stranger, quote="Weather", note="ours", shared=True)
    assert "1 note or highlight" in page(client)

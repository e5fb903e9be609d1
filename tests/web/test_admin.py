import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from archive.articles.models import Article
from archive.importing.models import ImportProblem, ImportRun, SourceFile
from archive.search import index
from tests.factories import article

# Bylines, corrections and cite keys are on the page of their article; the others are people's own, whoever looks after
# the archive.
ELSEWHERE = (
    "accounts.Device",
    "accounts.Profile",
    "accounts.ResetMail",
    "accounts.Token",
    "annotations.Change",
    "annotations.ColourMeaning",
    "annotations.ImportedMark",
    "annotations.SentForm",
    "articles.ArticleEdit",
    "articles.Authorship",
    "articles.CiteKey",
    "curating.BulkChange",
    "curating.Collection",
    "curating.CollectionItem",
    "curating.DoublePair",
    "curating.Portion",
    "curating.SavedSearch",
    "curating.TextSketch",
    "importing.ImportedArticle",
    "importing.ProgramRecord",
    "importing.RemotePicture",
    "reading.ReadingState",
    "search.AnnotationChange",
    "search.ArticleChange",
)
MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("archive.") and model._meta.label not in ELSEWHERE
]


@pytest.fixture
def filled(db):
    made = article(authors=("A",), publication="P", tags=("t",))
    run = ImportRun.objects.create()
    ImportProblem.objects.create(run=run, path="a.md", severity="notice", code="x", message="m")
    SourceFile.objects.create(
        location="/a.md", path="a.md", content_hash="x", size=1, article=made, revision=made.revision, run=run
    )
    index.refresh()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_administration_works_for_every_model(client, keeper, filled, model, django_assert_max_num_queries):
    assert admin.site.is_registered(model)
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    with django_assert_max_num_queries(14):
        assert client.get(reverse(f"{base}_changelist"), {"q": "a"}).status_code in (200, 302)
    first = model._default_manager.first()
    if first is not None:
        with django_assert_max_num_queries(14):
            assert client.get(reverse(f"{base}_change", args=[first.pk])).status_code == 200


def test_no_list_counts_a_whole_table():
    for model in MODELS:
        assert admin.site.get_model_admin(model).show_full_result_count is False, model


def test_what_a_person_changes_there_is_theirs(client, keeper, filled):
    made = Article.objects.get()
    form = client.get(reverse("admin:articles_article_change", args=[made.pk])).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"title": "Better", "tags": "t", "edited_fields": "[]"}
    data |= {f"authorships-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    response = client.post(reverse("admin:articles_article_change", args=[made.pk]), data)
    assert response.status_code == 302, response.context["errors"]
    made.refresh_from_db()
    assert (made.title, made.edited_fields) == ("Better", ["title"])


def test_it_is_the_archives_and_names_things_in_the_plural(client, keeper, db):
    page = client.get("/admin/").content.decode()
    assert "Commonplace" in page and "Django" not in page
    assert "css/admin.css" in page
    sections = re.findall(r'class="section" title="[^"]*">\s*(.*?)\s*</a>', page)
    assert sections == ["Annotations", "Articles", "Authentication and Authorization", "Importing", "Tags"]
    plurals = [str(model._meta.verbose_name_plural) for model in apps.get_models()]
    assert [plural for plural in plurals if plural.endswith(("chs", "shs", "ss", "xs", "ys", "personss"))
            and not plural.endswith(("ays", "eys", "oys"))] == []  # fmt: skip

"""An archive in which one person keeps things to themselves, for the tests that look for them as somebody else."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.test import Client

from archive.accounts import tokens
from archive.annotations import writing
from archive.annotations.models import Visibility
from archive.curating import bulk_changes, collections, saved_searches
from archive.curating.doubles.finding import look_for
from archive.curating.models import DoublePair, Verb
from archive.importing.models import ImportProblem, ImportRun
from archive.query import parse
from archive.reading import marking
from archive.search import index
from tests.factories import annotation, article

OWNER = "whisperowner"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TEXT = "Tides rise twice a day. The lamp burned all night. Nobody slept in the harbour, and nobody spoke of bread."


class World:
    """What there is before: articles, and what its owner shared once and took back."""

    def __init__(self) -> None:
        people = get_user_model().objects
        self.owner = people.create_user(OWNER)
        self.reader = people.create_user("reader")
        self.keeper = people.create_superuser("keeper")
        self.forgetful = people.create_user("forgetful")
        self.reset_token = default_token_generator.make_token(self.forgetful)
        Client(headers={"User-Agent": "whisperbrowser"}).force_login(self.owner, BACKEND)
        tokens.make(self.owner, "whisperprogram", ["read"])
        self.articles = [
            article(title=f"Tides {number}", text=f"{TEXT} {number}", tags=("sea/tides",), publication="Post",
                    authors=("Ada Brook",))
            for number in range(3)
        ]  # fmt: skip
        first = self.articles[0]
        for person in (self.reader, self.keeper):
            annotation(first, person, quote="lamp burned", note="Mine", tags=("own",))
        self.run = ImportRun.objects.create(state=ImportRun.State.FINISHED, total=1, done=1)
        ImportProblem.objects.create(run=self.run, path="a.md", severity="notice", code="x", message="m")
        # Shared, answered, and then made private; and shared, and then thrown away.
        hidden = annotation(
            first, self.owner, quote="Nobody slept", note="whisperhidden", tags=("whisperhiddentag",), shared=True
        )
        writing.reply(self.reader, hidden, "My answer")
        writing.edit(self.owner, hidden, version=hidden.version, visibility=Visibility.PRIVATE)
        trashed = annotation(
            first, self.owner, quote="twice a day", note="whispertrashed", tags=("whispertrashedtag",), shared=True
        )
        writing.reply(self.owner, trashed, "whisperanswer")
        writing.trash(self.owner, trashed)
        # A collection of somebody else's, and one that was shared and then made private.
        own = collections.create(self.reader, "Mine")
        shared = collections.create(self.owner, "whispercollection")
        collections.edit(
            self.owner, shared.pk, version=1, name="whispercollection", note="whisperintro", visibility="shared"
        )
        for person, made in ((self.reader, own), (self.owner, shared)):
            collections.add(person, made.pk, [each.pk for each in self.articles])
        collections.edit(self.owner, shared.pk, version=2, name="whispercollection", note="", visibility="private")
        self.collections = [own.pk, shared.pk]
        look_for([each.pk for each in self.articles])
        assert DoublePair.objects.count() == 3
        self.taken_back = [str(hidden.uuid), str(trashed.uuid)]
        index.refresh()
        self._ids = {model: set(model._default_manager.values_list("pk", flat=True)) for model in admin.site._registry}

    def ids_before(self, app: str, model: str) -> set[Any]:
        return self._ids[apps.get_model(app, model)]


def write_privately(world: World) -> None:
    owner, (first, second, third) = world.owner, world.articles
    made = annotation(
        first, owner, quote="The lamp burned", note="whispernote whispernotes lamp tides", tags=("whispertag", "sea")
    )
    writing.edit(
        owner,
        made,
        version=made.version,
        note="whisperlater tides",
        tags=["whisperlatertag", "whispertag"],
        colour="red",
    )
    writing.reply(owner, made, "whisperreply")
    annotation(second, owner, note="whisperwhole tides tides tides", tags=("whisperwholetag",))
    writing.trash(owner, annotation(second, owner, quote="Nobody slept", note="whisperthrown"))
    shared_by_reader = annotation(second, owner, note="whisperonce", shared=False)
    writing.edit(owner, shared_by_reader, version=1, tags=["whisperoncetag"])
    writing.name_colours(owner, {"red": "whispermeaning"})
    marking.star(owner, [first.pk])
    marking.mark_read(owner, [second.pk])
    made = collections.create(owner, "whisperlist")
    collections.edit(owner, made.pk, version=1, name="whisperlists", note="whisperabout", visibility="private")
    collections.add(owner, made.pk, [third.pk, first.pk])
    saved_searches.keep(owner, "whispersearch", "q=whisperaddress")
    change = bulk_changes.begin(owner, Verb.STAR, parse("tides").node, "q=whisperbulk")
    bulk_changes.work(owner, change.pk)
    assert third.pk
    index.refresh()

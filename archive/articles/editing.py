"""Editing the details of an article, with a history. Re-imports leave edited details alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.articles import details
from archive.articles.details import Values
from archive.articles.models import Article, ArticleEdit
from archive.articles.tag_names import tag_key
from archive.articles.turns import take_turn

UNDO_FOR = timedelta(days=30)  # applies to every change that stores the earlier state


class EditConflict(Refused):
    """Someone changed the same details meanwhile. `current` has all current details, `names` are the conflicting
    ones."""

    def __init__(self, current: Values, names: Collection[str]) -> None:
        labels = ", ".join(details.LABELS[name].lower() for name in details.FIELDS if name in names)
        super().__init__(f"Someone else changed the {labels} while you were editing. Nothing was saved yet.")
        self.current, self.names = current, frozenset(names)


def edit(
    person: AbstractBaseUser, pk: int, changed: Values, *, seen: Values, from_file: Values | None = None
) -> ArticleEdit | None:
    """Change details of an article. Those in `from_file` take the file's value and follow the file from then on.

    `seen` are the details the person saw before editing. Returns None if nothing changed. Raises EditConflict if a
    detail is neither as seen nor as wanted, and Article.DoesNotExist.
    """
    wanted, followed = {**changed, **(from_file or {})}, frozenset(from_file or ())
    with transaction.atomic():
        article = _locked(pk)
        current = details.values(article)
        lost = [name for name in wanted if current[name] not in (seen.get(name), wanted[name])]
        if lost:
            raise EditConflict(current, lost)
        return _change(person, article, current, wanted, followed)


def retag(person: AbstractBaseUser, pk: int, *, add: Iterable[str], remove: Iterable[str]) -> ArticleEdit | None:
    """Add and remove tags, whatever other tags the article has by now. Raises Article.DoesNotExist."""
    gone, new = {tag_key(name) for name in remove}, {tag_key(name): name for name in add}
    with transaction.atomic():
        article = _locked(pk)
        current = details.values(article)
        have = {tag_key(name): name for name in current["tags"]}
        tags = {key: name for key, name in {**new, **have}.items() if key not in gone}
        return _change(person, article, current, {"tags": sorted(tags.values(), key=str.casefold)}, frozenset())


def undo(person: AbstractBaseUser, pk: int, in_file: Values) -> tuple[ArticleEdit, bool]:
    """Undo an edit, except for details that were changed again since. Details that followed the file before take the
    file's current value.

    Returns the edit that does so, and whether everything was undone. Raises Refused and ArticleEdit.DoesNotExist.
    """
    with transaction.atomic():
        edit = ArticleEdit.objects.get(pk=pk)
        article = _locked(edit.article_id)
        current = details.values(article)
        names = undoable(edit, current, article.edited_fields)
        if not names:
            raise Refused("This can no longer be undone: it is older than 30 days, or was changed again since.")
        followed = frozenset(names - set(edit.edited_before))
        wanted = {
            name: in_file.get(name, edit.before[name]) if name in followed else edit.before[name] for name in names
        }
        taken_back = _change(person, article, current, wanted, followed)
        if taken_back is None:
            raise Refused("Nothing needed changing.")
        return taken_back, len(names) == len(edit.after)


def undoable(edit: ArticleEdit, current: Mapping[str, object], edited: Collection[str]) -> set[str]:
    """The details of an edit that nobody has changed since, while the edit can still be undone."""
    if edit.made_at < timezone.now() - UNDO_FOR:
        return set()
    return {
        name
        for name, value in edit.after.items()
        if current[name] == value and (name in edited) == (name in edit.edited_after)
    }


def history(article: Article) -> QuerySet[ArticleEdit]:
    """The edits of an article's details, newest first."""
    return article.edits.select_related("person")


def _locked(pk: int) -> Article:
    take_turn()
    return Article.objects.select_for_update(of=("self",)).select_related("publication").get(pk=pk)


def _change(
    person: AbstractBaseUser, article: Article, current: Values, wanted: Values, followed: frozenset[str]
) -> ArticleEdit | None:
    edited = set(article.edited_fields)
    names = {name for name, value in wanted.items() if current[name] != value or (name in followed and name in edited)}
    if not names:
        return None
    article.edited_fields = sorted((edited | names) - followed)
    details.write(article, {name: wanted[name] for name in names})
    now = details.values(article)  # an existing tag or publication keeps its spelling
    return ArticleEdit.objects.create(
        article=article,
        person_id=person.pk,
        before={name: current[name] for name in names},
        after={name: now[name] for name in names},
        edited_before=sorted(names & edited),
        edited_after=sorted(names - followed),
    )

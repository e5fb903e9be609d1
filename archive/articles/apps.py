from django.apps import AppConfig
from taggit.apps import TaggitAppConfig


class ArticlesConfig(AppConfig):
    name = "archive.articles"


class TaggitConfig(TaggitAppConfig):  # type: ignore[misc]  # django-taggit has no types
    """Says in the administration what it holds, not what it is made with."""

    verbose_name = "Tags"

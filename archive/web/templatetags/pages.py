"""Template tags used by many pages: scripts, preferences, article HTML, and dates."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.articles import dates
from archive.articles.listed import Listed
from archive.articles.models import Article
from archive.articles.pictures import with_shown_addresses
from archive.formats.file_kinds import MEDIA_SUFFIXES
from archive.web.markup import fill, fill_each, trusted
from archive.web.people import person_key
from archive.web.preferences import Preference, Preferences

register = template.Library()


@register.filter
def article_html(html: str) -> SafeString:
    """The HTML of an article's body, unescaped. Only for HTML made by `archive.text`, which sanitises it."""
    return trusted(with_shown_addresses(html))


@register.simple_tag(takes_context=True)
def preferences(context: Context) -> Preferences:
    """The reader's display preferences. Error pages may be rendered without a request."""
    request = context.get("request")
    return Preferences(request.COOKIES if request is not None else {})


@register.simple_tag
def choices(chosen: Iterable[tuple[Preference, str]]) -> SafeString:
    """Groups of radio buttons, one for each preference, with what was chosen checked."""
    rows = ((each.label, _note(each), _options(each, value)) for each, value in chosen)
    return fill_each(
        '<fieldset class="choice"><legend>{}{}</legend>\n<div class="options">{}</div>\n</fieldset>\n', rows
    )


def _note(preference: Preference) -> SafeString | str:
    return fill(' <span class="help">{}</span>', preference.note) if preference.note else ""


def _options(preference: Preference, chosen: str) -> SafeString:
    rows = (
        (preference.name, value, " checked" if value == chosen else "", label) for value, label in preference.values
    )
    return fill_each('<label><input type="radio" name="{}" value="{}"{}>{}</label>', rows)


@register.simple_tag(takes_context=True)
def may_read(context: Context) -> bool:
    """Whether the reader may see more than the sign-in page."""
    user = context.get("user")
    return settings.PUBLIC_READING or bool(user and user.is_authenticated)


@register.simple_tag(takes_context=True)
def data_person(context: Context) -> SafeString | str:
    """Attributes that tell scripts whose drafts are whose, and where to ask who is signed in; empty for visitors."""
    key = person_key(context.get("user"))
    return key and fill(' data-person="{}" data-session="{}"', key, reverse("session-state"))


@register.simple_tag(takes_context=True)
def form_key(context: Context) -> SafeString:
    """Hidden fields that identify the form and who opened it, so that it is stored once and for nobody else."""
    inputs = '<input type="hidden" name="form_key" value="{}"><input type="hidden" name="opened_by" value="{}">'
    return fill(inputs, uuid4(), person_key(context.get("user")))


@register.simple_tag
def module(path: str) -> SafeString:
    """One of our scripts, by its path below static/js, with a lower priority than what paints the page."""
    return fill('<script type="module" fetchpriority="low" src="{}"></script>', static(f"js/{path}"))


@register.simple_tag
def known_date(day: date | None, precision: str = "day", style: str = "long") -> SafeString | str:
    """A `<time>` no more precise than the date is known. `style` is long (5 February 2026) or short (5 Feb 2026)."""
    if day is None:
        return ""
    written = dates.written(day, precision, style == "short")
    return fill('<time datetime="{}">{}</time>', dates.machine(day, precision), written)


@register.simple_tag
def lang(article: Article | Listed) -> SafeString | str:
    """The attribute that says in which language the words of an article are, where that is known."""
    return fill(' lang="{}"', article.language) if article.language else ""


@register.filter
def plural(number: int, forms: str) -> str:
    """A number with its noun, such as `1 article` or `1,284 articles`. `forms` is the noun's singular and plural,
    separated by a comma."""
    one, many = forms.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.inclusion_tag("partials/drop_files.html")
def drop_files() -> dict[str, object]:
    """The form for uploading files to import."""
    return {"most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES, "refused": ",".join(MEDIA_SUFFIXES)}

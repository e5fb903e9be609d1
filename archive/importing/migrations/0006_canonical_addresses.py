"""Articles from when parameters counted in their order, and fewer trackers were known, get the identity that an import
of the same page has now; it would make a second one."""

import hashlib
import re
from urllib.parse import quote, urlsplit

from django.db import migrations

from archive.formats.frontmatter import canonical_url

_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok"
    r"|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|ref_src|ref_url|wt_mc|s_kwcid|srsltid",
    re.IGNORECASE,
)
_URI_CHARACTERS = "%:/?#[]@!$&'()*+,;=~-._"


def _digest(url):
    return hashlib.sha256(f"url:{url}".encode()).hexdigest()


def _formerly(url, canonical):
    """What the address's canonical form was."""
    parts = urlsplit(re.sub(r"\s+", "%20", url.strip()))
    pairs = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    path, query = (quote(part, safe=_URI_CHARACTERS, errors="replace") for part in (parts.path, "&".join(pairs)))
    return f"https://{urlsplit(canonical).netloc}{path.rstrip('/')}{'?' if query else ''}{query}"


def follow_the_rule(apps, schema_editor):
    """Where two articles are one by the new rule, the earlier one gets its identity; the other stays as it is."""
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    changed = []
    for pk, url, identity in articles.exclude(source_url="").order_by("pk").values_list("pk", "source_url", "identity"):
        canonical = canonical_url(url)
        if canonical and identity != _digest(canonical) and identity == _digest(_formerly(url, canonical)):
            changed.append((pk, _digest(canonical)))
    for pk, identity in changed:
        if not articles.filter(identity=identity).exists():
            articles.filter(pk=pk).update(identity=identity)


class Migration(migrations.Migration):
    dependencies = [("importing", "0005_program_records"), ("articles", "0005_cite_key")]
    operations = [migrations.RunPython(follow_the_rule, migrations.RunPython.noop)]

"""Let earlier runs say what they brought and which problems are similar, as far as that is still known."""

from django.db import migrations
from django.db.models import F

from archive.importing.problems import Problem

AT_ONCE = 1_000


def portions(rows):
    found = []
    for row in rows.iterator(AT_ONCE):
        found.append(row)
        if len(found) == AT_ONCE:
            yield found
            found = []
    yield found


def fill(apps, schema_editor):
    def rows(name):
        return apps.get_model("importing", name).objects.using(schema_editor.connection.alias)

    sources, brought = rows("SourceFile").exclude(run=None), rows("ImportedArticle")
    first = sources.filter(article__created_at__gte=F("run__started_at")).order_by("pk")
    for portion in portions(first.only("article", "run")):
        made = {source.article_id: source.run_id for source in portion}
        brought.bulk_create(
            [brought.model(article_id=article, run_id=run) for article, run in made.items()], ignore_conflicts=True
        )
    for portion in portions(rows("ImportProblem").order_by("run", "pk")):
        runs, paths = {each.run_id for each in portion}, {each.path for each in portion}
        found = sources.filter(run__in=runs, path__in=paths)
        articles = {(run, path): article for run, path, article in found.values_list("run", "path", "article")}
        for each in portion:
            each.gist = Problem(each.path, each.line, each.severity, each.code, each.message).gist
            each.article_id = articles.get((each.run_id, each.path))
        rows("ImportProblem").bulk_update(portion, ["gist", "article"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("importing", "0007_articles_of_runs")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

"""Publications by host."""

from collections import defaultdict
from collections.abc import Collection

from archive.articles.models import Publication
from archive.query.labels import hosts as hosts_above
from archive.query.labels import key


def names_of(hosts: Collection[str]) -> dict[str, str]:
    """The names of the publications at these hosts, by host, where `site:` finds the same with either: no other
    publication is at the host or below it, and no other one matches the name."""
    if not hosts:
        return {}
    answering: defaultdict[str, list[str]] = defaultdict(list)
    for name, host in Publication.objects.values_list("name", "host"):
        for asked in {key(name), *hosts_above(host)}:
            answering[asked].append(name)
    alone = {asked: names[0] for asked, names in answering.items() if len(names) == 1}
    found = {host: alone[key(host)] for host in hosts if key(host) in alone}
    return {host: name for host, name in found.items() if key(name) in alone}

"""Messages are shown to the person they are for."""

from django.contrib.auth.models import User
from django.urls import reverse

from tests.factories import article


def test_a_message_nobody_has_seen_yet_is_not_shown_to_the_next_person(client, db):
    made = article(title="What Ida reads")
    ida, ben = (User.objects.create(username=name, is_staff=True) for name in ("ida", "ben"))
    client.force_login(ida)
    client.post(reverse("move-to-trash", args=[made.pk]))
    client.post(reverse("sign-out"))
    client.force_login(ben)
    assert "What Ida reads" not in client.get("/preferences/").content.decode()


def test_nor_where_somebody_else_signs_in_without_signing_out_first(client, db):
    made = article(title="What Ida reads")
    for name in ("ida", "ben"):
        client.force_login(User.objects.create(username=name, is_staff=True))
        if name == "ida":
            client.post(reverse("move-to-trash", args=[made.pk]))
    assert "What Ida reads" not in client.get("/preferences/").content.decode()


def test_it_is_shown_to_the_person_who_did_it(client, keeper):
    client.post(reverse("move-to-trash", args=[article(title="The quay").pk]))
    assert "The quay" in client.get("/preferences/").content.decode()

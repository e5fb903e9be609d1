"""What a person decides about two articles that may be one, but for joining them, which moves what was imported."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.articles.turns import take_turn
from archive.curating.models import DoublePair

State = DoublePair.State


def not_the_same(by: AbstractBaseUser, pk: int) -> DoublePair:
    """They are two, and never asked about again. Raises Refused where they were joined, and DoublePair.DoesNotExist."""
    return _decide(by, pk, State.DIFFERENT)


def ask_again(by: AbstractBaseUser, pk: int) -> DoublePair:
    """Take back that they are not the same. Raises Refused where they were joined, and DoublePair.DoesNotExist."""
    return _decide(by, pk, State.FOUND)


def _decide(by: AbstractBaseUser, pk: int, state: DoublePair.State) -> DoublePair:
    with transaction.atomic():
        take_turn()
        pair = DoublePair.objects.select_for_update(of=("self",)).get(pk=pk)
        if pair.state == State.JOINED:
            raise Refused("These articles were joined. Undo that first.")
        if pair.state != state:
            pair.state = state
            is_decided = state == State.DIFFERENT
            pair.decided_by_id, pair.decided_at = (by.pk, timezone.now()) if is_decided else (None, None)
            pair.save(update_fields=["state", "decided_by", "decided_at"])
        return pair

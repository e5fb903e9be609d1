from secrets import token_urlsafe

from django.conf import settings
from django.db import models

LONGEST_NAME = 100  # code points
SECRET_BYTES = 32


def new_secret() -> str:
    """What no one can guess: 256 bits, as 43 letters of an address."""
    return token_urlsafe(SECRET_BYTES)


class SavedSearch(models.Model):
    """A search that a person keeps under a name.

    `address` is what the library's address has after its question mark. `seen_to` is the last article that was in the
    archive when the person looked at the search last: those with higher numbers are new. Whoever has the `secret` may
    read the search's feed.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    address = models.TextField()
    seen_to = models.BigIntegerField(default=0)
    secret = models.CharField(max_length=43, unique=True, default=new_secret)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_search_has_name"),
        ]

    def __str__(self) -> str:
        """Without its name, which is its owner's."""
        return f"saved search {self.pk}"

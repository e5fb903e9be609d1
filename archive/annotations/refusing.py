"""What the verbs raise when they do not do what was asked. Nothing has been written then."""

from archive.annotations.models import Annotation


class Refused(ValueError):
    """What was asked cannot be done; the message is a sentence for the person who asked."""


class EditConflict(Exception):
    """The annotation was changed since it was shown. `current` is how it stands now; nothing was written."""

    def __init__(self, current: Annotation) -> None:
        super().__init__("This note was changed elsewhere in the meantime.")
        self.current = current

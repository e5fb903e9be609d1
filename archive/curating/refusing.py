"""What the verbs raise when they do not do what was asked. Nothing has been written then."""


class Refused(ValueError):
    """What was asked cannot be done; the message is a sentence for the person who asked."""

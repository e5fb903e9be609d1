"""What every verb raises when it does not do what a person asked. Nothing has been written then."""


class Refused(ValueError):
    """What was asked cannot be done; the message is a sentence for the person who asked."""

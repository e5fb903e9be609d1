"""The error that every domain function raises when it refuses a request. Nothing has been written by then."""


class Refused(ValueError):
    """The request was refused. The message is a sentence for the person who made it."""

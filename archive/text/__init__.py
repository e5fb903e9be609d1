"""Markdown as clippers write it, to safe HTML and plain text."""

from .document import RENDERER_VERSION, Document, Heading, Image, Link, LocalImage, Marked, Problem
from .paint import Span, paint
from .rendering import plain, render

__all__ = [
    "RENDERER_VERSION",
    "Document",
    "Heading",
    "Image",
    "Link",
    "LocalImage",
    "Marked",
    "Problem",
    "Span",
    "paint",
    "plain",
    "render",
]

"""Markdown as clippers write it, to safe HTML and plain text."""

from .document import RENDERER_VERSION, Document, Heading, Image, Link, LocalImage, Marked, Problem
from .paint import Span, paint
from .pictures import Frame, Picture, frame, pictures
from .rendering import plain, render

__all__ = [
    "RENDERER_VERSION",
    "Document",
    "Frame",
    "Heading",
    "Image",
    "Link",
    "LocalImage",
    "Marked",
    "Picture",
    "Problem",
    "Span",
    "frame",
    "paint",
    "pictures",
    "plain",
    "render",
]

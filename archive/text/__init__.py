"""Markdown as written by clippers, to safe HTML and plain text."""

from archive.text.addresses import is_remote
from archive.text.document import RENDERER_VERSION, Document, Heading, Image, Link, LocalImage, Marked, Problem
from archive.text.mathml import set_formulas
from archive.text.paint import Span, paint
from archive.text.pictures import Frame, Picture, frame, pictures
from archive.text.rendering import plain, render
from archive.text.sentences import sentences

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
    "is_remote",
    "paint",
    "pictures",
    "plain",
    "render",
    "sentences",
    "set_formulas",
]

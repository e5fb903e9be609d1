"""Reads files: Markdown with front matter, and other programs' exports.

Pure Python, without Django. Each format has its own module or package.
"""

"""From a file's bytes to what they say: Markdown with its front matter, and what other programs write.

Pure Python, knows nothing of Django. Each format is a module or a package of its own.
"""

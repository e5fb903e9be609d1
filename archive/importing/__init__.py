"""From files to articles: discovery, front matter, rendering in parallel, one writer."""

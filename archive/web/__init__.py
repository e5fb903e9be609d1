"""The HTML pages, a module per page. The only package that knows of all the others."""

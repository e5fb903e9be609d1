"""The HTML pages, one module per page. The only package that may import all the others."""

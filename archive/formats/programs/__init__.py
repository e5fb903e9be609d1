"""One module per program from which articles and highlights can be imported. `formats.registry` lists them."""

"""A module for each program that other people's articles and highlights come from. `formats.registry` lists them."""

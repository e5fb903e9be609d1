"""Annotations: highlights and notes as W3C Web Annotations, and the functions that create, change and undo them."""

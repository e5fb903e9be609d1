"""Commonplace: an archive for people who keep what they read."""

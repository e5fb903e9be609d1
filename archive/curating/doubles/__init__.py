"""Articles that may be one: finding the pairs, and what a person decides about them.

docs/decisions/doubles.md says how they are found, and what was measured.
"""

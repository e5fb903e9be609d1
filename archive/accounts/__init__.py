"""Accounts: who may read, who may change things, and how people sign in. Users are Django's own."""

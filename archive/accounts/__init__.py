"""People: who may read, who may change things, and how they sign in. The users are Django's own."""

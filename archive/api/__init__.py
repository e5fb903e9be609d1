"""The JSON API for programs, with tokens (`archive.accounts.token_requests`)."""

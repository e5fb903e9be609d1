"""What programs ask of the archive, with a token (`archive.accounts.token_requests`)."""

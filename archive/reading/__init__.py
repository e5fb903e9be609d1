"""What each reader has read and starred, and how far they came. It is theirs alone."""

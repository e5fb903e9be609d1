"""What each reader has read and starred, and how far they got. It is private to them."""

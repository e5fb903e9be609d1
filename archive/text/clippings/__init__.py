"""What clippers, Obsidian, Hugo and Jekyll write beyond Markdown, and the clean-up it needs."""

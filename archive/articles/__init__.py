"""Articles and what belongs to them: their states over time, who wrote them, where they appeared, their files."""

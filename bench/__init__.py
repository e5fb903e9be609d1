"""The figures the project holds itself to: generators of archives, and measures printed as tables."""

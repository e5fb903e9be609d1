"""The project's performance targets: generators of archives, and benchmarks printed as tables."""

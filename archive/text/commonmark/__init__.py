"""CommonMark 0.31 and GitHub's extensions, as pure functions from lines to blocks and from text to inline parts."""

"""CommonMark 0.31 and the GitHub extensions, as pure functions from lines to blocks and from text to inline parts."""

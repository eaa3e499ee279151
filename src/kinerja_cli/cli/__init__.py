"""The command line: words in, results on standard output, everything said to people on standard error."""

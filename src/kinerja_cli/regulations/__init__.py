"""The rules as data: one file a regulation, and the words personnel files use."""

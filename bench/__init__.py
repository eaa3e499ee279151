"""Time and memory of kinerja beside bare scripts that do the same work; `python -m bench` runs it."""

"""What works on this repository itself and is no part of the program."""

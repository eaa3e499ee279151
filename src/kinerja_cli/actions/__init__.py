"""What a user can do: one function each. It reads, lets the domain decide, and writes one operation."""

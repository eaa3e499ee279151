"""Where everything is kept: the only floor that knows SQL."""

"""What an appraisal is: plain data and pure functions over the standard library alone."""

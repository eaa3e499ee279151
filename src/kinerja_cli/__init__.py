"""kinerja: performance appraisal of civil servants, run by a regional civil-service agency."""

__version__ = "0.1.0"

"""The set-up wizard: one file per question, the review, the run and its report."""

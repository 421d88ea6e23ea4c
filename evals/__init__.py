"""Evaluation: cases with gold, runs of a system over them, scores with their uncertainty."""

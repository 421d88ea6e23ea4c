"""Comparisons with what Pincite has to beat."""

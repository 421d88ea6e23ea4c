"""Checking a draft: its claims, its citations, its quotations."""

"""Asking the record: filters, lists a page at a time, facets, one report opened."""

"""The analyst's desk: pages and a JSON API over one record."""

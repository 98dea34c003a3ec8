"""Who is whom across reports: merges and their proposals, offices, affiliations, canonical rows."""

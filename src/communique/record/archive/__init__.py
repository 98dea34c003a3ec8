"""What is kept of reports and readings, and how it is written and restored."""

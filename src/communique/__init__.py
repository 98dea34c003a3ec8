"""Communique reads the news and keeps the diplomatic record."""

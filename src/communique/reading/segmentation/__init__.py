"""How a text is divided: paragraphs, datelines, quotations."""

"""What brings reports into a record: feeds polled, files and pages added, hand-overs taken in.

The one room that knows the web, the reader and the store.
"""

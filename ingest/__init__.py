"""Reading, splitting, chunking, embedding and storing. Knows nothing of questions.

The flow is ``read -> split_sentences -> make_chunks -> embed -> index``; ``pincite.ingest.index.ingest_paths`` runs it over files,
``open_index`` beside it opens what was made. Importing the package itself imports nothing heavy.
"""

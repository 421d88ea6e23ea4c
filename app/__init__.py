"""Questions in, cited answers out: how sentences are found, judged, put together and shown."""

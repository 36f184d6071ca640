"""The service: parses, calls the engine, encodes. Thin on purpose."""

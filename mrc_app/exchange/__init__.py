"""What leaves the centre file and what enters it."""

RECORD_MODULES = ("mrc_app.exchange.partners", "mrc_app.exchange.ledgers")
"""The modules whose records the store keeps."""

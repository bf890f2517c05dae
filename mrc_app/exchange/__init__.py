"""What leaves the centre file and what enters it."""

RECORD_MODULES = (
    "mrc_app.exchange.partners",
    "mrc_app.exchange.ledgers",
    "mrc_app.exchange.handovers",
    "mrc_app.exchange.ministry_export_agreements",
    "mrc_app.exchange.ministry_export_tokens",
    "mrc_app.exchange.ministry_exports",
    "mrc_app.exchange.destinations",
    "mrc_app.exchange.outbox",
)
"""The modules whose records the store keeps."""

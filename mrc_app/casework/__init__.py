"""The work with a client. One noun, one file, read in the same five parts."""

RECORD_MODULES = (
    "mrc_app.casework.consents",
    "mrc_app.casework.clients",
)

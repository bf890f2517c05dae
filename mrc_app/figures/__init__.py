"""What the office counts and what it tells others: indicators, tables that give nobody away, frozen reports."""

RECORD_MODULES = (
    "mrc_app.figures.targets",
    "mrc_app.figures.reports",
    "mrc_app.figures.releasing_kept",
    "mrc_app.figures.freezing_sex",
)
"""The modules whose records the store keeps."""

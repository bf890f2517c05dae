"""What the office counts and what it tells others: indicators, tables that give nobody away, frozen reports."""

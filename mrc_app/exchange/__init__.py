"""What leaves the centre file and what enters it."""

"""The parts of the client page: each shows one side of what is kept about her, and lets it be changed there."""

"""Catalogue files, the marks of those who read them, and the termbase they are checked against. Knows no screen, no
case and no language of its own: whoever calls gives the texts."""

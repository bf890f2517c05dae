"""The tables beside the records: journal and its bookkeeping (travels), and what never leaves this file
(drafts, search, settings)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, String, Table, Text

from mrc_app.store.records import metadata

journal = Table(
    "journal",
    metadata,
    Column("node", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("record", String, nullable=False),
    Column("subject", String),
    Column("body", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    CheckConstraint("state IN ('full', 'erased', 'withheld')", name="state"),
    Index("ix_journal_record", "record"),
    Index("ix_journal_subject", "subject"),
)
head = Table(
    "head",
    metadata,
    Column("record", String, primary_key=True),
    Column("register", String, primary_key=True),
    Column("node", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
pending = Table(
    "pending",
    metadata,
    Column("record", String, primary_key=True),
    Column("register", String, primary_key=True),
    Column("reason", String, primary_key=True),
    Index("ix_pending_reason", "reason"),
    sqlite_with_rowid=False,
)
chain = Table(
    "chain",
    metadata,
    Column("node", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("forked", Integer, nullable=False, server_default="0"),
)
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("node", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("signer", String, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("at", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
gate = Table("gate", metadata, Column("node", String, primary_key=True), Column("seq", Integer, nullable=False))
meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))
kind = Table(
    "kind",
    metadata,
    Column("name", String, primary_key=True),
    Column("subject", String),
    Column("same_person", String),
    Column("telling", String, nullable=False, server_default=""),
)
counter = Table("counter", metadata, Column("name", String, primary_key=True), Column("n", Integer, nullable=False))
saved_file = Table(
    "saved_file",
    metadata,
    Column("path", String, primary_key=True),
    Column("what", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("client", String),
    Column("officer", String, nullable=False),
    Column("at", String, nullable=False),
)
erased = Table("erased", metadata, Column("subject", String, primary_key=True), Column("at", String, nullable=False))
draft = Table(
    "draft",
    metadata,
    Column("officer", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("body", Text, nullable=False),
)
sought = Table(
    "sought",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),
    Column("shown", String, nullable=False),
    Column("sort", String, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_sought_sort", "kind", "sort", "record"),
)
match_key = Table(
    "match_key",
    metadata,
    Column("key", String, primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Index("ix_match_key_id", "id"),
    sqlite_with_rowid=False,
)
linked = Table(
    "linked",
    metadata,
    Column("client", String, primary_key=True),
    Column("shown", String, nullable=False),
    Index("ix_linked_shown", "shown"),
    sqlite_with_rowid=False,
)
refusal = Table(
    "refusal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("officer", String),
    Column("did", String, nullable=False),
    Column("what", String, nullable=False),
    Column("kind", String, nullable=False),
)
seal = Table(
    "seal",
    metadata,
    Column("client", String, primary_key=True),
    Column("public", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
seal_key = Table(
    "seal_key",
    metadata,
    Column("client", String, primary_key=True),
    Column("holder", String, primary_key=True),
    Column("box", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
sealed_body = Table(
    "sealed_body",
    metadata,
    Column("node", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("record", String, nullable=False),
    Column("client", String, nullable=False),
    Column("box", LargeBinary, nullable=False),
    Index("ix_sealed_body_record", "record"),
    Index("ix_sealed_body_client", "client"),
    sqlite_with_rowid=False,
)

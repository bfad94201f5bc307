-- The first schema. Times are integer Unix milliseconds UTC; dates are days
-- since 1970-01-01; money is integer minor units of the workspace's currency;
-- other numbers are INTEGER when whole and decimal TEXT when not; booleans are
-- 0 and 1; lists are JSON arrays. The type of a value is told by the schema
-- tables, never by SQLite's type of the cell.

CREATE TABLE workspace (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    uuid       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    timezone   TEXT    NOT NULL,
    currency   TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    events     INTEGER NOT NULL DEFAULT 0 -- how many there are: counting millions takes seconds from a cold disk
) STRICT;

-- settings that pages keep: postal address, default sender, …
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- schema

CREATE TABLE attributes (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    label    TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    built_in INTEGER NOT NULL DEFAULT 0,
    batch_id INTEGER             -- the import that made it
) STRICT;

CREATE TABLE event_types (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    value_type TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE event_properties (
    type_id INTEGER NOT NULL REFERENCES event_types (id),
    name    TEXT    NOT NULL,
    type    TEXT    NOT NULL,
    PRIMARY KEY (type_id, name)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- people

CREATE TABLE contacts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: buckets hash it
    email       TEXT    NOT NULL UNIQUE,           -- normalised
    external_id TEXT    UNIQUE,
    source      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    batch_id    INTEGER
) STRICT;

-- Clustered by attribute, so that a column is one range scan in contact order
-- and one person's value is one look-up.
CREATE TABLE contact_values (
    attribute_id INTEGER NOT NULL,
    contact_id   INTEGER NOT NULL,
    value        ANY     NOT NULL,
    PRIMARY KEY (attribute_id, contact_id)
) STRICT, WITHOUT ROWID;

-- No foreign key to contacts: deleting one contact would scan all events for it.
-- The store deletes a contact's events itself.
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    type_id     INTEGER NOT NULL,
    contact_id  INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    value       ANY,               -- number or money by event_types.value_type
    properties  TEXT,              -- JSON object; numbers keep their written digits
    source_id   TEXT,
    key         INTEGER NOT NULL,  -- 64 bits of the identity: source id, or content and occurrence number
    batch_id    INTEGER
) STRICT;

-- One index is both the identity of events and the column that the audience
-- engine loads: contact-major, in time order, with the value.
CREATE UNIQUE INDEX events_identity ON events (type_id, contact_id, occurred_at, key, value);
CREATE UNIQUE INDEX events_source_id ON events (type_id, source_id) WHERE source_id IS NOT NULL;

CREATE TABLE consent_entries (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL,
    purpose    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    expires_at INTEGER,
    batch_id   INTEGER,
    reverts_id INTEGER
) STRICT;
CREATE INDEX consent_by_contact ON consent_entries (contact_id, purpose, at);

CREATE TABLE suppressions (
    email  TEXT    PRIMARY KEY, -- normalised; outlives the contact
    reason TEXT    NOT NULL,    -- unsubscribed, bounced, complained, manual, erased
    source TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- catalogue

CREATE TABLE products (
    id         INTEGER PRIMARY KEY,
    sku        TEXT    NOT NULL UNIQUE,
    title      TEXT    NOT NULL,
    url        TEXT    NOT NULL DEFAULT '',
    image      TEXT    NOT NULL DEFAULT '',
    price      INTEGER,          -- minor units
    category   TEXT    NOT NULL DEFAULT '',
    stock      INTEGER NOT NULL DEFAULT -1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    batch_id   INTEGER,
    gone         INTEGER NOT NULL DEFAULT 0,  -- 1: its feed does not have it any more
    restocked_at INTEGER NOT NULL DEFAULT 0,  -- when it was last to be had again; 0: never
    feed         TEXT    NOT NULL DEFAULT ''  -- the feed it came from last
) STRICT;
CREATE INDEX products_by_feed ON products (feed) WHERE feed <> '';

-- Feeds of products, fetched on a schedule. What fetching told is kept beside.
CREATE TABLE feeds (
    slug          TEXT    PRIMARY KEY,
    definition    TEXT    NOT NULL,            -- JSON: name, url, every, …
    etag          TEXT    NOT NULL DEFAULT '', -- of the last good copy
    last_modified TEXT    NOT NULL DEFAULT '',
    state         TEXT    NOT NULL DEFAULT '', -- of the last try: ok, unchanged, failed; '' before the first
    message       TEXT    NOT NULL DEFAULT '', -- why it failed, for people
    tried_at      INTEGER NOT NULL DEFAULT 0,
    fetched_at    INTEGER NOT NULL DEFAULT 0,  -- the last good copy
    products      INTEGER NOT NULL DEFAULT 0,  -- in the last good copy
    batch_id      INTEGER NOT NULL DEFAULT 0   -- of the last good copy
) STRICT, WITHOUT ROWID;

CREATE TABLE assets (
    name       TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- imports

CREATE TABLE batches (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    kind             TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    source           TEXT    NOT NULL,
    started_at       INTEGER NOT NULL,
    finished_at      INTEGER NOT NULL DEFAULT 0,
    read             INTEGER NOT NULL DEFAULT 0,
    created          INTEGER NOT NULL DEFAULT 0,
    updated          INTEGER NOT NULL DEFAULT 0,
    unchanged        INTEGER NOT NULL DEFAULT 0,
    rejected         INTEGER NOT NULL DEFAULT 0,
    contacts_created INTEGER NOT NULL DEFAULT 0,
    first_event_id   INTEGER NOT NULL DEFAULT 0, -- the batch's events lie in this range
    last_event_id    INTEGER NOT NULL DEFAULT 0,
    report           TEXT    NOT NULL DEFAULT '{}'
) STRICT;

-- What a batch changed, for undo: the value before (NULL: there was none) and after.
CREATE TABLE batch_changes (
    batch_id  INTEGER NOT NULL,
    entity    TEXT    NOT NULL, -- value, external_id, product, event, …
    entity_id INTEGER NOT NULL, -- the contact, product or event
    field     TEXT    NOT NULL, -- attribute or column name; '' for the whole row
    before    ANY,
    after     ANY,
    PRIMARY KEY (batch_id, entity, entity_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_rejects (
    batch_id INTEGER NOT NULL,
    line     INTEGER NOT NULL, -- 1-based, in the file
    field    TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    raw      TEXT    NOT NULL, -- the record as JSON array of cells
    PRIMARY KEY (batch_id, line)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- definitions

-- Segments, groups of them, rules, blocks, templates, campaigns and ESPs are named JSON documents
-- with versions. body is the newest; every save adds a version.
CREATE TABLE definitions (
    kind       TEXT    NOT NULL, -- segment, group, rule, block, template, campaign, esp
    slug       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    note       TEXT    NOT NULL DEFAULT '',
    body       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (kind, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE definition_versions (
    kind    TEXT    NOT NULL,
    slug    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    note    TEXT    NOT NULL DEFAULT '', -- why
    author  TEXT    NOT NULL DEFAULT '',
    at      INTEGER NOT NULL,
    PRIMARY KEY (kind, slug, version)
) STRICT, WITHOUT ROWID;

-- For whom a template or a block must always come out: looked at on every save.
CREATE TABLE test_people (
    kind       TEXT    NOT NULL,
    slug       TEXT    NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, slug, contact_id),
    FOREIGN KEY (kind, slug) REFERENCES definitions (kind, slug) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX test_people_by_contact ON test_people (contact_id);

-- What a segment is beside its definition, and who is in it. Whoever is in it now
-- is its newest snapshot with the changes after that: only differences are written.
CREATE TABLE segments (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: changes name it
    slug         TEXT    NOT NULL UNIQUE,
    owner        TEXT    NOT NULL DEFAULT '',       -- who looks after it
    review_on    INTEGER,                           -- day by which to look at it again
    frozen_at    INTEGER,                           -- since when it is a fixed list; NULL: it is live
    frozen       BLOB,                              -- who is on that list, a roaring bitmap of contact ids
    basis        TEXT    NOT NULL DEFAULT '',       -- the condition that the members were answered for
    as_of        INTEGER NOT NULL DEFAULT 0,        -- the instant they were answered for; 0: never yet
    data_version INTEGER NOT NULL DEFAULT 0,
    size         INTEGER NOT NULL DEFAULT 0,
    problem      TEXT    NOT NULL DEFAULT '',       -- why it cannot be answered
    change_id    INTEGER NOT NULL DEFAULT 0,        -- its newest change
    revision     INTEGER NOT NULL DEFAULT 0         -- grows when an erasure rewrites its history
) STRICT;

CREATE TABLE segment_snapshots (
    segment_id INTEGER PRIMARY KEY REFERENCES segments (id) ON DELETE CASCADE,
    change_id  INTEGER NOT NULL, -- the members as they were after this change
    members    BLOB
) STRICT;

-- Who joined and left, and when: roaring bitmaps of contact ids.
CREATE TABLE segment_changes (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    cause      TEXT    NOT NULL, -- first, data, time, definition
    version    INTEGER NOT NULL, -- of the definition
    size       INTEGER NOT NULL, -- after it
    large      INTEGER NOT NULL, -- more people than are listed in segment_moves
    joined     BLOB,
    "left"     BLOB
) STRICT;
CREATE INDEX segment_changes_by_segment ON segment_changes (segment_id, at);
CREATE INDEX segment_changes_large ON segment_changes (id) WHERE large = 1;

-- The people of small changes, by person: a person's history is one look-up.
CREATE TABLE segment_moves (
    contact_id INTEGER NOT NULL,
    change_id  INTEGER NOT NULL REFERENCES segment_changes (id) ON DELETE CASCADE,
    joined     INTEGER NOT NULL,
    PRIMARY KEY (contact_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_moves_by_change ON segment_moves (change_id);

-- The sizes of segments, one a day: what charts are drawn from.
CREATE TABLE segment_days (
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    day        INTEGER NOT NULL, -- local, days since 1970
    size       INTEGER NOT NULL, -- at its end, or the newest
    joined     INTEGER NOT NULL DEFAULT 0, -- through data and time
    "left"     INTEGER NOT NULL DEFAULT 0,
    edited     INTEGER NOT NULL DEFAULT 0, -- the definition was changed
    PRIMARY KEY (segment_id, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER segment_changes_stay BEFORE UPDATE OF segment_id, at, cause, version, size ON segment_changes
BEGIN SELECT RAISE(ABORT, 'what happened to a segment is append-only'); END;

-- What content services said of people, while it holds.
CREATE TABLE service_answers (
    service    TEXT    NOT NULL, -- slug
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    question   INTEGER NOT NULL, -- 64 bits of a hash over the service and what it was told
    asked_at   INTEGER NOT NULL,
    answer     TEXT    NOT NULL, -- JSON object; '' when it had none
    PRIMARY KEY (service, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_answers_by_contact ON service_answers (contact_id);

-- ---------------------------------------------------------------- sending

CREATE TABLE runs (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign         TEXT    NOT NULL, -- slug
    definition       TEXT    NOT NULL, -- the campaign as it was when planned
    template_version INTEGER NOT NULL,
    unsubscribe      TEXT    NOT NULL, -- the address in force, Liquid
    as_of            INTEGER NOT NULL,
    state            TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    finished_at      INTEGER NOT NULL DEFAULT 0,
    note             TEXT    NOT NULL DEFAULT '', -- why it is paused
    dictionary       BLOB,                        -- what the messages' bodies are compressed against
    proof_id         INTEGER NOT NULL DEFAULT 0   -- the check it was compared with
) STRICT;
CREATE INDEX runs_by_campaign ON runs (campaign);

CREATE TABLE messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id     INTEGER NOT NULL REFERENCES runs (id),
    contact_id INTEGER NOT NULL,
    email      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    key        TEXT    NOT NULL UNIQUE, -- idempotency key
    subject    TEXT    NOT NULL DEFAULT '',
    hash       BLOB,                    -- SHA-256 of the composed parts
    body       BLOB,                    -- the composed parts and the trace, compressed
    error      TEXT    NOT NULL DEFAULT '',
    remote     TEXT    NOT NULL DEFAULT '',
    updated_at INTEGER NOT NULL,
    UNIQUE (run_id, contact_id)
) STRICT;
CREATE INDEX messages_by_state ON messages (run_id, state);
CREATE INDEX messages_by_contact ON messages (contact_id);

CREATE TABLE run_exclusions (
    run_id     INTEGER NOT NULL REFERENCES runs (id),
    contact_id INTEGER NOT NULL,
    reason     TEXT    NOT NULL,
    PRIMARY KEY (run_id, contact_id)
) STRICT, WITHOUT ROWID;

-- Checks of whole audiences: what was checked and what came out, and of each person
-- a fingerprint of the message and the number of the way it came out. What is sent
-- is compared with it.
CREATE TABLE proofs (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    subject          TEXT    NOT NULL, -- campaign/SLUG or template/SLUG/SEGMENT
    basis            TEXT    NOT NULL, -- fingerprint of the campaign; '' for templates
    template_version INTEGER NOT NULL,
    as_of            INTEGER NOT NULL,
    total            INTEGER NOT NULL, -- people to check
    checked          INTEGER NOT NULL, -- fewer where it was stopped
    created_at       INTEGER NOT NULL,
    author           TEXT    NOT NULL,
    summary          TEXT    NOT NULL, -- JSON
    done             INTEGER NOT NULL DEFAULT 0 -- 0 while its people are being written
) STRICT;
CREATE INDEX proofs_by_subject ON proofs (subject);

CREATE TABLE proof_people (
    proof_id   INTEGER NOT NULL REFERENCES proofs (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL,
    hash       BLOB    NOT NULL, -- half of the SHA-256 of the message's parts; zero where there was none
    way        INTEGER NOT NULL,
    PRIMARY KEY (proof_id, contact_id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- working together

-- What must not run twice: one holder, renewed while it works.
CREATE TABLE leases (
    name        TEXT    PRIMARY KEY, -- import, migration, run:ID
    holder      TEXT    NOT NULL,    -- for people: "the window on lea's laptop (pid 4711)"
    token       TEXT    NOT NULL,
    acquired_at INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What changed, so that processes bring their columns up to date.
CREATE TABLE changes (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL, -- contacts, attribute, events, consent, products, schema, definition
    name    TEXT    NOT NULL, -- attribute name, event type, definition kind/slug; '' for all
    details TEXT    NOT NULL DEFAULT '' -- JSON; e.g. the range of new event ids
) STRICT;

-- ---------------------------------------------------------------- audit

CREATE TABLE audit (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    contact_id INTEGER,           -- whose personal values are sealed in this entry
    open       TEXT    NOT NULL,  -- JSON without personal values
    sealed     BLOB,              -- personal values under the contact's key
    previous   BLOB    NOT NULL,
    hash       BLOB    NOT NULL   -- SHA-256 over all the above, in their canonical form
) STRICT;
CREATE INDEX audit_by_contact ON audit (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE audit_keys (
    contact_id INTEGER PRIMARY KEY, -- erasure deletes the row
    key        BLOB NOT NULL
) STRICT;

-- History and the ledger of consent are only ever appended to.
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER consent_is_append_only_update BEFORE UPDATE ON consent_entries BEGIN SELECT RAISE(ABORT, 'the ledger of consent is append-only'); END;
CREATE TRIGGER consent_is_append_only_delete BEFORE DELETE ON consent_entries BEGIN SELECT RAISE(ABORT, 'the ledger of consent is append-only'); END;

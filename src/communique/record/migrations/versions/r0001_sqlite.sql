CREATE TABLE communique_record (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_communique_record PRIMARY KEY (name)
)
-- next
CREATE TABLE source (
	id INTEGER NOT NULL,
	url TEXT NOT NULL,
	kind TEXT NOT NULL,
	outlet TEXT,
	state TEXT NOT NULL,
	checked_at TEXT,
	CONSTRAINT pk_source PRIMARY KEY (id),
	CONSTRAINT uq_source_url UNIQUE (url)
)
-- next
CREATE TABLE report (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	version_id INTEGER,
	title TEXT,
	outlet TEXT,
	author TEXT,
	agency TEXT,
	url TEXT,
	published TEXT,
	published_at TEXT NOT NULL,
	added_at TEXT NOT NULL,
	copy_of INTEGER,
	voice INTEGER NOT NULL,
	copies INTEGER NOT NULL,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT uq_report_key UNIQUE ("key"),
	CONSTRAINT fk_report_copy_of FOREIGN KEY(copy_of) REFERENCES report (id)
)
-- next
CREATE INDEX ix_report_copies_published_at_id ON report (copies, published_at, id)
-- next
CREATE INDEX ix_report_outlet_published_at_id ON report (outlet, published_at, id)
-- next
CREATE INDEX ix_report_published_at_id ON report (published_at, id)
-- next
CREATE INDEX ix_report_voice ON report (voice)
-- next
CREATE TABLE canonical_actor (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	country TEXT,
	principal TEXT,
	merged_into INTEGER,
	root_id INTEGER NOT NULL,
	CONSTRAINT pk_canonical_actor PRIMARY KEY (id),
	CONSTRAINT uq_canonical_actor_key UNIQUE ("key"),
	CONSTRAINT fk_canonical_actor_merged_into FOREIGN KEY(merged_into) REFERENCES canonical_actor (id)
)
-- next
CREATE INDEX ix_canonical_actor_country_kind ON canonical_actor (country, kind)
-- next
CREATE INDEX ix_canonical_actor_kind ON canonical_actor (kind)
-- next
CREATE INDEX ix_canonical_actor_root_id ON canonical_actor (root_id)
-- next
CREATE TABLE canonical_issue (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	merged_into INTEGER,
	root_id INTEGER NOT NULL,
	CONSTRAINT pk_canonical_issue PRIMARY KEY (id),
	CONSTRAINT uq_canonical_issue_key UNIQUE ("key"),
	CONSTRAINT fk_canonical_issue_merged_into FOREIGN KEY(merged_into) REFERENCES canonical_issue (id)
)
-- next
CREATE INDEX ix_canonical_issue_root_id ON canonical_issue (root_id)
-- next
CREATE TABLE judgement (
	seq INTEGER NOT NULL,
	uid TEXT NOT NULL,
	target_kind TEXT NOT NULL,
	target_key TEXT NOT NULL,
	report_key TEXT,
	anchor TEXT NOT NULL,
	verdict TEXT NOT NULL,
	correction TEXT NOT NULL,
	note TEXT,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	clock INTEGER NOT NULL,
	CONSTRAINT pk_judgement PRIMARY KEY (seq),
	CONSTRAINT uq_judgement_uid UNIQUE (uid)
)
-- next
CREATE INDEX ix_judgement_report_key ON judgement (report_key)
-- next
CREATE INDEX ix_judgement_target_kind_target_key_seq ON judgement (target_kind, target_key, seq)
-- next
CREATE TABLE merge (
	seq INTEGER NOT NULL,
	uid TEXT NOT NULL,
	kind TEXT NOT NULL,
	action TEXT NOT NULL,
	from_key TEXT NOT NULL,
	into_key TEXT NOT NULL,
	reason TEXT,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	clock INTEGER NOT NULL,
	CONSTRAINT pk_merge PRIMARY KEY (seq),
	CONSTRAINT uq_merge_uid UNIQUE (uid)
)
-- next
CREATE INDEX ix_merge_kind_from_key_seq ON merge (kind, from_key, seq)
-- next
CREATE INDEX ix_merge_kind_into_key_seq ON merge (kind, into_key, seq)
-- next
CREATE TABLE wire_band (
	band BIGINT NOT NULL,
	report_id INTEGER NOT NULL,
	CONSTRAINT pk_wire_band PRIMARY KEY (band, report_id)
)
-- next
CREATE TABLE source_entry (
	source_id INTEGER NOT NULL,
	entry TEXT NOT NULL,
	digest TEXT NOT NULL,
	seen_at TEXT NOT NULL,
	CONSTRAINT pk_source_entry PRIMARY KEY (source_id, entry),
	CONSTRAINT fk_source_entry_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
-- next
CREATE TABLE report_identity (
	identity TEXT NOT NULL,
	report_id INTEGER NOT NULL,
	CONSTRAINT pk_report_identity PRIMARY KEY (identity),
	CONSTRAINT fk_report_identity_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
-- next
CREATE INDEX ix_report_identity_report_id ON report_identity (report_id)
-- next
CREATE TABLE report_version (
	id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	text TEXT NOT NULL,
	text_exact BLOB,
	text_sha256 TEXT NOT NULL,
	title TEXT,
	outlet TEXT,
	author TEXT,
	agency TEXT,
	url TEXT,
	published TEXT,
	came_from TEXT NOT NULL,
	notes TEXT NOT NULL,
	added_at TEXT NOT NULL,
	CONSTRAINT pk_report_version PRIMARY KEY (id),
	CONSTRAINT uq_report_version_report_id_number UNIQUE (report_id, number),
	CONSTRAINT fk_report_version_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
-- next
CREATE INDEX ix_report_version_text_sha256 ON report_version (text_sha256)
-- next
CREATE TABLE actor_name (
	name_words TEXT NOT NULL,
	actor_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	CONSTRAINT pk_actor_name PRIMARY KEY (name_words, actor_id),
	CONSTRAINT fk_actor_name_actor_id FOREIGN KEY(actor_id) REFERENCES canonical_actor (id)
)
-- next
CREATE INDEX ix_actor_name_actor_id ON actor_name (actor_id)
-- next
CREATE TABLE issue_name (
	name_words TEXT NOT NULL,
	issue_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	CONSTRAINT pk_issue_name PRIMARY KEY (name_words, issue_id),
	CONSTRAINT fk_issue_name_issue_id FOREIGN KEY(issue_id) REFERENCES canonical_issue (id)
)
-- next
CREATE INDEX ix_issue_name_issue_id ON issue_name (issue_id)
-- next
CREATE TABLE office_holding (
	id INTEGER NOT NULL,
	actor_id INTEGER NOT NULL,
	office TEXT NOT NULL,
	country TEXT,
	held_from TEXT,
	held_until TEXT,
	report_id INTEGER,
	span TEXT,
	CONSTRAINT pk_office_holding PRIMARY KEY (id),
	CONSTRAINT fk_office_holding_actor_id FOREIGN KEY(actor_id) REFERENCES canonical_actor (id),
	CONSTRAINT fk_office_holding_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
-- next
CREATE INDEX ix_office_holding_actor_id_office ON office_holding (actor_id, office)
-- next
CREATE INDEX ix_office_holding_office_held_from ON office_holding (office, held_from)
-- next
CREATE INDEX ix_office_holding_report_id ON office_holding (report_id)
-- next
CREATE TABLE attachment (
	kind TEXT NOT NULL,
	row_id INTEGER NOT NULL,
	judgement_seq INTEGER NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (kind, row_id, judgement_seq),
	CONSTRAINT fk_attachment_judgement_seq FOREIGN KEY(judgement_seq) REFERENCES judgement (seq)
)
-- next
CREATE INDEX ix_attachment_judgement_seq ON attachment (judgement_seq)
-- next
CREATE TABLE reading (
	id INTEGER NOT NULL,
	version_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	reader TEXT NOT NULL,
	notes TEXT NOT NULL,
	read_at TEXT NOT NULL,
	CONSTRAINT pk_reading PRIMARY KEY (id),
	CONSTRAINT uq_reading_version_id UNIQUE (version_id),
	CONSTRAINT fk_reading_version_id FOREIGN KEY(version_id) REFERENCES report_version (id),
	CONSTRAINT fk_reading_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
-- next
CREATE INDEX ix_reading_reader ON reading (reader)
-- next
CREATE INDEX ix_reading_report_id ON reading (report_id)
-- next
CREATE TABLE actor (
	id INTEGER NOT NULL,
	reading_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	local_id TEXT NOT NULL,
	canonical_id INTEGER NOT NULL,
	resolved_id INTEGER,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	country TEXT,
	role TEXT,
	mentions TEXT NOT NULL,
	principal TEXT,
	members TEXT NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_actor PRIMARY KEY (id),
	CONSTRAINT uq_actor_reading_id_local_id UNIQUE (reading_id, local_id),
	CONSTRAINT fk_actor_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE,
	CONSTRAINT fk_actor_canonical_id FOREIGN KEY(canonical_id) REFERENCES canonical_actor (id),
	CONSTRAINT fk_actor_resolved_id FOREIGN KEY(resolved_id) REFERENCES canonical_actor (id)
)
-- next
CREATE INDEX ix_actor_canonical_id_report_id ON actor (canonical_id, report_id)
-- next
CREATE INDEX ix_actor_resolved_id_report_id ON actor (resolved_id, report_id)
-- next
CREATE TABLE issue (
	id INTEGER NOT NULL,
	reading_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	local_id TEXT NOT NULL,
	canonical_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	aliases TEXT NOT NULL,
	claims TEXT NOT NULL,
	mentions TEXT NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_issue PRIMARY KEY (id),
	CONSTRAINT uq_issue_reading_id_local_id UNIQUE (reading_id, local_id),
	CONSTRAINT fk_issue_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE,
	CONSTRAINT fk_issue_canonical_id FOREIGN KEY(canonical_id) REFERENCES canonical_issue (id)
)
-- next
CREATE INDEX ix_issue_canonical_id_report_id ON issue (canonical_id, report_id)
-- next
CREATE INDEX ix_issue_claimed ON issue (canonical_id, id) WHERE current = 1 AND claims <> '[]'
-- next
CREATE TABLE statement (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	reading_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	published_at TEXT NOT NULL,
	said_on TEXT NOT NULL,
	when_said TEXT NOT NULL,
	outlet TEXT,
	speaker TEXT,
	speaker_id INTEGER,
	speaker_root INTEGER,
	country TEXT,
	party_id INTEGER,
	party_root INTEGER,
	rank SMALLINT NOT NULL,
	act TEXT NOT NULL,
	manner TEXT NOT NULL,
	mode TEXT NOT NULL,
	source TEXT NOT NULL,
	cue TEXT NOT NULL,
	content TEXT NOT NULL,
	content_text TEXT NOT NULL,
	chain TEXT NOT NULL,
	addressee TEXT NOT NULL,
	parent TEXT,
	responds_to TEXT,
	about TEXT NOT NULL,
	conditions TEXT NOT NULL,
	confidence FLOAT NOT NULL,
	rule TEXT NOT NULL,
	same_as INTEGER,
	voices INTEGER NOT NULL,
	verdict TEXT,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_statement PRIMARY KEY (id),
	CONSTRAINT uq_statement_reading_id_key UNIQUE (reading_id, "key"),
	CONSTRAINT fk_statement_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_statement_key ON statement ("key")
-- next
CREATE INDEX ix_statement_party ON statement (party_root, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_published ON statement (published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_report_id_position ON statement (report_id, position)
-- next
CREATE INDEX ix_statement_same_as ON statement (same_as)
-- next
CREATE INDEX ix_statement_speaker ON statement (speaker_root, published_at, id) WHERE current = 1
-- next
CREATE TABLE condition (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	reading_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	statement TEXT,
	statement_id INTEGER,
	published_at TEXT NOT NULL,
	outlet TEXT,
	kind TEXT NOT NULL,
	holder TEXT,
	holder_id INTEGER,
	holder_root INTEGER,
	country TEXT,
	must_act TEXT,
	must_act_id INTEGER,
	must_act_root INTEGER,
	antecedent TEXT NOT NULL,
	consequent TEXT NOT NULL,
	cue TEXT NOT NULL,
	antecedent_text TEXT NOT NULL,
	consequent_text TEXT NOT NULL,
	confidence FLOAT NOT NULL,
	verdict TEXT,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_condition PRIMARY KEY (id),
	CONSTRAINT uq_condition_reading_id_key UNIQUE (reading_id, "key"),
	CONSTRAINT fk_condition_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_condition_key ON condition ("key")
-- next
CREATE INDEX ix_condition_published ON condition (published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_report_id_position ON condition (report_id, position)
-- next
CREATE INDEX ix_condition_statement_id ON condition (statement_id)
-- next
CREATE TABLE event (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	reading_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	data TEXT NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_event PRIMARY KEY (id),
	CONSTRAINT uq_event_reading_id_key UNIQUE (reading_id, "key"),
	CONSTRAINT fk_event_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE
)
-- next
CREATE TABLE statement_issue (
	statement_id INTEGER NOT NULL,
	issue_id INTEGER NOT NULL,
	issue_root INTEGER NOT NULL,
	speaker_root INTEGER,
	country TEXT,
	party_root INTEGER,
	stance TEXT,
	rank SMALLINT NOT NULL,
	said_on TEXT NOT NULL,
	published_at TEXT NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_statement_issue PRIMARY KEY (statement_id, issue_id),
	CONSTRAINT fk_statement_issue_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_statement_issue_issue_id ON statement_issue (issue_id)
-- next
CREATE INDEX ix_statement_issue_party ON statement_issue (issue_root, party_root, stance, published_at, statement_id) WHERE current = 1
-- next
CREATE INDEX ix_statement_issue_root ON statement_issue (issue_root, published_at, statement_id) WHERE current = 1
-- next
CREATE INDEX ix_statement_issue_speaker ON statement_issue (issue_root, speaker_root, published_at, statement_id) WHERE current = 1
-- next
CREATE TABLE statement_party (
	statement_id INTEGER NOT NULL,
	role TEXT NOT NULL,
	position INTEGER NOT NULL,
	actor_id INTEGER NOT NULL,
	actor_root INTEGER NOT NULL,
	published_at TEXT NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_statement_party PRIMARY KEY (statement_id, role, position),
	CONSTRAINT fk_statement_party_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_statement_party_actor_id ON statement_party (actor_id)
-- next
CREATE INDEX ix_statement_party_root ON statement_party (actor_root, role, published_at, statement_id) WHERE current = 1
-- next
CREATE VIRTUAL TABLE statement_words USING
fts5(words, content='', columnsize=0, prefix='3', tokenize="ascii tokenchars '_'")
-- next
CREATE VIRTUAL TABLE condition_words USING
fts5(words, content='', columnsize=0, prefix='3', tokenize="ascii tokenchars '_'")
-- next
CREATE VIRTUAL TABLE report_words USING
fts5(words, content='', columnsize=0, prefix='3', tokenize="ascii tokenchars '_'")
-- next
CREATE TABLE search_terms (kind TEXT, id INTEGER, place INTEGER NOT NULL, version INTEGER, terms TEXT NOT NULL,
    PRIMARY KEY (kind, id)) WITHOUT ROWID
-- next
CREATE TABLE search_tally (kind TEXT, family TEXT, value TEXT, n INTEGER NOT NULL,
    PRIMARY KEY (kind, family, value)) WITHOUT ROWID
-- next
CREATE INDEX ix_search_tally_n ON search_tally (kind, family, n)
-- next
CREATE TABLE search_stale (kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID
-- next
CREATE TABLE search_gone (kind TEXT, id INTEGER, place INTEGER, words TEXT, terms TEXT)
-- next
CREATE TRIGGER search_statement_insert AFTER INSERT ON statement BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', new.id); END
-- next
CREATE TRIGGER search_statement_update AFTER UPDATE OF published_at, said_on, outlet, speaker_root, country, party_root, act, confidence, voices, verdict, current ON statement WHEN old.published_at IS NOT new.published_at OR old.said_on IS NOT new.said_on OR old.outlet IS NOT new.outlet OR old.speaker_root IS NOT new.speaker_root OR old.country IS NOT new.country OR old.party_root IS NOT new.party_root OR old.act IS NOT new.act OR old.confidence IS NOT new.confidence OR old.voices IS NOT new.voices OR old.verdict IS NOT new.verdict OR old.current IS NOT new.current BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', new.id); END
-- next
CREATE TRIGGER search_statement_delete BEFORE DELETE ON statement BEGIN INSERT INTO search_gone SELECT kind, id, place, old.content_text, terms FROM search_terms WHERE kind = 'statement' AND id = old.id; INSERT OR IGNORE INTO search_stale VALUES ('report', old.report_id); END
-- next
CREATE TRIGGER search_condition_insert AFTER INSERT ON condition BEGIN INSERT OR IGNORE INTO search_stale VALUES ('condition', new.id); END
-- next
CREATE TRIGGER search_condition_update AFTER UPDATE OF published_at, outlet, kind, holder_root, country, must_act_root, confidence, verdict, current ON condition WHEN old.published_at IS NOT new.published_at OR old.outlet IS NOT new.outlet OR old.kind IS NOT new.kind OR old.holder_root IS NOT new.holder_root OR old.country IS NOT new.country OR old.must_act_root IS NOT new.must_act_root OR old.confidence IS NOT new.confidence OR old.verdict IS NOT new.verdict OR old.current IS NOT new.current BEGIN INSERT OR IGNORE INTO search_stale VALUES ('condition', new.id); END
-- next
CREATE TRIGGER search_condition_delete BEFORE DELETE ON condition BEGIN INSERT INTO search_gone SELECT kind, id, place, old.antecedent_text || ' ' || old.consequent_text, terms FROM search_terms WHERE kind = 'condition' AND id = old.id; INSERT OR IGNORE INTO search_stale VALUES ('report', old.report_id); END
-- next
CREATE TRIGGER search_report_insert AFTER INSERT ON report BEGIN INSERT OR IGNORE INTO search_stale VALUES ('report', new.id); END
-- next
CREATE TRIGGER search_report_update AFTER UPDATE OF version_id, outlet, published_at, copy_of ON report WHEN old.version_id IS NOT new.version_id OR old.outlet IS NOT new.outlet OR old.published_at IS NOT new.published_at OR old.copy_of IS NOT new.copy_of BEGIN INSERT OR IGNORE INTO search_stale VALUES ('report', new.id); END
-- next
CREATE TRIGGER search_statement_issue_insert AFTER INSERT ON statement_issue BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', new.statement_id); END
-- next
CREATE TRIGGER search_statement_issue_update AFTER UPDATE OF issue_root, current ON statement_issue BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', new.statement_id); END
-- next
CREATE TRIGGER search_statement_issue_delete AFTER DELETE ON statement_issue BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', old.statement_id); END
-- next
CREATE TRIGGER search_statement_party_insert AFTER INSERT ON statement_party BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', new.statement_id); END
-- next
CREATE TRIGGER search_statement_party_update AFTER UPDATE OF actor_root, current ON statement_party BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', new.statement_id); END
-- next
CREATE TRIGGER search_statement_party_delete AFTER DELETE ON statement_party BEGIN INSERT OR IGNORE INTO search_stale VALUES ('statement', old.statement_id); END
-- next
CREATE TRIGGER search_statement_copied AFTER UPDATE OF copy_of ON report WHEN old.copy_of IS NOT new.copy_of BEGIN INSERT OR IGNORE INTO search_stale SELECT 'statement', id FROM statement WHERE report_id = new.id; END
-- next
CREATE TRIGGER search_condition_copied AFTER UPDATE OF copy_of ON report WHEN old.copy_of IS NOT new.copy_of BEGIN INSERT OR IGNORE INTO search_stale SELECT 'condition', id FROM condition WHERE report_id = new.id; END
-- next
CREATE TRIGGER search_actor_new AFTER INSERT ON canonical_actor BEGIN INSERT OR IGNORE INTO search_tally VALUES ('statement', 'a', new.id, 0); END
-- next
CREATE TRIGGER search_issue_new AFTER INSERT ON canonical_issue BEGIN INSERT OR IGNORE INTO search_tally VALUES ('statement', 'i', new.id, 0); END

CREATE TABLE communique_record (
	name TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_communique_record PRIMARY KEY (name)
)
-- next
CREATE TABLE source (
	id BIGSERIAL NOT NULL,
	url TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL,
	checked_at TEXT COLLATE "C",
	CONSTRAINT pk_source PRIMARY KEY (id),
	CONSTRAINT uq_source_url UNIQUE (url)
)
-- next
CREATE TABLE report (
	id BIGSERIAL NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	version_id BIGINT,
	title TEXT COLLATE "C",
	outlet TEXT COLLATE "C",
	author TEXT COLLATE "C",
	agency TEXT COLLATE "C",
	url TEXT COLLATE "C",
	published TEXT COLLATE "C",
	published_at TEXT COLLATE "C" NOT NULL,
	added_at TEXT COLLATE "C" NOT NULL,
	copy_of BIGINT,
	voice BIGINT NOT NULL,
	copies INTEGER NOT NULL,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT uq_report_key UNIQUE (key),
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
	id BIGSERIAL NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	country TEXT COLLATE "C",
	principal TEXT COLLATE "C",
	merged_into BIGINT,
	root_id BIGINT NOT NULL,
	CONSTRAINT pk_canonical_actor PRIMARY KEY (id),
	CONSTRAINT uq_canonical_actor_key UNIQUE (key),
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
	id BIGSERIAL NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	merged_into BIGINT,
	root_id BIGINT NOT NULL,
	CONSTRAINT pk_canonical_issue PRIMARY KEY (id),
	CONSTRAINT uq_canonical_issue_key UNIQUE (key),
	CONSTRAINT fk_canonical_issue_merged_into FOREIGN KEY(merged_into) REFERENCES canonical_issue (id)
)
-- next
CREATE INDEX ix_canonical_issue_root_id ON canonical_issue (root_id)
-- next
CREATE TABLE judgement (
	seq BIGSERIAL NOT NULL,
	uid TEXT COLLATE "C" NOT NULL,
	target_kind TEXT COLLATE "C" NOT NULL,
	target_key TEXT COLLATE "C" NOT NULL,
	report_key TEXT COLLATE "C",
	anchor TEXT COLLATE "C" NOT NULL,
	verdict TEXT COLLATE "C" NOT NULL,
	correction TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C",
	by TEXT COLLATE "C" NOT NULL,
	at TEXT COLLATE "C" NOT NULL,
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
	seq BIGSERIAL NOT NULL,
	uid TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	action TEXT COLLATE "C" NOT NULL,
	from_key TEXT COLLATE "C" NOT NULL,
	into_key TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C",
	by TEXT COLLATE "C" NOT NULL,
	at TEXT COLLATE "C" NOT NULL,
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
	report_id BIGINT NOT NULL,
	CONSTRAINT pk_wire_band PRIMARY KEY (band, report_id)
)
-- next
CREATE TABLE source_entry (
	source_id BIGINT NOT NULL,
	entry TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	seen_at TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_source_entry PRIMARY KEY (source_id, entry),
	CONSTRAINT fk_source_entry_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
-- next
CREATE TABLE report_identity (
	identity TEXT COLLATE "C" NOT NULL,
	report_id BIGINT NOT NULL,
	CONSTRAINT pk_report_identity PRIMARY KEY (identity),
	CONSTRAINT fk_report_identity_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
-- next
CREATE INDEX ix_report_identity_report_id ON report_identity (report_id)
-- next
CREATE TABLE report_version (
	id BIGSERIAL NOT NULL,
	report_id BIGINT NOT NULL,
	number INTEGER NOT NULL,
	text TEXT COLLATE "C" NOT NULL,
	text_exact BYTEA,
	text_sha256 TEXT COLLATE "C" NOT NULL,
	title TEXT COLLATE "C",
	outlet TEXT COLLATE "C",
	author TEXT COLLATE "C",
	agency TEXT COLLATE "C",
	url TEXT COLLATE "C",
	published TEXT COLLATE "C",
	came_from TEXT COLLATE "C" NOT NULL,
	notes TEXT COLLATE "C" NOT NULL,
	added_at TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_report_version PRIMARY KEY (id),
	CONSTRAINT uq_report_version_report_id_number UNIQUE (report_id, number),
	CONSTRAINT fk_report_version_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
-- next
CREATE INDEX ix_report_version_text_sha256 ON report_version (text_sha256)
-- next
CREATE TABLE actor_name (
	name_words TEXT COLLATE "C" NOT NULL,
	actor_id BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_actor_name PRIMARY KEY (name_words, actor_id),
	CONSTRAINT fk_actor_name_actor_id FOREIGN KEY(actor_id) REFERENCES canonical_actor (id)
)
-- next
CREATE INDEX ix_actor_name_actor_id ON actor_name (actor_id)
-- next
CREATE TABLE issue_name (
	name_words TEXT COLLATE "C" NOT NULL,
	issue_id BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_issue_name PRIMARY KEY (name_words, issue_id),
	CONSTRAINT fk_issue_name_issue_id FOREIGN KEY(issue_id) REFERENCES canonical_issue (id)
)
-- next
CREATE INDEX ix_issue_name_issue_id ON issue_name (issue_id)
-- next
CREATE TABLE office_holding (
	id BIGSERIAL NOT NULL,
	actor_id BIGINT NOT NULL,
	office TEXT COLLATE "C" NOT NULL,
	country TEXT COLLATE "C",
	held_from TEXT COLLATE "C",
	held_until TEXT COLLATE "C",
	report_id BIGINT,
	span TEXT COLLATE "C",
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
	kind TEXT COLLATE "C" NOT NULL,
	row_id BIGINT NOT NULL,
	judgement_seq BIGINT NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (kind, row_id, judgement_seq),
	CONSTRAINT fk_attachment_judgement_seq FOREIGN KEY(judgement_seq) REFERENCES judgement (seq)
)
-- next
CREATE INDEX ix_attachment_judgement_seq ON attachment (judgement_seq)
-- next
CREATE TABLE reading (
	id BIGSERIAL NOT NULL,
	version_id BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	reader TEXT COLLATE "C" NOT NULL,
	notes TEXT COLLATE "C" NOT NULL,
	read_at TEXT COLLATE "C" NOT NULL,
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
	id BIGSERIAL NOT NULL,
	reading_id BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position INTEGER NOT NULL,
	local_id TEXT COLLATE "C" NOT NULL,
	canonical_id BIGINT NOT NULL,
	resolved_id BIGINT,
	name TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	country TEXT COLLATE "C",
	role TEXT COLLATE "C",
	mentions TEXT COLLATE "C" NOT NULL,
	principal TEXT COLLATE "C",
	members TEXT COLLATE "C" NOT NULL,
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
	id BIGSERIAL NOT NULL,
	reading_id BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position INTEGER NOT NULL,
	local_id TEXT COLLATE "C" NOT NULL,
	canonical_id BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	aliases TEXT COLLATE "C" NOT NULL,
	claims TEXT COLLATE "C" NOT NULL,
	mentions TEXT COLLATE "C" NOT NULL,
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
	id BIGSERIAL NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	reading_id BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position INTEGER NOT NULL,
	published_at TEXT COLLATE "C" NOT NULL,
	said_on TEXT COLLATE "C" NOT NULL,
	when_said TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C",
	speaker TEXT COLLATE "C",
	speaker_id BIGINT,
	speaker_root BIGINT,
	country TEXT COLLATE "C",
	party_id BIGINT,
	party_root BIGINT,
	rank SMALLINT NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	manner TEXT COLLATE "C" NOT NULL,
	mode TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	cue TEXT COLLATE "C" NOT NULL,
	content TEXT COLLATE "C" NOT NULL,
	content_text TEXT COLLATE "C" NOT NULL,
	chain TEXT COLLATE "C" NOT NULL,
	addressee TEXT COLLATE "C" NOT NULL,
	parent TEXT COLLATE "C",
	responds_to TEXT COLLATE "C",
	about TEXT COLLATE "C" NOT NULL,
	conditions TEXT COLLATE "C" NOT NULL,
	confidence FLOAT NOT NULL,
	rule TEXT COLLATE "C" NOT NULL,
	same_as BIGINT,
	voices INTEGER NOT NULL,
	verdict TEXT COLLATE "C",
	current SMALLINT NOT NULL,
	CONSTRAINT pk_statement PRIMARY KEY (id),
	CONSTRAINT uq_statement_reading_id_key UNIQUE (reading_id, key),
	CONSTRAINT fk_statement_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_statement_act ON statement (act, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_confidence ON statement (confidence, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_country ON statement (country, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_country_act ON statement (country, act, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_key ON statement (key)
-- next
CREATE INDEX ix_statement_outlet ON statement (outlet, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_party ON statement (party_root, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_published ON statement (published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_report_id_position ON statement (report_id, position)
-- next
CREATE INDEX ix_statement_said ON statement (said_on, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_same_as ON statement (same_as)
-- next
CREATE INDEX ix_statement_speaker ON statement (speaker_root, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_speaker_act ON statement (speaker_root, act, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_verdict ON statement (verdict, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_statement_voices ON statement (voices, published_at, id) WHERE current = 1
-- next
CREATE TABLE condition (
	id BIGSERIAL NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	reading_id BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position INTEGER NOT NULL,
	statement TEXT COLLATE "C",
	statement_id BIGINT,
	published_at TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C",
	kind TEXT COLLATE "C" NOT NULL,
	holder TEXT COLLATE "C",
	holder_id BIGINT,
	holder_root BIGINT,
	country TEXT COLLATE "C",
	must_act TEXT COLLATE "C",
	must_act_id BIGINT,
	must_act_root BIGINT,
	antecedent TEXT COLLATE "C" NOT NULL,
	consequent TEXT COLLATE "C" NOT NULL,
	cue TEXT COLLATE "C" NOT NULL,
	antecedent_text TEXT COLLATE "C" NOT NULL,
	consequent_text TEXT COLLATE "C" NOT NULL,
	confidence FLOAT NOT NULL,
	verdict TEXT COLLATE "C",
	current SMALLINT NOT NULL,
	CONSTRAINT pk_condition PRIMARY KEY (id),
	CONSTRAINT uq_condition_reading_id_key UNIQUE (reading_id, key),
	CONSTRAINT fk_condition_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_condition_confidence ON condition (confidence, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_country ON condition (country, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_holder ON condition (holder_root, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_key ON condition (key)
-- next
CREATE INDEX ix_condition_kind ON condition (kind, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_must_act ON condition (must_act_root, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_outlet ON condition (outlet, published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_published ON condition (published_at, id) WHERE current = 1
-- next
CREATE INDEX ix_condition_report_id_position ON condition (report_id, position)
-- next
CREATE INDEX ix_condition_statement_id ON condition (statement_id)
-- next
CREATE INDEX ix_condition_verdict ON condition (verdict, published_at, id) WHERE current = 1
-- next
CREATE TABLE event (
	id BIGSERIAL NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	reading_id BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	position INTEGER NOT NULL,
	data TEXT COLLATE "C" NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_event PRIMARY KEY (id),
	CONSTRAINT uq_event_reading_id_key UNIQUE (reading_id, key),
	CONSTRAINT fk_event_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id) ON DELETE CASCADE
)
-- next
CREATE TABLE statement_issue (
	statement_id BIGINT NOT NULL,
	issue_id BIGINT NOT NULL,
	issue_root BIGINT NOT NULL,
	speaker_root BIGINT,
	country TEXT COLLATE "C",
	party_root BIGINT,
	stance TEXT COLLATE "C",
	rank SMALLINT NOT NULL,
	said_on TEXT COLLATE "C" NOT NULL,
	published_at TEXT COLLATE "C" NOT NULL,
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
	statement_id BIGINT NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	actor_id BIGINT NOT NULL,
	actor_root BIGINT NOT NULL,
	published_at TEXT COLLATE "C" NOT NULL,
	current SMALLINT NOT NULL,
	CONSTRAINT pk_statement_party PRIMARY KEY (statement_id, role, position),
	CONSTRAINT fk_statement_party_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE CASCADE
)
-- next
CREATE INDEX ix_statement_party_actor_id ON statement_party (actor_id)
-- next
CREATE INDEX ix_statement_party_root ON statement_party (actor_root, role, published_at, statement_id) WHERE current = 1
-- next
CREATE TABLE statement_words (id bigint PRIMARY KEY REFERENCES statement (id) ON DELETE CASCADE, words tsvector NOT NULL)
-- next
CREATE INDEX ix_statement_words ON statement_words USING gin (words)
-- next
CREATE TABLE condition_words (id bigint PRIMARY KEY REFERENCES condition (id) ON DELETE CASCADE, words tsvector NOT NULL)
-- next
CREATE INDEX ix_condition_words ON condition_words USING gin (words)
-- next
CREATE TABLE report_words (id bigint PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE, words tsvector NOT NULL)
-- next
CREATE INDEX ix_report_words ON report_words USING gin (words)

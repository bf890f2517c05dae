CREATE TABLE amnesty (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	country VARCHAR NOT NULL,
	begins_on DATE NOT NULL,
	ends_on DATE,
	source VARCHAR NOT NULL,
	checked_on DATE NOT NULL,
	checked_by VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_amnesty PRIMARY KEY (id)
);

CREATE INDEX ix_amnesty_country ON amnesty (country);

CREATE UNIQUE INDEX ix_amnesty_uuid ON amnesty (uuid);

CREATE TABLE deadlinerule (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	corridor VARCHAR NOT NULL,
	purpose VARCHAR NOT NULL,
	event VARCHAR NOT NULL,
	number INTEGER,
	unit VARCHAR,
	rest_days VARCHAR NOT NULL,
	other VARCHAR,
	side VARCHAR NOT NULL,
	forum VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	source_url VARCHAR NOT NULL,
	legal_basis VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	checked_on DATE,
	checked_by VARCHAR NOT NULL,
	typed_on DATE NOT NULL,
	typed_by VARCHAR NOT NULL,
	CONSTRAINT pk_deadlinerule PRIMARY KEY (id),
	CONSTRAINT ck_deadlinerule_purpose CHECK (purpose IN ('claim', 'complain', 'report_recruiter', 'leave_or_extend', 'answer', 'appeal', 'other')),
	CONSTRAINT ck_deadlinerule_event CHECK (event IN ('end_of_work', 'wrong', 'return', 'permit_end', 'lodged', 'decision', 'paid', 'injury', 'other', 'not_stated')),
	CONSTRAINT ck_deadlinerule_unit CHECK (unit IN ('days', 'working_days', 'weeks', 'months', 'years')),
	CONSTRAINT ck_deadlinerule_side CHECK (side IN ('origin', 'destination', 'agreement', 'contract')),
	CONSTRAINT ck_deadlinerule_other CHECK (other IN ('stay'))
);

CREATE UNIQUE INDEX ix_deadlinerule_uuid ON deadlinerule (uuid);

CREATE TABLE destination (
	name VARCHAR NOT NULL,
	way VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	login VARCHAR DEFAULT '' NOT NULL,
	password VARCHAR DEFAULT '' NOT NULL,
	host_key VARCHAR DEFAULT '' NOT NULL,
	added_by VARCHAR DEFAULT '' NOT NULL,
	at VARCHAR NOT NULL,
	CONSTRAINT pk_destination PRIMARY KEY (name)
);

CREATE TABLE event (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	"on" DATE NOT NULL,
	type VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	district VARCHAR NOT NULL,
	topics VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	partner VARCHAR NOT NULL,
	minutes INTEGER,
	people INTEGER NOT NULL,
	attendance VARCHAR NOT NULL,
	materials VARCHAR NOT NULL,
	audience INTEGER,
	note VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_event PRIMARY KEY (id),
	CONSTRAINT ck_event_type CHECK (type IN ('school', 'tvet', 'community', 'job_fair', 'broadcast', 'union', 'orientation', 'other'))
);

CREATE INDEX ix_event_on ON event ("on");

CREATE UNIQUE INDEX ix_event_uuid ON event (uuid);

CREATE TABLE grievance (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	number VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	categories VARCHAR NOT NULL,
	step VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	danger VARCHAR NOT NULL,
	in_the_room VARCHAR NOT NULL,
	safe_to_talk VARCHAR NOT NULL,
	danger_asked_on DATE,
	danger_asked_by VARCHAR,
	lodged_on DATE NOT NULL,
	lodged_through VARCHAR NOT NULL,
	lodger VARCHAR NOT NULL,
	lodger_is VARCHAR NOT NULL,
	asylum VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	taken_by VARCHAR NOT NULL,
	CONSTRAINT pk_grievance PRIMARY KEY (id),
	CONSTRAINT ck_grievance_danger CHECK (danger IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_grievance_safe_to_talk CHECK (safe_to_talk IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_grievance_step CHECK (step IN ('not_stated', 'origin', 'transit', 'destination', 'return')),
	CONSTRAINT ck_grievance_lodged_through CHECK (lodged_through IN ('herself', 'relative', 'representative')),
	CONSTRAINT ck_grievance_asylum CHECK (asylum IN ('not_asked', 'no', 'yes'))
);

CREATE INDEX ix_grievance_lodged_on ON grievance (lodged_on);

CREATE INDEX ix_grievance_number ON grievance (number);

CREATE UNIQUE INDEX ix_grievance_uuid ON grievance (uuid);

CREATE TABLE importbatch (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	file VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	header VARCHAR NOT NULL,
	mapping VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	rows INTEGER NOT NULL,
	ok INTEGER NOT NULL,
	same INTEGER NOT NULL,
	rejected INTEGER NOT NULL,
	warnings INTEGER NOT NULL,
	undone_on DATE,
	undone_by VARCHAR,
	kept INTEGER NOT NULL,
	CONSTRAINT pk_importbatch PRIMARY KEY (id)
);

CREATE INDEX ix_importbatch_header ON importbatch (header);

CREATE UNIQUE INDEX ix_importbatch_uuid ON importbatch (uuid);

CREATE TABLE linkagekey (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	recipient VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	"key" VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_linkagekey PRIMARY KEY (id)
);

CREATE INDEX ix_linkagekey_recipient ON linkagekey (recipient);

CREATE UNIQUE INDEX ix_linkagekey_uuid ON linkagekey (uuid);

CREATE TABLE ministryagreement (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	recipient VARCHAR NOT NULL,
	reference VARCHAR NOT NULL,
	signed_on DATE NOT NULL,
	ends_on DATE,
	tiers VARCHAR NOT NULL,
	columns VARCHAR NOT NULL,
	centre_code VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_ministryagreement PRIMARY KEY (id)
);

CREATE INDEX ix_ministryagreement_recipient ON ministryagreement (recipient);

CREATE UNIQUE INDEX ix_ministryagreement_uuid ON ministryagreement (uuid);

CREATE TABLE ministryexport (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	recipient VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	tier VARCHAR NOT NULL,
	period VARCHAR NOT NULL,
	start DATE NOT NULL,
	"end" DATE NOT NULL,
	seq INTEGER NOT NULL,
	replaces VARCHAR NOT NULL,
	digest VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	made_on DATE NOT NULL,
	made_by VARCHAR NOT NULL,
	counts JSON NOT NULL,
	withheld JSON NOT NULL,
	acknowledged_on DATE,
	accepted BOOLEAN,
	told VARCHAR NOT NULL,
	CONSTRAINT pk_ministryexport PRIMARY KEY (id),
	CONSTRAINT ck_ministryexport_tier CHECK (tier IN ('MIN', 'CASE', 'LINK'))
);

CREATE INDEX ix_ministryexport_recipient ON ministryexport (recipient);

CREATE UNIQUE INDEX ix_ministryexport_uuid ON ministryexport (uuid);

CREATE TABLE outbox (
	id VARCHAR NOT NULL,
	destination VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	queued_by VARCHAR DEFAULT '' NOT NULL,
	at VARCHAR NOT NULL,
	tries INTEGER DEFAULT '0' NOT NULL,
	trouble VARCHAR DEFAULT '' NOT NULL,
	sent_at VARCHAR DEFAULT '' NOT NULL,
	verified INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (id)
);

CREATE TABLE override (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	corridor VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	base VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	source_url VARCHAR NOT NULL,
	as_of VARCHAR NOT NULL,
	because VARCHAR NOT NULL,
	written_on DATE NOT NULL,
	written_by VARCHAR NOT NULL,
	gone_back BOOLEAN NOT NULL,
	CONSTRAINT pk_override PRIMARY KEY (id)
);

CREATE INDEX ix_override_corridor ON override (corridor);

CREATE UNIQUE INDEX ix_override_uuid ON override (uuid);

CREATE TABLE paperform (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	number VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	printed_on DATE NOT NULL,
	printed_by VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	state_on DATE,
	state_by VARCHAR,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_paperform PRIMARY KEY (id),
	CONSTRAINT ck_paperform_kind CHECK (kind IN ('registration', 'counselling', 'grievance', 'event', 'sign_in', 'village')),
	CONSTRAINT ck_paperform_state CHECK (state IN ('out', 'entered', 'spoiled', 'lost'))
);

CREATE INDEX ix_paperform_number ON paperform (number);

CREATE UNIQUE INDEX ix_paperform_uuid ON paperform (uuid);

CREATE TABLE parcel (
	id VARCHAR NOT NULL,
	direction VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	node VARCHAR NOT NULL,
	no INTEGER NOT NULL,
	sha256 VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	told TEXT DEFAULT '{}' NOT NULL,
	CONSTRAINT pk_parcel PRIMARY KEY (id, direction)
);

CREATE INDEX ix_parcel_peer ON parcel (peer, direction, no);

CREATE TABLE partner (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	recipient VARCHAR NOT NULL,
	compared BOOLEAN NOT NULL,
	trusted_by VARCHAR NOT NULL,
	trusted_on DATE,
	revoked BOOLEAN NOT NULL,
	revoked_by VARCHAR NOT NULL,
	revoked_on DATE,
	officers JSON NOT NULL,
	CONSTRAINT pk_partner PRIMARY KEY (id),
	CONSTRAINT ck_partner_kind CHECK (kind IN ('desk', 'centre', 'ministry', 'headquarters'))
);

CREATE INDEX ix_partner_recipient ON partner (recipient);

CREATE UNIQUE INDEX ix_partner_uuid ON partner (uuid);

CREATE TABLE peer (
	recipient VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	told TEXT DEFAULT '{}' NOT NULL,
	CONSTRAINT pk_peer PRIMARY KEY (recipient)
);

CREATE TABLE provider (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	speaks_for VARCHAR NOT NULL,
	services VARCHAR NOT NULL,
	hours VARCHAR NOT NULL,
	languages VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	confirmed_on DATE,
	confirmed_by VARCHAR,
	recheck_on DATE,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_provider PRIMARY KEY (id),
	CONSTRAINT ck_provider_kind CHECK (kind IN ('labour_office', 'attache', 'embassy', 'police', 'prosecutor', 'shelter', 'health', 'legal_aid', 'union_home', 'union_abroad', 'ngo', 'agency_un', 'social_welfare', 'child_protection', 'training', 'microfinance', 'social_security', 'other'))
);

CREATE INDEX ix_provider_country ON provider (country);

CREATE UNIQUE INDEX ix_provider_uuid ON provider (uuid);

CREATE TABLE rate (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	one VARCHAR NOT NULL,
	other VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	read_on DATE NOT NULL,
	source VARCHAR NOT NULL,
	typed_by VARCHAR NOT NULL,
	CONSTRAINT pk_rate PRIMARY KEY (id)
);

CREATE INDEX ix_rate_one ON rate (one);

CREATE INDEX ix_rate_other ON rate (other);

CREATE UNIQUE INDEX ix_rate_uuid ON rate (uuid);

CREATE TABLE recruiter (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	licence_number VARCHAR NOT NULL,
	licence_valid_to DATE,
	checked_on DATE,
	checked_by VARCHAR,
	source VARCHAR NOT NULL,
	branches VARCHAR NOT NULL,
	aliases VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	works_for VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_recruiter PRIMARY KEY (id),
	CONSTRAINT ck_recruiter_kind CHECK (kind IN ('agency', 'sub_agent', 'employer'))
);

CREATE INDEX ix_recruiter_country ON recruiter (country);

CREATE UNIQUE INDEX ix_recruiter_uuid ON recruiter (uuid);

CREATE INDEX ix_recruiter_works_for ON recruiter (works_for);

CREATE TABLE referencepack (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	publisher VARCHAR NOT NULL,
	publisher_name VARCHAR NOT NULL,
	series VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	digest VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	decided_on VARCHAR NOT NULL,
	decided_by VARCHAR NOT NULL,
	because VARCHAR NOT NULL,
	place INTEGER NOT NULL,
	CONSTRAINT pk_referencepack PRIMARY KEY (id),
	CONSTRAINT ck_referencepack_state CHECK (state IN ('received', 'accepted', 'rejected', 'reverted'))
);

CREATE INDEX ix_referencepack_publisher ON referencepack (publisher);

CREATE UNIQUE INDEX ix_referencepack_uuid ON referencepack (uuid);

CREATE TABLE report (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	period VARCHAR NOT NULL,
	start DATE NOT NULL,
	"end" DATE NOT NULL,
	tier VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	document VARCHAR NOT NULL,
	made_on DATE NOT NULL,
	made_by VARCHAR NOT NULL,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT ck_report_tier CHECK (tier IN ('internal', 'ministry', 'public'))
);

CREATE INDEX ix_report_start ON report (start);

CREATE UNIQUE INDEX ix_report_uuid ON report (uuid);

CREATE TABLE survey (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	code VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	document VARCHAR NOT NULL,
	loaded_on DATE NOT NULL,
	loaded_by VARCHAR NOT NULL,
	CONSTRAINT pk_survey PRIMARY KEY (id)
);

CREATE INDEX ix_survey_code ON survey (code);

CREATE UNIQUE INDEX ix_survey_uuid ON survey (uuid);

CREATE TABLE target (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	indicator VARCHAR NOT NULL,
	period VARCHAR NOT NULL,
	start DATE NOT NULL,
	"end" DATE NOT NULL,
	centre VARCHAR NOT NULL,
	sex VARCHAR,
	event VARCHAR,
	number INTEGER NOT NULL,
	set_by VARCHAR NOT NULL,
	set_on DATE NOT NULL,
	CONSTRAINT pk_target PRIMARY KEY (id),
	CONSTRAINT ck_target_sex CHECK (sex IN ('female', 'male', 'other', 'not_stated')),
	CONSTRAINT ck_target_event CHECK (event IN ('school', 'tvet', 'community', 'job_fair', 'broadcast', 'union', 'orientation', 'other'))
);

CREATE INDEX ix_target_start ON target (start);

CREATE UNIQUE INDEX ix_target_uuid ON target (uuid);

CREATE TABLE assessment (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	instrument VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	wave VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	answers VARCHAR NOT NULL,
	scores VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_assessment PRIMARY KEY (id),
	CONSTRAINT ck_assessment_wave CHECK (wave IN ('baseline', 'month_6', 'month_12', 'other')),
	CONSTRAINT fk_assessment_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_assessment_client ON assessment (client);

CREATE INDEX ix_assessment_on ON assessment ("on");

CREATE UNIQUE INDEX ix_assessment_uuid ON assessment (uuid);

CREATE TABLE casecost (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	until DATE,
	paid_by VARCHAR NOT NULL,
	receipt VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	kept_by VARCHAR NOT NULL,
	CONSTRAINT pk_casecost PRIMARY KEY (id),
	CONSTRAINT ck_casecost_kind CHECK (kind IN ('extension', 'travel', 'lawyer', 'court', 'translation', 'medical', 'papers', 'lodging', 'other')),
	CONSTRAINT ck_casecost_paid_by CHECK (paid_by IN ('not_stated', 'herself', 'office', 'union', 'partner', 'employer', 'agency', 'state', 'family')),
	CONSTRAINT fk_casecost_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_casecost_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_casecost_client ON casecost (client);

CREATE INDEX ix_casecost_grievance ON casecost (grievance);

CREATE UNIQUE INDEX ix_casecost_uuid ON casecost (uuid);

CREATE TABLE casemark (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	grievance VARCHAR NOT NULL,
	checklist VARCHAR NOT NULL,
	item VARCHAR NOT NULL,
	mark VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_casemark PRIMARY KEY (id),
	CONSTRAINT ck_casemark_mark CHECK (mark IN ('open', 'waiting', 'done', 'not_needed')),
	CONSTRAINT fk_casemark_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_casemark_grievance ON casemark (grievance);

CREATE UNIQUE INDEX ix_casemark_uuid ON casemark (uuid);

CREATE TABLE claim (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	head VARCHAR NOT NULL,
	currency VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	CONSTRAINT pk_claim PRIMARY KEY (id),
	CONSTRAINT ck_claim_head CHECK (head IN ('wage', 'notice', 'fee_refund', 'injury', 'ticket', 'benefit', 'food_travel', 'rest_days', 'overtime', 'deduction', 'belongings', 'other')),
	CONSTRAINT fk_claim_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_claim_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_claim_client ON claim (client);

CREATE INDEX ix_claim_grievance ON claim (grievance);

CREATE UNIQUE INDEX ix_claim_uuid ON claim (uuid);

CREATE TABLE deadline (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR,
	grievance VARCHAR,
	rule VARCHAR NOT NULL,
	corridor VARCHAR NOT NULL,
	purpose VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	event VARCHAR NOT NULL,
	number INTEGER,
	unit VARCHAR,
	rest_days VARCHAR NOT NULL,
	other VARCHAR,
	started_on DATE,
	other_on DATE,
	due DATE,
	side VARCHAR NOT NULL,
	forum VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	source_url VARCHAR NOT NULL,
	legal_basis VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	confidence VARCHAR NOT NULL,
	as_of VARCHAR NOT NULL,
	read_on DATE,
	checked_on DATE,
	checked_by VARCHAR NOT NULL,
	typed_by VARCHAR NOT NULL,
	kept_on DATE NOT NULL,
	kept_by VARCHAR NOT NULL,
	done_on DATE,
	done_by VARCHAR,
	done_note VARCHAR NOT NULL,
	dropped_on DATE,
	dropped_by VARCHAR,
	dropped_because VARCHAR NOT NULL,
	CONSTRAINT pk_deadline PRIMARY KEY (id),
	CONSTRAINT ck_deadline_purpose CHECK (purpose IN ('claim', 'complain', 'report_recruiter', 'leave_or_extend', 'answer', 'appeal', 'other')),
	CONSTRAINT ck_deadline_event CHECK (event IN ('end_of_work', 'wrong', 'return', 'permit_end', 'lodged', 'decision', 'paid', 'injury', 'other', 'not_stated')),
	CONSTRAINT ck_deadline_unit CHECK (unit IN ('days', 'working_days', 'weeks', 'months', 'years')),
	CONSTRAINT ck_deadline_side CHECK (side IN ('origin', 'destination', 'agreement', 'contract')),
	CONSTRAINT ck_deadline_other CHECK (other IN ('stay')),
	CONSTRAINT fk_deadline_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_deadline_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_deadline_client ON deadline (client);

CREATE INDEX ix_deadline_due ON deadline (due);

CREATE INDEX ix_deadline_grievance ON deadline (grievance);

CREATE UNIQUE INDEX ix_deadline_uuid ON deadline (uuid);

CREATE TABLE enterprise (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	sector VARCHAR NOT NULL,
	members INTEGER,
	registered VARCHAR NOT NULL,
	registered_on DATE,
	started_on DATE,
	value_minor INTEGER,
	value_currency VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_enterprise PRIMARY KEY (id),
	CONSTRAINT ck_enterprise_kind CHECK (kind IN ('own', 'group', 'cooperative')),
	CONSTRAINT ck_enterprise_registered CHECK (registered IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_enterprise_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_enterprise_client ON enterprise (client);

CREATE UNIQUE INDEX ix_enterprise_uuid ON enterprise (uuid);

CREATE TABLE exporttoken (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	recipient VARCHAR NOT NULL,
	"of" VARCHAR NOT NULL,
	token VARCHAR NOT NULL,
	CONSTRAINT pk_exporttoken PRIMARY KEY (id),
	CONSTRAINT fk_exporttoken_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_exporttoken_client ON exporttoken (client);

CREATE INDEX ix_exporttoken_of ON exporttoken ("of");

CREATE INDEX ix_exporttoken_recipient ON exporttoken (recipient);

CREATE UNIQUE INDEX ix_exporttoken_uuid ON exporttoken (uuid);

CREATE TABLE grievanceevent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	grievance VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	n INTEGER NOT NULL,
	"by" VARCHAR NOT NULL,
	because VARCHAR,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_grievanceevent PRIMARY KEY (id),
	CONSTRAINT ck_grievanceevent_state CHECK (state IN ('intake', 'assessed', 'advice', 'negotiation', 'referred', 'filed', 'mediation', 'settled', 'failed', 'adjudication', 'awarded', 'paid_part', 'paid', 'unpaid', 'closed', 'withdrawn', 'lapsed', 'rejected', 'transferred', 'reopened')),
	CONSTRAINT ck_grievanceevent_because CHECK (because IN ('fear', 'returned_home', 'lost_contact', 'paid_privately', 'other')),
	CONSTRAINT fk_grievanceevent_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_grievanceevent_grievance ON grievanceevent (grievance);

CREATE UNIQUE INDEX ix_grievanceevent_uuid ON grievanceevent (uuid);

CREATE TABLE handover (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	handover VARCHAR NOT NULL,
	revision INTEGER NOT NULL,
	partner_name VARCHAR NOT NULL,
	recipient VARCHAR NOT NULL,
	parts VARCHAR NOT NULL,
	moves BOOLEAN NOT NULL,
	seen INTEGER NOT NULL,
	parcel VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	sent_on DATE NOT NULL,
	sent_by VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	answered_on DATE,
	because VARCHAR NOT NULL,
	base VARCHAR NOT NULL,
	CONSTRAINT pk_handover PRIMARY KEY (id),
	CONSTRAINT ck_handover_state CHECK (state IN ('sent', 'accepted', 'rejected', 'stopped')),
	CONSTRAINT fk_handover_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_handover_client ON handover (client);

CREATE INDEX ix_handover_handover ON handover (handover);

CREATE INDEX ix_handover_recipient ON handover (recipient);

CREATE UNIQUE INDEX ix_handover_uuid ON handover (uuid);

CREATE TABLE hearing (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	grievance VARCHAR NOT NULL,
	forum VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	at VARCHAR NOT NULL,
	held VARCHAR NOT NULL,
	result VARCHAR NOT NULL,
	planned_by VARCHAR NOT NULL,
	noted_on DATE,
	noted_by VARCHAR,
	CONSTRAINT pk_hearing PRIMARY KEY (id),
	CONSTRAINT ck_hearing_held CHECK (held IN ('planned', 'held', 'adjourned', 'we_absent', 'they_absent')),
	CONSTRAINT fk_hearing_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_hearing_grievance ON hearing (grievance);

CREATE INDEX ix_hearing_on ON hearing ("on");

CREATE UNIQUE INDEX ix_hearing_uuid ON hearing (uuid);

CREATE TABLE importedevent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	event VARCHAR NOT NULL,
	batch VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	content VARCHAR NOT NULL,
	"row" INTEGER NOT NULL,
	CONSTRAINT pk_importedevent PRIMARY KEY (id),
	CONSTRAINT fk_importedevent_event FOREIGN KEY(event) REFERENCES event (uuid),
	CONSTRAINT fk_importedevent_batch FOREIGN KEY(batch) REFERENCES importbatch (uuid)
);

CREATE INDEX ix_importedevent_batch ON importedevent (batch);

CREATE INDEX ix_importedevent_event ON importedevent (event);

CREATE INDEX ix_importedevent_key ON importedevent ("key");

CREATE UNIQUE INDEX ix_importedevent_uuid ON importedevent (uuid);

CREATE TABLE importedrow (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	batch VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	content VARCHAR NOT NULL,
	sheet VARCHAR NOT NULL,
	"row" INTEGER NOT NULL,
	new BOOLEAN NOT NULL,
	person VARCHAR NOT NULL,
	records INTEGER NOT NULL,
	wrote VARCHAR NOT NULL,
	CONSTRAINT pk_importedrow PRIMARY KEY (id),
	CONSTRAINT fk_importedrow_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_importedrow_batch FOREIGN KEY(batch) REFERENCES importbatch (uuid)
);

CREATE INDEX ix_importedrow_batch ON importedrow (batch);

CREATE INDEX ix_importedrow_client ON importedrow (client);

CREATE INDEX ix_importedrow_key ON importedrow ("key");

CREATE INDEX ix_importedrow_person ON importedrow (person);

CREATE UNIQUE INDEX ix_importedrow_uuid ON importedrow (uuid);

CREATE TABLE injury (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	happened_on DATE,
	what VARCHAR NOT NULL,
	reported VARCHAR NOT NULL,
	reported_on DATE,
	reported_to VARCHAR NOT NULL,
	insurer VARCHAR NOT NULL,
	policy VARCHAR NOT NULL,
	paper VARCHAR NOT NULL,
	paper_on DATE,
	claim_by DATE,
	clock_source VARCHAR NOT NULL,
	clock_checked_on DATE,
	kept_on DATE NOT NULL,
	kept_by VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_injury PRIMARY KEY (id),
	CONSTRAINT ck_injury_reported CHECK (reported IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_injury_paper CHECK (paper IN ('original', 'photo', 'none')),
	CONSTRAINT fk_injury_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_injury_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_injury_client ON injury (client);

CREATE INDEX ix_injury_grievance ON injury (grievance);

CREATE UNIQUE INDEX ix_injury_uuid ON injury (uuid);

CREATE TABLE instalment (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	due_on DATE NOT NULL,
	minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	kept_on DATE NOT NULL,
	kept_by VARCHAR NOT NULL,
	CONSTRAINT pk_instalment PRIMARY KEY (id),
	CONSTRAINT fk_instalment_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_instalment_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_instalment_client ON instalment (client);

CREATE INDEX ix_instalment_due_on ON instalment (due_on);

CREATE INDEX ix_instalment_grievance ON instalment (grievance);

CREATE UNIQUE INDEX ix_instalment_uuid ON instalment (uuid);

CREATE TABLE joborder (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	recruiter VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	employer VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	isco VARCHAR NOT NULL,
	sector VARCHAR,
	places INTEGER,
	wage_minor INTEGER,
	wage_currency VARCHAR NOT NULL,
	wage_per VARCHAR,
	languages VARCHAR NOT NULL,
	closes_on DATE,
	verified_on DATE,
	verified_by VARCHAR,
	source VARCHAR NOT NULL,
	filled_on DATE,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_joborder PRIMARY KEY (id),
	CONSTRAINT ck_joborder_sector CHECK (sector IN ('domestic', 'construction', 'agriculture', 'seasonal', 'fishing', 'forestry', 'plantation', 'manufacturing', 'hospitality', 'care', 'residential_support', 'transport', 'security_outdoor', 'other')),
	CONSTRAINT ck_joborder_wage_per CHECK (wage_per IN ('hour', 'day', 'week', 'month', 'piece', 'trip')),
	CONSTRAINT fk_joborder_recruiter FOREIGN KEY(recruiter) REFERENCES recruiter (uuid)
);

CREATE INDEX ix_joborder_closes_on ON joborder (closes_on);

CREATE INDEX ix_joborder_country ON joborder (country);

CREATE INDEX ix_joborder_isco ON joborder (isco);

CREATE INDEX ix_joborder_recruiter ON joborder (recruiter);

CREATE UNIQUE INDEX ix_joborder_uuid ON joborder (uuid);

CREATE TABLE leftpart (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	parcel VARCHAR NOT NULL,
	part VARCHAR NOT NULL,
	partner_name VARCHAR NOT NULL,
	recipient VARCHAR NOT NULL,
	revision INTEGER NOT NULL,
	at VARCHAR NOT NULL,
	sent_by VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	CONSTRAINT pk_leftpart PRIMARY KEY (id),
	CONSTRAINT fk_leftpart_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_leftpart_client ON leftpart (client);

CREATE INDEX ix_leftpart_parcel ON leftpart (parcel);

CREATE UNIQUE INDEX ix_leftpart_uuid ON leftpart (uuid);

CREATE TABLE letter (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR,
	kind VARCHAR NOT NULL,
	to_party VARCHAR NOT NULL,
	to_kind VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	copy_language VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	still_under_control VARCHAR NOT NULL,
	has_passport VARCHAR NOT NULL,
	family_safe VARCHAR NOT NULL,
	choice VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	CONSTRAINT pk_letter PRIMARY KEY (id),
	CONSTRAINT ck_letter_kind CHECK (kind IN ('agency', 'complaint', 'claim', 'referral', 'complaint-sheet')),
	CONSTRAINT ck_letter_to_kind CHECK (to_kind IN ('agency', 'employer', 'authority', 'origin_embassy', 'service', 'other')),
	CONSTRAINT ck_letter_still_under_control CHECK (still_under_control IN ('not_asked', 'yes', 'no', 'not_known')),
	CONSTRAINT ck_letter_has_passport CHECK (has_passport IN ('not_asked', 'yes', 'no', 'not_known')),
	CONSTRAINT ck_letter_family_safe CHECK (family_safe IN ('not_asked', 'yes', 'no', 'not_known')),
	CONSTRAINT ck_letter_choice CHECK (choice IN ('goes', 'waits', 'stopped')),
	CONSTRAINT fk_letter_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_letter_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_letter_client ON letter (client);

CREATE INDEX ix_letter_grievance ON letter (grievance);

CREATE INDEX ix_letter_on ON letter ("on");

CREATE UNIQUE INDEX ix_letter_uuid ON letter (uuid);

CREATE TABLE origin (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR,
	centre VARCHAR NOT NULL,
	record VARCHAR NOT NULL,
	local VARCHAR NOT NULL,
	of_kind VARCHAR NOT NULL,
	CONSTRAINT pk_origin PRIMARY KEY (id),
	CONSTRAINT fk_origin_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_origin_centre ON origin (centre);

CREATE INDEX ix_origin_client ON origin (client);

CREATE INDEX ix_origin_local ON origin (local);

CREATE INDEX ix_origin_record ON origin (record);

CREATE UNIQUE INDEX ix_origin_uuid ON origin (uuid);

CREATE TABLE "plan" (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	homecoming VARCHAR,
	contact_on DATE,
	made_on DATE NOT NULL,
	made_by VARCHAR NOT NULL,
	agreed VARCHAR NOT NULL,
	closed_on DATE,
	closure VARCHAR,
	closure_note VARCHAR NOT NULL,
	closed_by VARCHAR,
	CONSTRAINT pk_plan PRIMARY KEY (id),
	CONSTRAINT ck_plan_agreed CHECK (agreed IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_plan_closure CHECK (closure IN ('period_over', 'criteria', 'choice', 'left_area', 'migrated_again', 'death', 'barriers', 'threat', 'funding', 'security')),
	CONSTRAINT fk_plan_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_plan_client ON "plan" (client);

CREATE INDEX ix_plan_closed_on ON "plan" (closed_on);

CREATE INDEX ix_plan_made_on ON "plan" (made_on);

CREATE UNIQUE INDEX ix_plan_uuid ON "plan" (uuid);

CREATE TABLE received (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR,
	handover VARCHAR NOT NULL,
	revision INTEGER NOT NULL,
	recipient VARCHAR NOT NULL,
	parcel VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	body VARCHAR NOT NULL,
	CONSTRAINT pk_received PRIMARY KEY (id),
	CONSTRAINT fk_received_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_received_client ON received (client);

CREATE INDEX ix_received_handover ON received (handover);

CREATE UNIQUE INDEX ix_received_uuid ON received (uuid);

CREATE TABLE recognition (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	isco VARCHAR NOT NULL,
	occupation VARCHAR NOT NULL,
	assessor VARCHAR NOT NULL,
	asked_on DATE,
	result VARCHAR NOT NULL,
	level VARCHAR NOT NULL,
	assessed_on DATE,
	number_last4 VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_recognition PRIMARY KEY (id),
	CONSTRAINT ck_recognition_result CHECK (result IN ('pending', 'full', 'part', 'not_yet')),
	CONSTRAINT fk_recognition_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_recognition_client ON recognition (client);

CREATE UNIQUE INDEX ix_recognition_uuid ON recognition (uuid);

CREATE TABLE recruiterevent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR,
	recruiter VARCHAR NOT NULL,
	about VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	outcome VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_recruiterevent PRIMARY KEY (id),
	CONSTRAINT ck_recruiterevent_kind CHECK (kind IN ('complaint', 'settled', 'not_settled', 'sanction', 'other')),
	CONSTRAINT fk_recruiterevent_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_recruiterevent_recruiter FOREIGN KEY(recruiter) REFERENCES recruiter (uuid)
);

CREATE INDEX ix_recruiterevent_about ON recruiterevent (about);

CREATE INDEX ix_recruiterevent_client ON recruiterevent (client);

CREATE INDEX ix_recruiterevent_recruiter ON recruiterevent (recruiter);

CREATE UNIQUE INDEX ix_recruiterevent_uuid ON recruiterevent (uuid);

CREATE TABLE recruiterreview (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	recruiter VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	fees VARCHAR,
	contract VARCHAR,
	documents VARCHAR,
	conditions VARCHAR,
	help VARCHAR,
	paid VARCHAR,
	free VARCHAR,
	recommend VARCHAR,
	may_share VARCHAR NOT NULL,
	comment VARCHAR NOT NULL,
	CONSTRAINT pk_recruiterreview PRIMARY KEY (id),
	CONSTRAINT ck_recruiterreview_fees CHECK (fees IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_contract CHECK (contract IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_documents CHECK (documents IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_conditions CHECK (conditions IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_help CHECK (help IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_paid CHECK (paid IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_free CHECK (free IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_recommend CHECK (recommend IN ('1', '2', '3', '4', '5', 'na')),
	CONSTRAINT ck_recruiterreview_may_share CHECK (may_share IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_recruiterreview_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_recruiterreview_recruiter FOREIGN KEY(recruiter) REFERENCES recruiter (uuid)
);

CREATE INDEX ix_recruiterreview_client ON recruiterreview (client);

CREATE INDEX ix_recruiterreview_recruiter ON recruiterreview (recruiter);

CREATE UNIQUE INDEX ix_recruiterreview_uuid ON recruiterreview (uuid);

CREATE TABLE referenceitem (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	pack VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	applied JSON NOT NULL,
	CONSTRAINT pk_referenceitem PRIMARY KEY (id),
	CONSTRAINT ck_referenceitem_kind CHECK (kind IN ('corridor', 'providers', 'instrument', 'words')),
	CONSTRAINT fk_referenceitem_pack FOREIGN KEY(pack) REFERENCES referencepack (uuid)
);

CREATE INDEX ix_referenceitem_code ON referenceitem (code);

CREATE INDEX ix_referenceitem_pack ON referenceitem (pack);

CREATE UNIQUE INDEX ix_referenceitem_uuid ON referenceitem (uuid);

CREATE TABLE remedy (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	grievance VARCHAR NOT NULL,
	client VARCHAR,
	good VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_remedy PRIMARY KEY (id),
	CONSTRAINT ck_remedy_good CHECK (good IN ('papers_back', 'deployed', 'contract', 'release', 'repatriation', 'medical', 'shelter', 'apology', 'sanction', 'prosecution', 'recognised', 'other')),
	CONSTRAINT fk_remedy_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_remedy_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_remedy_client ON remedy (client);

CREATE INDEX ix_remedy_grievance ON remedy (grievance);

CREATE UNIQUE INDEX ix_remedy_uuid ON remedy (uuid);

CREATE TABLE reportbasis (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	report VARCHAR NOT NULL,
	document VARCHAR NOT NULL,
	CONSTRAINT pk_reportbasis PRIMARY KEY (id),
	CONSTRAINT fk_reportbasis_report FOREIGN KEY(report) REFERENCES report (uuid)
);

CREATE INDEX ix_reportbasis_report ON reportbasis (report);

CREATE UNIQUE INDEX ix_reportbasis_uuid ON reportbasis (uuid);

CREATE TABLE respondent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	grievance VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	against VARCHAR NOT NULL,
	recruiter VARCHAR,
	country VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_respondent PRIMARY KEY (id),
	CONSTRAINT ck_respondent_against CHECK (against IN ('employer', 'household', 'agency_home', 'agency_abroad', 'broker', 'lender', 'insurer', 'official', 'other')),
	CONSTRAINT fk_respondent_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_respondent_recruiter FOREIGN KEY(recruiter) REFERENCES recruiter (uuid)
);

CREATE INDEX ix_respondent_grievance ON respondent (grievance);

CREATE INDEX ix_respondent_recruiter ON respondent (recruiter);

CREATE UNIQUE INDEX ix_respondent_uuid ON respondent (uuid);

CREATE TABLE screening (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	interpreter VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_screening PRIMARY KEY (id),
	CONSTRAINT fk_screening_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_screening_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_screening_client ON screening (client);

CREATE INDEX ix_screening_grievance ON screening (grievance);

CREATE UNIQUE INDEX ix_screening_uuid ON screening (uuid);

CREATE TABLE sexconfirmed (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_sexconfirmed PRIMARY KEY (id),
	CONSTRAINT fk_sexconfirmed_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_sexconfirmed_client ON sexconfirmed (client);

CREATE UNIQUE INDEX ix_sexconfirmed_uuid ON sexconfirmed (uuid);

CREATE TABLE share (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	"to" VARCHAR NOT NULL,
	purpose VARCHAR NOT NULL,
	fields VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_share PRIMARY KEY (id),
	CONSTRAINT ck_share_purpose CHECK (purpose IN ('record', 'contact', 'referral', 'complaint', 'ministry', 'statistics', 'story', 'hand_over')),
	CONSTRAINT fk_share_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_share_client ON share (client);

CREATE UNIQUE INDEX ix_share_uuid ON share (uuid);

CREATE TABLE skill (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	isco VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	level VARCHAR NOT NULL,
	years INTEGER,
	learned_country VARCHAR NOT NULL,
	workplace VARCHAR NOT NULL,
	since DATE,
	until DATE,
	paper_seen VARCHAR NOT NULL,
	number_last4 VARCHAR NOT NULL,
	noted_on DATE,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_skill PRIMARY KEY (id),
	CONSTRAINT ck_skill_kind CHECK (kind IN ('occupation', 'language', 'certificate', 'driving', 'other')),
	CONSTRAINT ck_skill_level CHECK (level IN ('beginner', 'able', 'experienced', 'teaches', 'not_asked')),
	CONSTRAINT ck_skill_paper_seen CHECK (paper_seen IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_skill_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_skill_client ON skill (client);

CREATE UNIQUE INDEX ix_skill_uuid ON skill (uuid);

CREATE TABLE training (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	course VARCHAR NOT NULL,
	provider VARCHAR NOT NULL,
	hours INTEGER,
	since DATE,
	until DATE,
	state VARCHAR NOT NULL,
	certified_on DATE,
	number_last4 VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_training PRIMARY KEY (id),
	CONSTRAINT ck_training_kind CHECK (kind IN ('tvet', 'orientation', 'financial_literacy', 'entrepreneurship', 'language', 'life_skills', 'other')),
	CONSTRAINT ck_training_state CHECK (state IN ('planned', 'started', 'completed', 'left')),
	CONSTRAINT fk_training_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_training_client ON training (client);

CREATE INDEX ix_training_since ON training (since);

CREATE UNIQUE INDEX ix_training_uuid ON training (uuid);

CREATE TABLE unionmembership (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	"union" VARCHAR NOT NULL,
	provider VARCHAR,
	note VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_unionmembership PRIMARY KEY (id),
	CONSTRAINT fk_unionmembership_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_unionmembership_provider FOREIGN KEY(provider) REFERENCES provider (uuid)
);

CREATE INDEX ix_unionmembership_client ON unionmembership (client);

CREATE INDEX ix_unionmembership_provider ON unionmembership (provider);

CREATE UNIQUE INDEX ix_unionmembership_uuid ON unionmembership (uuid);

CREATE TABLE approvalitem (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR NOT NULL,
	checklist VARCHAR NOT NULL,
	item VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_approvalitem PRIMARY KEY (id),
	CONSTRAINT ck_approvalitem_state CHECK (state IN ('not_looked', 'seen', 'missing', 'not_needed')),
	CONSTRAINT fk_approvalitem_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_approvalitem_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_approvalitem_client ON approvalitem (client);

CREATE INDEX ix_approvalitem_journey ON approvalitem (journey);

CREATE UNIQUE INDEX ix_approvalitem_uuid ON approvalitem (uuid);

CREATE TABLE claimentry (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	claim VARCHAR NOT NULL,
	form VARCHAR NOT NULL,
	minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	lump VARCHAR NOT NULL,
	instalment VARCHAR NOT NULL,
	receipt VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_claimentry PRIMARY KEY (id),
	CONSTRAINT ck_claimentry_form CHECK (form IN ('claim', 'offer', 'award', 'settlement', 'payment')),
	CONSTRAINT fk_claimentry_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_claimentry_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_claimentry_claim FOREIGN KEY(claim) REFERENCES claim (uuid)
);

CREATE INDEX ix_claimentry_claim ON claimentry (claim);

CREATE INDEX ix_claimentry_client ON claimentry (client);

CREATE INDEX ix_claimentry_grievance ON claimentry (grievance);

CREATE UNIQUE INDEX ix_claimentry_uuid ON claimentry (uuid);

CREATE TABLE complainant (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	since DATE NOT NULL,
	consent VARCHAR,
	outcome VARCHAR NOT NULL,
	outcome_on DATE,
	outcome_because VARCHAR,
	outcome_note VARCHAR NOT NULL,
	outcome_by VARCHAR,
	CONSTRAINT pk_complainant PRIMARY KEY (id),
	CONSTRAINT ck_complainant_outcome CHECK (outcome IN ('open', 'settled', 'not_settled', 'awarded', 'rejected', 'withdrawn', 'transferred', 'advised')),
	CONSTRAINT ck_complainant_outcome_because CHECK (outcome_because IN ('fear', 'returned_home', 'lost_contact', 'paid_privately', 'other')),
	CONSTRAINT fk_complainant_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_complainant_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_complainant_consent FOREIGN KEY(consent) REFERENCES consent (uuid)
);

CREATE INDEX ix_complainant_client ON complainant (client);

CREATE INDEX ix_complainant_grievance ON complainant (grievance);

CREATE UNIQUE INDEX ix_complainant_uuid ON complainant (uuid);

CREATE TABLE contract (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR NOT NULL,
	stage VARCHAR NOT NULL,
	seen_on DATE NOT NULL,
	signed_on DATE,
	language VARCHAR NOT NULL,
	terms VARCHAR NOT NULL,
	clauses VARCHAR NOT NULL,
	attachment VARCHAR,
	note VARCHAR NOT NULL,
	added_by VARCHAR NOT NULL,
	CONSTRAINT pk_contract PRIMARY KEY (id),
	CONSTRAINT ck_contract_stage CHECK (stage IN ('advert', 'offer', 'seen', 'signed', 'lodged', 'signed_at_destination', 'on_the_ground')),
	CONSTRAINT fk_contract_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_contract_journey FOREIGN KEY(journey) REFERENCES journey (uuid),
	CONSTRAINT fk_contract_attachment FOREIGN KEY(attachment) REFERENCES attachment (uuid)
);

CREATE INDEX ix_contract_client ON contract (client);

CREATE INDEX ix_contract_journey ON contract (journey);

CREATE UNIQUE INDEX ix_contract_uuid ON contract (uuid);

CREATE TABLE cost (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR,
	code VARCHAR NOT NULL,
	amount_minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	paid_on DATE,
	paid_to VARCHAR NOT NULL,
	paid_how VARCHAR,
	place VARCHAR NOT NULL,
	receipt VARCHAR NOT NULL,
	refunded_minor INTEGER NOT NULL,
	refunded_on DATE,
	note VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_cost PRIMARY KEY (id),
	CONSTRAINT ck_cost_code CHECK (code IN ('FEE', 'MED', 'INS', 'TST', 'TRN', 'EQP', 'TRV', 'ADM', 'ILL')),
	CONSTRAINT ck_cost_receipt CHECK (receipt IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_cost_paid_how CHECK (paid_how IN ('savings', 'loan', 'deduction', 'in_kind', 'other')),
	CONSTRAINT fk_cost_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_cost_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_cost_client ON cost (client);

CREATE INDEX ix_cost_journey ON cost (journey);

CREATE UNIQUE INDEX ix_cost_uuid ON cost (uuid);

CREATE TABLE cover (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR,
	kind VARCHAR NOT NULL,
	scheme VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	number_last4 VARCHAR NOT NULL,
	since DATE,
	until DATE,
	months INTEGER,
	premium_minor INTEGER,
	premium_currency VARCHAR NOT NULL,
	next_premium_on DATE,
	beneficiaries VARCHAR NOT NULL,
	claim VARCHAR NOT NULL,
	claim_on DATE,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_cover PRIMARY KEY (id),
	CONSTRAINT ck_cover_kind CHECK (kind IN ('pension', 'health', 'micro_health', 'accident', 'welfare_fund', 'end_of_service', 'other')),
	CONSTRAINT ck_cover_claim CHECK (claim IN ('none', 'preparing', 'filed', 'refused', 'granted', 'paid', 'not_known')),
	CONSTRAINT fk_cover_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_cover_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_cover_client ON cover (client);

CREATE INDEX ix_cover_journey ON cover (journey);

CREATE INDEX ix_cover_next_premium_on ON cover (next_premium_on);

CREATE UNIQUE INDEX ix_cover_uuid ON cover (uuid);

CREATE TABLE evidence (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	grievance VARCHAR NOT NULL,
	client VARCHAR,
	what VARCHAR NOT NULL,
	seen VARCHAR NOT NULL,
	attachment VARCHAR,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_evidence PRIMARY KEY (id),
	CONSTRAINT ck_evidence_seen CHECK (seen IN ('original', 'photo', 'none')),
	CONSTRAINT fk_evidence_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_evidence_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_evidence_attachment FOREIGN KEY(attachment) REFERENCES attachment (uuid)
);

CREATE INDEX ix_evidence_client ON evidence (client);

CREATE INDEX ix_evidence_grievance ON evidence (grievance);

CREATE UNIQUE INDEX ix_evidence_uuid ON evidence (uuid);

CREATE TABLE followup (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	"plan" VARCHAR,
	kind VARCHAR NOT NULL,
	planned_on DATE NOT NULL,
	reached_on DATE,
	given_up_on DATE,
	working VARCHAR NOT NULL,
	work_isco VARCHAR NOT NULL,
	work_title VARCHAR NOT NULL,
	went_again VARCHAR NOT NULL,
	regular VARCHAR NOT NULL,
	as_contracted VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_followup PRIMARY KEY (id),
	CONSTRAINT ck_followup_kind CHECK (kind IN ('call_1', 'call_3', 'survey_6', 'survey_12', 'survey_later', 'other')),
	CONSTRAINT ck_followup_working CHECK (working IN ('employed', 'own_business', 'training', 'neither', 'not_asked')),
	CONSTRAINT ck_followup_went_again CHECK (went_again IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_followup_regular CHECK (regular IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_followup_as_contracted CHECK (as_contracted IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_followup_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_followup_plan FOREIGN KEY("plan") REFERENCES "plan" (uuid)
);

CREATE INDEX ix_followup_client ON followup (client);

CREATE INDEX ix_followup_plan ON followup ("plan");

CREATE INDEX ix_followup_planned_on ON followup (planned_on);

CREATE UNIQUE INDEX ix_followup_uuid ON followup (uuid);

CREATE TABLE income (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR,
	basis VARCHAR NOT NULL,
	amount_minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	month DATE,
	living_minor INTEGER,
	remittance_minor INTEGER,
	first_job_on DATE,
	note VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_income PRIMARY KEY (id),
	CONSTRAINT ck_income_basis CHECK (basis IN ('actual', 'contract')),
	CONSTRAINT fk_income_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_income_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_income_client ON income (client);

CREATE INDEX ix_income_journey ON income (journey);

CREATE UNIQUE INDEX ix_income_uuid ON income (uuid);

CREATE TABLE loan (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR,
	principal_minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	lender VARCHAR,
	lender_name VARCHAR NOT NULL,
	interest VARCHAR NOT NULL,
	collateral VARCHAR,
	taken_from_wage VARCHAR NOT NULL,
	may_leave VARCHAR NOT NULL,
	borrowed_on DATE,
	note VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_loan PRIMARY KEY (id),
	CONSTRAINT ck_loan_lender CHECK (lender IN ('bank', 'microfinance', 'savings_group', 'relative', 'friend', 'moneylender', 'employer', 'recruiter', 'agency', 'other')),
	CONSTRAINT ck_loan_collateral CHECK (collateral IN ('none', 'land', 'house', 'jewellery', 'livestock', 'vehicle', 'guarantor', 'documents', 'labour', 'other')),
	CONSTRAINT ck_loan_taken_from_wage CHECK (taken_from_wage IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_loan_may_leave CHECK (may_leave IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_loan_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_loan_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_loan_client ON loan (client);

CREATE INDEX ix_loan_journey ON loan (journey);

CREATE UNIQUE INDEX ix_loan_uuid ON loan (uuid);

CREATE TABLE planline (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	"plan" VARCHAR NOT NULL,
	dimension VARCHAR NOT NULL,
	question VARCHAR NOT NULL,
	need VARCHAR NOT NULL,
	action VARCHAR NOT NULL,
	provider VARCHAR NOT NULL,
	promise VARCHAR NOT NULL,
	cost_minor INTEGER,
	cost_currency VARCHAR NOT NULL,
	who_pays VARCHAR NOT NULL,
	due DATE,
	state VARCHAR NOT NULL,
	state_on DATE,
	result VARCHAR NOT NULL,
	CONSTRAINT pk_planline PRIMARY KEY (id),
	CONSTRAINT ck_planline_dimension CHECK (dimension IN ('economic', 'social', 'psychosocial', 'cultural', 'other')),
	CONSTRAINT ck_planline_promise CHECK (promise IN ('agreed', 'not_promised')),
	CONSTRAINT ck_planline_state CHECK (state IN ('open', 'started', 'done', 'dropped')),
	CONSTRAINT ck_planline_who_pays CHECK (who_pays IN ('centre', 'partner', 'state', 'employer', 'herself', 'family', 'nobody', 'not_known')),
	CONSTRAINT fk_planline_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_planline_plan FOREIGN KEY("plan") REFERENCES "plan" (uuid)
);

CREATE INDEX ix_planline_client ON planline (client);

CREATE INDEX ix_planline_due ON planline (due);

CREATE INDEX ix_planline_plan ON planline ("plan");

CREATE UNIQUE INDEX ix_planline_uuid ON planline (uuid);

CREATE TABLE recruiterlink (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	recruiter VARCHAR NOT NULL,
	journey VARCHAR,
	about VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_recruiterlink PRIMARY KEY (id),
	CONSTRAINT ck_recruiterlink_role CHECK (role IN ('agency', 'partner_agency', 'sub_agent', 'employer')),
	CONSTRAINT fk_recruiterlink_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_recruiterlink_recruiter FOREIGN KEY(recruiter) REFERENCES recruiter (uuid),
	CONSTRAINT fk_recruiterlink_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_recruiterlink_about ON recruiterlink (about);

CREATE INDEX ix_recruiterlink_client ON recruiterlink (client);

CREATE INDEX ix_recruiterlink_journey ON recruiterlink (journey);

CREATE INDEX ix_recruiterlink_recruiter ON recruiterlink (recruiter);

CREATE UNIQUE INDEX ix_recruiterlink_uuid ON recruiterlink (uuid);

CREATE TABLE referral (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	provider VARCHAR NOT NULL,
	grievance VARCHAR,
	service VARCHAR NOT NULL,
	purpose VARCHAR NOT NULL,
	parts VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	consent VARCHAR,
	without VARCHAR,
	without_reason VARCHAR NOT NULL,
	without_on DATE,
	without_by VARCHAR,
	made_on DATE NOT NULL,
	made_by VARCHAR NOT NULL,
	CONSTRAINT pk_referral PRIMARY KEY (id),
	CONSTRAINT ck_referral_without CHECK (without IN ('danger', 'child')),
	CONSTRAINT fk_referral_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_referral_provider FOREIGN KEY(provider) REFERENCES provider (uuid),
	CONSTRAINT fk_referral_consent FOREIGN KEY(consent) REFERENCES consent (uuid)
);

CREATE INDEX ix_referral_client ON referral (client);

CREATE INDEX ix_referral_grievance ON referral (grievance);

CREATE INDEX ix_referral_made_on ON referral (made_on);

CREATE INDEX ix_referral_provider ON referral (provider);

CREATE UNIQUE INDEX ix_referral_uuid ON referral (uuid);

CREATE TABLE return (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR,
	kind VARCHAR NOT NULL,
	returned_on DATE,
	from_country VARCHAR NOT NULL,
	paper VARCHAR NOT NULL,
	received_at VARCHAR NOT NULL,
	needs VARCHAR NOT NULL,
	debts_minor INTEGER,
	debts_currency VARCHAR NOT NULL,
	savings_minor INTEGER,
	savings_currency VARCHAR NOT NULL,
	skills_abroad VARCHAR NOT NULL,
	wish VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	noted_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_return PRIMARY KEY (id),
	CONSTRAINT ck_return_kind CHECK (kind IN ('voluntary', 'assisted', 'deported', 'evacuated', 'end_of_contract', 'leave', 'not_asked')),
	CONSTRAINT ck_return_paper CHECK (paper IN ('passport', 'emergency', 'none', 'not_asked')),
	CONSTRAINT ck_return_wish CHECK (wish IN ('stay', 'go_again', 'undecided', 'not_asked')),
	CONSTRAINT fk_return_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_return_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_return_client ON return (client);

CREATE INDEX ix_return_journey ON return (journey);

CREATE INDEX ix_return_returned_on ON return (returned_on);

CREATE UNIQUE INDEX ix_return_uuid ON return (uuid);

CREATE TABLE screeninganswer (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR,
	screening VARCHAR NOT NULL,
	indicator VARCHAR NOT NULL,
	answer VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	CONSTRAINT pk_screeninganswer PRIMARY KEY (id),
	CONSTRAINT ck_screeninganswer_indicator CHECK (indicator IN ('vulnerability', 'deception', 'movement', 'isolation', 'physical', 'threats', 'papers', 'wages', 'debt', 'conditions', 'overtime', 'c190')),
	CONSTRAINT ck_screeninganswer_answer CHECK (answer IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_screeninganswer_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_screeninganswer_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_screeninganswer_screening FOREIGN KEY(screening) REFERENCES screening (uuid)
);

CREATE INDEX ix_screeninganswer_client ON screeninganswer (client);

CREATE INDEX ix_screeninganswer_grievance ON screeninganswer (grievance);

CREATE INDEX ix_screeninganswer_screening ON screeninganswer (screening);

CREATE UNIQUE INDEX ix_screeninganswer_uuid ON screeninganswer (uuid);

CREATE TABLE unionevent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	membership VARCHAR NOT NULL,
	step VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	n INTEGER NOT NULL,
	paid_to DATE,
	note VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_unionevent PRIMARY KEY (id),
	CONSTRAINT ck_unionevent_step CHECK (step IN ('interest', 'asked', 'joined', 'dues', 'left')),
	CONSTRAINT fk_unionevent_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_unionevent_membership FOREIGN KEY(membership) REFERENCES unionmembership (uuid)
);

CREATE INDEX ix_unionevent_client ON unionevent (client);

CREATE INDEX ix_unionevent_membership ON unionevent (membership);

CREATE UNIQUE INDEX ix_unionevent_uuid ON unionevent (uuid);

CREATE TABLE wagemonth (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	grievance VARCHAR NOT NULL,
	claim VARCHAR NOT NULL,
	first DATE NOT NULL,
	last DATE NOT NULL,
	days INTEGER,
	due_minor INTEGER NOT NULL,
	paid_minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	CONSTRAINT pk_wagemonth PRIMARY KEY (id),
	CONSTRAINT fk_wagemonth_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_wagemonth_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid),
	CONSTRAINT fk_wagemonth_claim FOREIGN KEY(claim) REFERENCES claim (uuid)
);

CREATE INDEX ix_wagemonth_claim ON wagemonth (claim);

CREATE INDEX ix_wagemonth_client ON wagemonth (client);

CREATE INDEX ix_wagemonth_grievance ON wagemonth (grievance);

CREATE UNIQUE INDEX ix_wagemonth_uuid ON wagemonth (uuid);

CREATE TABLE attempt (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	follow_up VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	mode VARCHAR NOT NULL,
	reached BOOLEAN NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_attempt PRIMARY KEY (id),
	CONSTRAINT ck_attempt_mode CHECK (mode IN ('centre', 'phone', 'online', 'outreach', 'home', 'shelter', 'detention', 'embassy')),
	CONSTRAINT fk_attempt_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_attempt_follow_up FOREIGN KEY(follow_up) REFERENCES followup (uuid)
);

CREATE INDEX ix_attempt_client ON attempt (client);

CREATE INDEX ix_attempt_follow_up ON attempt (follow_up);

CREATE UNIQUE INDEX ix_attempt_uuid ON attempt (uuid);

CREATE TABLE contractcheck (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR NOT NULL,
	contract VARCHAR NOT NULL,
	against VARCHAR,
	checked_on DATE NOT NULL,
	officer VARCHAR NOT NULL,
	corridor VARCHAR NOT NULL,
	sector VARCHAR NOT NULL,
	pack VARCHAR NOT NULL,
	used VARCHAR NOT NULL,
	findings VARCHAR NOT NULL,
	suggested VARCHAR NOT NULL,
	answers VARCHAR NOT NULL,
	red VARCHAR NOT NULL,
	verdict VARCHAR NOT NULL,
	verdict_because VARCHAR NOT NULL,
	verdict_on DATE,
	verdict_by VARCHAR,
	decision VARCHAR NOT NULL,
	decision_note VARCHAR NOT NULL,
	decision_on DATE,
	decision_by VARCHAR,
	CONSTRAINT pk_contractcheck PRIMARY KEY (id),
	CONSTRAINT ck_contractcheck_suggested CHECK (suggested IN ('pass', 'pass_with_corrections', 'do_not_sign_yet')),
	CONSTRAINT ck_contractcheck_verdict CHECK (verdict IN ('not_given', 'pass', 'pass_with_corrections', 'do_not_sign_yet', 'do_not_sign', 'put_right')),
	CONSTRAINT ck_contractcheck_decision CHECK (decision IN ('not_asked', 'signs', 'waits', 'does_not_sign', 'signed_already')),
	CONSTRAINT fk_contractcheck_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_contractcheck_journey FOREIGN KEY(journey) REFERENCES journey (uuid),
	CONSTRAINT fk_contractcheck_contract FOREIGN KEY(contract) REFERENCES contract (uuid),
	CONSTRAINT fk_contractcheck_against FOREIGN KEY(against) REFERENCES contract (uuid)
);

CREATE INDEX ix_contractcheck_checked_on ON contractcheck (checked_on);

CREATE INDEX ix_contractcheck_client ON contractcheck (client);

CREATE INDEX ix_contractcheck_contract ON contractcheck (contract);

CREATE INDEX ix_contractcheck_journey ON contractcheck (journey);

CREATE UNIQUE INDEX ix_contractcheck_uuid ON contractcheck (uuid);

CREATE TABLE contractstamp (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	contract VARCHAR NOT NULL,
	authority VARCHAR NOT NULL,
	stamped_on DATE,
	seen VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	CONSTRAINT pk_contractstamp PRIMARY KEY (id),
	CONSTRAINT ck_contractstamp_seen CHECK (seen IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_contractstamp_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_contractstamp_contract FOREIGN KEY(contract) REFERENCES contract (uuid)
);

CREATE INDEX ix_contractstamp_client ON contractstamp (client);

CREATE INDEX ix_contractstamp_contract ON contractstamp (contract);

CREATE UNIQUE INDEX ix_contractstamp_uuid ON contractstamp (uuid);

CREATE TABLE referralevent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	referral VARCHAR NOT NULL,
	grievance VARCHAR,
	state VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	n INTEGER NOT NULL,
	"by" VARCHAR NOT NULL,
	told_by VARCHAR NOT NULL,
	because VARCHAR,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_referralevent PRIMARY KEY (id),
	CONSTRAINT ck_referralevent_state CHECK (state IN ('made', 'sent', 'acknowledged', 'accepted', 'refused', 'given', 'feedback', 'stopped')),
	CONSTRAINT ck_referralevent_told_by CHECK (told_by IN ('service', 'client', 'desk')),
	CONSTRAINT ck_referralevent_because CHECK (because IN ('withdrawn', 'no_wish', 'other_service', 'mistake', 'other')),
	CONSTRAINT fk_referralevent_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_referralevent_referral FOREIGN KEY(referral) REFERENCES referral (uuid)
);

CREATE INDEX ix_referralevent_client ON referralevent (client);

CREATE INDEX ix_referralevent_grievance ON referralevent (grievance);

CREATE INDEX ix_referralevent_on ON referralevent ("on");

CREATE INDEX ix_referralevent_referral ON referralevent (referral);

CREATE UNIQUE INDEX ix_referralevent_uuid ON referralevent (uuid);

CREATE TABLE supportinstalment (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	line VARCHAR NOT NULL,
	minor INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	due DATE NOT NULL,
	paid_on DATE,
	receipt VARCHAR NOT NULL,
	paid_by VARCHAR,
	CONSTRAINT pk_supportinstalment PRIMARY KEY (id),
	CONSTRAINT fk_supportinstalment_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_supportinstalment_line FOREIGN KEY(line) REFERENCES planline (uuid)
);

CREATE INDEX ix_supportinstalment_client ON supportinstalment (client);

CREATE INDEX ix_supportinstalment_due ON supportinstalment (due);

CREATE INDEX ix_supportinstalment_line ON supportinstalment (line);

CREATE UNIQUE INDEX ix_supportinstalment_uuid ON supportinstalment (uuid);

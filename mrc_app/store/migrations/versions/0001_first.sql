CREATE TABLE centre (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	name VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	languages VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	phone_checked DATE,
	address VARCHAR NOT NULL,
	address_checked DATE,
	settings JSON NOT NULL,
	CONSTRAINT pk_centre PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ix_centre_uuid ON centre (uuid);

CREATE TABLE chain (
	node VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	hash BLOB NOT NULL,
	forked INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_chain PRIMARY KEY (node)
);

CREATE TABLE checkpoint (
	node VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	signer VARCHAR NOT NULL,
	hash BLOB NOT NULL,
	at VARCHAR NOT NULL,
	signature BLOB NOT NULL,
	CONSTRAINT pk_checkpoint PRIMARY KEY (node, seq, signer)
);

CREATE TABLE client (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	number VARCHAR NOT NULL,
	call_name VARCHAR NOT NULL,
	given VARCHAR NOT NULL,
	father VARCHAR NOT NULL,
	grandfather VARCHAR NOT NULL,
	native VARCHAR NOT NULL,
	other_names VARCHAR NOT NULL,
	sex VARCHAR NOT NULL,
	birth VARCHAR,
	birth_first DATE,
	birth_last DATE,
	birth_given VARCHAR NOT NULL,
	birth_calendar VARCHAR,
	birth_known_as VARCHAR,
	birth_basis VARCHAR,
	birth_estimated BOOLEAN NOT NULL,
	phone VARCHAR NOT NULL,
	phone_typed VARCHAR NOT NULL,
	phone_whose VARCHAR NOT NULL,
	may_call VARCHAR NOT NULL,
	may_message VARCHAR NOT NULL,
	who_may_answer VARCHAR NOT NULL,
	safe_hours VARCHAR NOT NULL,
	cover_text VARCHAR NOT NULL,
	phone_private VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	speaks VARCHAR NOT NULL,
	can_read VARCHAR NOT NULL,
	interpreter VARCHAR NOT NULL,
	nationality VARCHAR NOT NULL,
	second_nationality VARCHAR NOT NULL,
	origin_country VARCHAR NOT NULL,
	origin_admin1 VARCHAR NOT NULL,
	district VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	location_country VARCHAR NOT NULL,
	location_place VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	stage VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	education VARCHAR,
	occupation VARCHAR NOT NULL,
	occupation_abroad VARCHAR NOT NULL,
	marital VARCHAR,
	dependants INTEGER,
	disability VARCHAR NOT NULL,
	heard_of VARCHAR,
	id_type VARCHAR,
	id_last4 VARCHAR NOT NULL,
	id_expiry DATE,
	passport VARCHAR NOT NULL,
	passport_expiry DATE,
	union_member VARCHAR NOT NULL,
	union_name VARCHAR NOT NULL,
	emergency_name VARCHAR NOT NULL,
	emergency_phone VARCHAR NOT NULL,
	emergency_relation VARCHAR NOT NULL,
	fears_own_state VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	registered_on DATE NOT NULL,
	registered_by VARCHAR NOT NULL,
	CONSTRAINT pk_client PRIMARY KEY (id),
	CONSTRAINT ck_client_sex CHECK (sex IN ('female', 'male', 'other', 'not_stated')),
	CONSTRAINT ck_client_birth_calendar CHECK (birth_calendar IN ('gregorian', 'ethiopian', 'bikram_sambat', 'hijri')),
	CONSTRAINT ck_client_birth_known_as CHECK (birth_known_as IN ('day', 'month', 'year', 'age')),
	CONSTRAINT ck_client_birth_basis CHECK (birth_basis IN ('stated', 'document', 'assessed')),
	CONSTRAINT ck_client_may_call CHECK (may_call IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_client_may_message CHECK (may_message IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_client_phone_private CHECK (phone_private IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_client_can_read CHECK (can_read IN ('not_asked', 'no', 'a_little', 'yes')),
	CONSTRAINT ck_client_interpreter CHECK (interpreter IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_client_kind CHECK (kind IN ('potential', 'abroad', 'returnee', 'family', 'domestic_worker_home', 'not_stated')),
	CONSTRAINT ck_client_stage CHECK (stage IN ('origin', 'transit', 'destination', 'return', 'not_stated')),
	CONSTRAINT ck_client_status CHECK (status IN ('not_asked', 'regular', 'irregular', 'mixed', 'unknown')),
	CONSTRAINT ck_client_education CHECK (education IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')),
	CONSTRAINT ck_client_marital CHECK (marital IN ('single', 'married', 'separated', 'divorced', 'widowed')),
	CONSTRAINT ck_client_disability CHECK (disability IN ('not_asked', 'none', 'some', 'a_lot', 'declined')),
	CONSTRAINT ck_client_heard_of CHECK (heard_of IN ('family', 'event', 'media', 'online', 'union', 'public_office', 'agency', 'partner', 'client', 'other')),
	CONSTRAINT ck_client_id_type CHECK (id_type IN ('national_id', 'local_id', 'passport', 'birth', 'residence', 'travel', 'refugee', 'other')),
	CONSTRAINT ck_client_union_member CHECK (union_member IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_client_fears_own_state CHECK (fears_own_state IN ('not_asked', 'no', 'yes'))
);

CREATE INDEX ix_client_number ON client (number);

CREATE UNIQUE INDEX ix_client_uuid ON client (uuid);

CREATE TABLE confirmation (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	fact VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	checked_on DATE NOT NULL,
	checked_by VARCHAR NOT NULL,
	recheck_on DATE NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_confirmation PRIMARY KEY (id)
);

CREATE INDEX ix_confirmation_fact ON confirmation (fact);

CREATE UNIQUE INDEX ix_confirmation_uuid ON confirmation (uuid);

CREATE TABLE counter (
	name VARCHAR NOT NULL,
	n INTEGER NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (name)
);

CREATE TABLE draft (
	officer VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (officer, "key")
);

CREATE TABLE erased (
	subject VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	CONSTRAINT pk_erased PRIMARY KEY (subject)
);

CREATE TABLE erasure (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	because VARCHAR NOT NULL,
	asked_on DATE NOT NULL,
	asked_by VARCHAR NOT NULL,
	confirmed_on DATE,
	confirmed_by VARCHAR,
	CONSTRAINT pk_erasure PRIMARY KEY (id),
	CONSTRAINT ck_erasure_because CHECK (because IN ('asked', 'not_needed', 'no_consent', 'mistake'))
);

CREATE INDEX ix_erasure_client ON erasure (client);

CREATE UNIQUE INDEX ix_erasure_uuid ON erasure (uuid);

CREATE TABLE gate (
	node VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	CONSTRAINT pk_gate PRIMARY KEY (node)
);

CREATE TABLE head (
	record VARCHAR NOT NULL,
	register VARCHAR NOT NULL,
	node VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	CONSTRAINT pk_head PRIMARY KEY (record, register, node, seq)
)
 WITHOUT ROWID;

CREATE TABLE journal (
	node VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	record VARCHAR NOT NULL,
	subject VARCHAR,
	body BLOB,
	digest BLOB NOT NULL,
	state VARCHAR NOT NULL,
	CONSTRAINT pk_journal PRIMARY KEY (node, seq),
	CONSTRAINT ck_journal_state CHECK (state IN ('full', 'erased', 'withheld'))
);

CREATE INDEX ix_journal_record ON journal (record);

CREATE INDEX ix_journal_subject ON journal (subject);

CREATE TABLE kind (
	name VARCHAR NOT NULL,
	subject VARCHAR,
	same_person VARCHAR,
	telling VARCHAR DEFAULT '' NOT NULL,
	CONSTRAINT pk_kind PRIMARY KEY (name)
);

CREATE TABLE linked (
	client VARCHAR NOT NULL,
	shown VARCHAR NOT NULL,
	CONSTRAINT pk_linked PRIMARY KEY (client)
)
 WITHOUT ROWID;

CREATE INDEX ix_linked_shown ON linked (shown);

CREATE TABLE match_key (
	"key" VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	CONSTRAINT pk_match_key PRIMARY KEY ("key", id)
)
 WITHOUT ROWID;

CREATE INDEX ix_match_key_id ON match_key (id);

CREATE TABLE meta (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);

CREATE TABLE officer (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	name VARCHAR NOT NULL,
	login VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	active BOOLEAN NOT NULL,
	public_key VARCHAR NOT NULL,
	reset_at VARCHAR,
	reset_by VARCHAR,
	CONSTRAINT pk_officer PRIMARY KEY (id),
	CONSTRAINT ck_officer_role CHECK (role IN ('caseworker', 'supervisor', 'data_officer', 'administrator'))
);

CREATE INDEX ix_officer_login ON officer (login);

CREATE UNIQUE INDEX ix_officer_uuid ON officer (uuid);

CREATE TABLE pending (
	record VARCHAR NOT NULL,
	register VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	CONSTRAINT pk_pending PRIMARY KEY (record, register, reason)
)
 WITHOUT ROWID;

CREATE INDEX ix_pending_reason ON pending (reason);

CREATE TABLE refusal (
	id INTEGER NOT NULL,
	at VARCHAR NOT NULL,
	officer VARCHAR,
	did VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	CONSTRAINT pk_refusal PRIMARY KEY (id)
);

CREATE TABLE restriction (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	officers JSON NOT NULL,
	since VARCHAR NOT NULL,
	lifted VARCHAR,
	CONSTRAINT pk_restriction PRIMARY KEY (id)
);

CREATE INDEX ix_restriction_client ON restriction (client);

CREATE UNIQUE INDEX ix_restriction_uuid ON restriction (uuid);

CREATE TABLE saved_file (
	path VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	client VARCHAR,
	officer VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	CONSTRAINT pk_saved_file PRIMARY KEY (path)
);

CREATE TABLE seal (
	client VARCHAR NOT NULL,
	public BLOB NOT NULL,
	CONSTRAINT pk_seal PRIMARY KEY (client)
)
 WITHOUT ROWID;

CREATE TABLE seal_key (
	client VARCHAR NOT NULL,
	holder VARCHAR NOT NULL,
	box BLOB NOT NULL,
	CONSTRAINT pk_seal_key PRIMARY KEY (client, holder)
)
 WITHOUT ROWID;

CREATE TABLE sealed_body (
	node VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	record VARCHAR NOT NULL,
	client VARCHAR NOT NULL,
	box BLOB NOT NULL,
	CONSTRAINT pk_sealed_body PRIMARY KEY (node, seq)
)
 WITHOUT ROWID;

CREATE INDEX ix_sealed_body_client ON sealed_body (client);

CREATE INDEX ix_sealed_body_record ON sealed_body (record);

CREATE TABLE service (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	hours VARCHAR NOT NULL,
	languages VARCHAR NOT NULL,
	cost VARCHAR NOT NULL,
	safe_without_papers VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	hide_address BOOLEAN NOT NULL,
	note VARCHAR NOT NULL,
	checked_on DATE,
	checked_by VARCHAR,
	recheck_on DATE,
	CONSTRAINT pk_service PRIMARY KEY (id),
	CONSTRAINT ck_service_kind CHECK (kind IN ('embassy', 'labour_attache', 'labour_office', 'labour_hotline', 'hotline', 'police', 'ambulance', 'shelter', 'union', 'ngo', 'legal_aid', 'clinic', 'safe_clinic', 'mental_health', 'crisis_line', 'child_line', 'gbv_line', 'centre', 'unhcr_or_lawyer', 'red_cross', 'licence_office', 'other')),
	CONSTRAINT ck_service_safe_without_papers CHECK (safe_without_papers IN ('yes', 'no', 'not_known'))
);

CREATE INDEX ix_service_country ON service (country);

CREATE UNIQUE INDEX ix_service_uuid ON service (uuid);

CREATE TABLE sought (
	id INTEGER NOT NULL,
	record VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	shown VARCHAR NOT NULL,
	sort VARCHAR NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT pk_sought PRIMARY KEY (id),
	CONSTRAINT uq_sought_record UNIQUE (record)
);

CREATE INDEX ix_sought_sort ON sought (kind, sort, record);

CREATE TABLE tally (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	"on" DATE NOT NULL,
	mode VARCHAR NOT NULL,
	topics VARCHAR NOT NULL,
	sex VARCHAR NOT NULL,
	age_band VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	officer VARCHAR NOT NULL,
	CONSTRAINT pk_tally PRIMARY KEY (id),
	CONSTRAINT ck_tally_mode CHECK (mode IN ('centre', 'phone', 'online', 'outreach', 'home', 'shelter', 'detention', 'embassy')),
	CONSTRAINT ck_tally_sex CHECK (sex IN ('female', 'male', 'other', 'not_stated')),
	CONSTRAINT ck_tally_age_band CHECK (age_band IN ('under_15', '15-17', '18-24', '25-34', '35-49', '50+', 'not_stated')),
	CONSTRAINT ck_tally_kind CHECK (kind IN ('potential', 'abroad', 'returnee', 'family', 'domestic_worker_home', 'not_stated'))
);

CREATE INDEX ix_tally_on ON tally ("on");

CREATE UNIQUE INDEX ix_tally_uuid ON tally (uuid);

CREATE TABLE assignment (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	officer VARCHAR NOT NULL,
	from_on DATE NOT NULL,
	until DATE,
	CONSTRAINT pk_assignment PRIMARY KEY (id),
	CONSTRAINT fk_assignment_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_assignment_client ON assignment (client);

CREATE INDEX ix_assignment_officer ON assignment (officer);

CREATE UNIQUE INDEX ix_assignment_uuid ON assignment (uuid);

CREATE TABLE attachment (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	media VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	sha256 VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	added_on DATE NOT NULL,
	added_by VARCHAR NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (id),
	CONSTRAINT ck_attachment_what CHECK (what IN ('contract', 'passport', 'receipt', 'photo', 'medical', 'other')),
	CONSTRAINT ck_attachment_media CHECK (media IN ('image/jpeg', 'image/png', 'application/pdf', 'text/plain')),
	CONSTRAINT fk_attachment_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_attachment_client ON attachment (client);

CREATE UNIQUE INDEX ix_attachment_uuid ON attachment (uuid);

CREATE TABLE consent (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	purpose VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	how VARCHAR,
	language VARCHAR NOT NULL,
	interpreter VARCHAR NOT NULL,
	certified_by VARCHAR,
	given_on DATE NOT NULL,
	expires_on DATE,
	asked_by VARCHAR NOT NULL,
	withdrawn_on DATE,
	withdrawn_by VARCHAR,
	reason VARCHAR NOT NULL,
	replaces VARCHAR NOT NULL,
	CONSTRAINT pk_consent PRIMARY KEY (id),
	CONSTRAINT ck_consent_purpose CHECK (purpose IN ('record', 'contact', 'referral', 'complaint', 'ministry', 'statistics', 'story', 'hand_over')),
	CONSTRAINT ck_consent_state CHECK (state IN ('given', 'refused', 'withdrawn')),
	CONSTRAINT ck_consent_how CHECK (how IN ('signed', 'thumb', 'audio', 'verbal')),
	CONSTRAINT fk_consent_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_consent_client ON consent (client);

CREATE UNIQUE INDEX ix_consent_uuid ON consent (uuid);

CREATE TABLE contact (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	mode VARCHAR NOT NULL,
	minutes INTEGER,
	topics VARCHAR NOT NULL,
	given VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	result VARCHAR NOT NULL,
	follow_up_on DATE,
	officer VARCHAR NOT NULL,
	danger VARCHAR NOT NULL,
	safe_to_talk VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_contact PRIMARY KEY (id),
	CONSTRAINT ck_contact_mode CHECK (mode IN ('centre', 'phone', 'online', 'outreach', 'home', 'shelter', 'detention', 'embassy')),
	CONSTRAINT ck_contact_danger CHECK (danger IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_contact_safe_to_talk CHECK (safe_to_talk IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_contact_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_contact_client ON contact (client);

CREATE INDEX ix_contact_on ON contact ("on");

CREATE UNIQUE INDEX ix_contact_uuid ON contact (uuid);

CREATE TABLE hold (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	because VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	since DATE NOT NULL,
	until DATE,
	"by" VARCHAR NOT NULL,
	released_on DATE,
	released_by VARCHAR,
	CONSTRAINT pk_hold PRIMARY KEY (id),
	CONSTRAINT ck_hold_because CHECK (because IN ('law', 'needed')),
	CONSTRAINT fk_hold_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_hold_client ON hold (client);

CREATE UNIQUE INDEX ix_hold_uuid ON hold (uuid);

CREATE TABLE household (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_household PRIMARY KEY (id),
	CONSTRAINT fk_household_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_household_client ON household (client);

CREATE UNIQUE INDEX ix_household_uuid ON household (uuid);

CREATE TABLE journey (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	origin VARCHAR NOT NULL,
	destination VARCHAR NOT NULL,
	stage VARCHAR NOT NULL,
	stage_on DATE NOT NULL,
	repeat VARCHAR NOT NULL,
	programmes VARCHAR NOT NULL,
	recruited_through VARCHAR,
	agency VARCHAR NOT NULL,
	sector VARCHAR,
	job_title VARCHAR NOT NULL,
	isco VARCHAR NOT NULL,
	employer VARCHAR NOT NULL,
	town VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	wage_minor INTEGER,
	wage_currency VARCHAR NOT NULL,
	wage_per VARCHAR,
	pay_day VARCHAR NOT NULL,
	hours_per_day VARCHAR NOT NULL,
	days_per_week INTEGER,
	rest_day VARCHAR,
	rest_hours INTEGER,
	food_room VARCHAR,
	starts_on DATE,
	ends_on DATE,
	return_payer VARCHAR,
	departs_on DATE,
	airport VARCHAR NOT NULL,
	arrival_city VARCHAR NOT NULL,
	meeting_person VARCHAR NOT NULL,
	returned_on DATE,
	permit_end DATE,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_journey PRIMARY KEY (id),
	CONSTRAINT ck_journey_stage CHECK (stage IN ('planned', 'travelling', 'abroad', 'returned', 'cancelled')),
	CONSTRAINT ck_journey_sector CHECK (sector IN ('domestic', 'construction', 'agriculture', 'seasonal', 'fishing', 'forestry', 'plantation', 'manufacturing', 'hospitality', 'care', 'residential_support', 'transport', 'security_outdoor', 'other')),
	CONSTRAINT ck_journey_recruited_through CHECK (recruited_through IN ('licensed_agency', 'broker', 'public_service', 'employer', 'family', 'self')),
	CONSTRAINT ck_journey_wage_per CHECK (wage_per IN ('hour', 'day', 'week', 'month', 'piece', 'trip')),
	CONSTRAINT ck_journey_rest_day CHECK (rest_day IN ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'changing', 'by_agreement', 'none')),
	CONSTRAINT ck_journey_food_room CHECK (food_room IN ('both_free', 'food_free', 'room_free', 'taken_from_wage', 'none')),
	CONSTRAINT ck_journey_return_payer CHECK (return_payer IN ('employer', 'employer_after_term', 'agency', 'worker', 'shared', 'other')),
	CONSTRAINT ck_journey_repeat CHECK (repeat IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_journey_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_journey_client ON journey (client);

CREATE UNIQUE INDEX ix_journey_uuid ON journey (uuid);

CREATE TABLE link (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	a VARCHAR NOT NULL,
	b VARCHAR NOT NULL,
	merged_on DATE NOT NULL,
	merged_by VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	unmerged_on DATE,
	unmerged_by VARCHAR,
	unmerge_reason VARCHAR NOT NULL,
	CONSTRAINT pk_link PRIMARY KEY (id),
	CONSTRAINT fk_link_a FOREIGN KEY(a) REFERENCES client (uuid),
	CONSTRAINT fk_link_b FOREIGN KEY(b) REFERENCES client (uuid)
);

CREATE INDEX ix_link_a ON link (a);

CREATE INDEX ix_link_b ON link (b);

CREATE UNIQUE INDEX ix_link_uuid ON link (uuid);

CREATE TABLE request (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR,
	authority VARCHAR NOT NULL,
	person VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	in_writing VARCHAR NOT NULL,
	asked VARCHAR NOT NULL,
	asked_on DATE NOT NULL,
	noted_by VARCHAR NOT NULL,
	decision VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	decided_on DATE,
	decided_by VARCHAR,
	given VARCHAR NOT NULL,
	given_on DATE,
	given_by VARCHAR,
	CONSTRAINT pk_request PRIMARY KEY (id),
	CONSTRAINT ck_request_in_writing CHECK (in_writing IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_request_decision CHECK (decision IN ('open', 'refused', 'partly', 'given')),
	CONSTRAINT fk_request_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_request_asked_on ON request (asked_on);

CREATE INDEX ix_request_client ON request (client);

CREATE UNIQUE INDEX ix_request_uuid ON request (uuid);

CREATE TABLE task (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR,
	about VARCHAR,
	due DATE NOT NULL,
	put_off_because VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	made_on DATE NOT NULL,
	made_by VARCHAR NOT NULL,
	for_officer VARCHAR,
	done_on DATE,
	done_by VARCHAR,
	result VARCHAR NOT NULL,
	dropped_on DATE,
	dropped_by VARCHAR,
	dropped_because VARCHAR NOT NULL,
	CONSTRAINT pk_task PRIMARY KEY (id),
	CONSTRAINT ck_task_kind CHECK (kind IN ('call', 'message', 'visit', 'appointment', 'paper', 'deadline', 'other')),
	CONSTRAINT fk_task_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_task_client ON task (client);

CREATE INDEX ix_task_done_on ON task (done_on);

CREATE INDEX ix_task_due ON task (due);

CREATE INDEX ix_task_for_officer ON task (for_officer);

CREATE UNIQUE INDEX ix_task_uuid ON task (uuid);

CREATE TABLE handout (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	contact VARCHAR,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	edition VARCHAR NOT NULL,
	form VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	corridor VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	pages INTEGER,
	safe_to_carry VARCHAR NOT NULL,
	phone_private VARCHAR NOT NULL,
	CONSTRAINT pk_handout PRIMARY KEY (id),
	CONSTRAINT ck_handout_what CHECK (what IN ('departure_guide', 'return_guide', 'emergency_card', 'ten_lines', 'leaflet', 'other')),
	CONSTRAINT ck_handout_edition CHECK (edition IN ('full', 'discreet', 'spoken', 'card', 'ten_lines')),
	CONSTRAINT ck_handout_form CHECK (form IN ('paper', 'file', 'voice')),
	CONSTRAINT ck_handout_safe_to_carry CHECK (safe_to_carry IN ('not_asked', 'no', 'yes')),
	CONSTRAINT ck_handout_phone_private CHECK (phone_private IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_handout_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_handout_contact FOREIGN KEY(contact) REFERENCES contact (uuid)
);

CREATE INDEX ix_handout_client ON handout (client);

CREATE INDEX ix_handout_contact ON handout (contact);

CREATE UNIQUE INDEX ix_handout_uuid ON handout (uuid);

CREATE TABLE journeystep (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	client VARCHAR NOT NULL,
	journey VARCHAR NOT NULL,
	stage VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_journeystep PRIMARY KEY (id),
	CONSTRAINT ck_journeystep_stage CHECK (stage IN ('planned', 'travelling', 'abroad', 'returned', 'cancelled')),
	CONSTRAINT fk_journeystep_client FOREIGN KEY(client) REFERENCES client (uuid),
	CONSTRAINT fk_journeystep_journey FOREIGN KEY(journey) REFERENCES journey (uuid)
);

CREATE INDEX ix_journeystep_client ON journeystep (client);

CREATE INDEX ix_journeystep_journey ON journeystep (journey);

CREATE UNIQUE INDEX ix_journeystep_uuid ON journeystep (uuid);

CREATE TABLE membership (
	id INTEGER NOT NULL,
	uuid VARCHAR NOT NULL,
	gone BOOLEAN NOT NULL,
	owner VARCHAR NOT NULL,
	household VARCHAR NOT NULL,
	client VARCHAR,
	called VARCHAR NOT NULL,
	relation VARCHAR NOT NULL,
	left_behind VARCHAR NOT NULL,
	cares_for VARCHAR NOT NULL,
	since DATE,
	until DATE,
	CONSTRAINT pk_membership PRIMARY KEY (id),
	CONSTRAINT ck_membership_relation CHECK (relation IN ('self', 'child', 'partner', 'parent', 'sibling', 'grandparent', 'grandchild', 'other_kin', 'not_kin')),
	CONSTRAINT ck_membership_left_behind CHECK (left_behind IN ('not_asked', 'no', 'yes')),
	CONSTRAINT fk_membership_owner FOREIGN KEY(owner) REFERENCES client (uuid),
	CONSTRAINT fk_membership_household FOREIGN KEY(household) REFERENCES household (uuid),
	CONSTRAINT fk_membership_client FOREIGN KEY(client) REFERENCES client (uuid)
);

CREATE INDEX ix_membership_client ON membership (client);

CREATE INDEX ix_membership_household ON membership (household);

CREATE INDEX ix_membership_owner ON membership (owner);

CREATE UNIQUE INDEX ix_membership_uuid ON membership (uuid);

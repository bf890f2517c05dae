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
	CONSTRAINT fk_respondent_grievance FOREIGN KEY(grievance) REFERENCES grievance (uuid)
);

CREATE INDEX ix_respondent_grievance ON respondent (grievance);

CREATE UNIQUE INDEX ix_respondent_uuid ON respondent (uuid);

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

-- A case file: what a stack of documents says. Layers, none of which overwrites another:
--   documents          the texts, with their older versions, near copies and failures
--   claims             what each passage says, as it was read
--   resolved, parties  what stands: names, places, dates and codes of the claims, people's decisions applied
--   incidents          what several claims together amount to; rows of other datasets beside them
--   decisions          what people said of claims and incidents; never deleted, only undone
-- Dates are ISO 8601. Times are in UTC. Offsets count Unicode code points of documents.text.

CREATE TABLE meta ( -- Facts about the file itself
  key TEXT PRIMARY KEY, -- name of the fact
  value TEXT NOT NULL -- the fact
) WITHOUT ROWID;

CREATE TABLE explained ( -- What the tables, views and columns of this file mean
  thing TEXT NOT NULL, -- name of the table or view
  name TEXT NOT NULL, -- name of the column, empty for the table itself
  meaning TEXT NOT NULL, -- what it holds
  PRIMARY KEY (thing, name)
) WITHOUT ROWID;

CREATE TABLE runs ( -- Every time documents were added, and who is writing now
  number INTEGER PRIMARY KEY, -- counts from 1
  started TEXT NOT NULL, -- when
  ended TEXT, -- when; empty while it runs, or where it was killed
  reader TEXT NOT NULL, -- versions of program, rules, codebook, model and gazetteer that read
  doing TEXT NOT NULL DEFAULT '', -- what the run does, in words
  new INTEGER NOT NULL DEFAULT 0, -- documents that were not here before
  same INTEGER NOT NULL DEFAULT 0, -- documents that were here already
  changed INTEGER NOT NULL DEFAULT 0, -- documents whose text, details or reader changed
  failed INTEGER NOT NULL DEFAULT 0, -- inputs that could not be read
  pid INTEGER, -- the process that writes
  host TEXT, -- the machine it runs on
  user TEXT, -- whose process it is
  beat REAL -- Unix time at which it last gave a sign of life
);

CREATE TABLE documents ( -- The texts, one row each
  number INTEGER PRIMARY KEY, -- order of adding
  id TEXT NOT NULL UNIQUE, -- the document's id in this case
  given TEXT NOT NULL, -- the id its input gave it; another one than id where two texts came under one id
  title TEXT, -- headline
  published TEXT, -- day of publication
  source TEXT, -- outlet
  url TEXT, -- address
  language TEXT NOT NULL, -- ISO 639 code
  length INTEGER NOT NULL, -- characters of the text
  sha256 TEXT NOT NULL, -- of the text in UTF-8
  digest TEXT NOT NULL, -- of text and details: the same digest is the same document
  reader TEXT NOT NULL, -- versions of what read it
  version INTEGER NOT NULL DEFAULT 1, -- counts changes; older ones are in document_versions
  claims INTEGER NOT NULL DEFAULT 0, -- number of its claims
  story INTEGER NOT NULL, -- number of the first document of which this is a near copy, else its own
  input TEXT, -- the file it came from
  place TEXT, -- file and line or row
  run INTEGER NOT NULL REFERENCES runs (number), -- the run that wrote it
  added TEXT NOT NULL, -- when it was first added
  text TEXT NOT NULL -- the text, to which all offsets refer
);
CREATE INDEX documents_given ON documents (given, digest);
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_source ON documents (source);

CREATE TABLE document_versions ( -- What a document and its claims were before they were replaced
  document INTEGER NOT NULL REFERENCES documents (number), -- whose version it is
  version INTEGER NOT NULL, -- counts from 1
  title TEXT, -- headline then
  published TEXT, -- day of publication then
  source TEXT, -- outlet then
  url TEXT, -- address then
  sha256 TEXT NOT NULL, -- of the text then
  digest TEXT NOT NULL, -- of text and details then
  reader TEXT NOT NULL, -- versions of what read it then
  why TEXT NOT NULL, -- what changed: text, details or reader
  replaced TEXT NOT NULL, -- when
  text TEXT, -- the text then; empty where it did not change
  claims TEXT NOT NULL, -- its claims then, JSON lines
  PRIMARY KEY (document, version)
);

CREATE TABLE failures ( -- Inputs that could not be read, until they are
  number INTEGER PRIMARY KEY, -- order of failing
  input TEXT NOT NULL, -- file, or id of a document that did not come from a file
  place TEXT NOT NULL, -- file and line or row, as far as it is known
  document TEXT, -- JSON of the document where there was one, for another try
  options TEXT, -- what was said about the input when it was added, JSON
  reason TEXT NOT NULL, -- why
  run INTEGER NOT NULL REFERENCES runs (number), -- the last run in which it failed
  UNIQUE (input, place, reason)
);

CREATE TABLE signatures ( -- MinHash of each document's text, to find near copies
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE, -- whose it is
  signature BLOB NOT NULL -- 126 unsigned integers of 4 bytes, least first
);

CREATE TABLE bands ( -- Parts of the signatures: documents that share one may be near copies
  band INTEGER NOT NULL, -- which part, from 0
  hash INTEGER NOT NULL, -- its three integers in one
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE, -- whose it is
  PRIMARY KEY (band, hash, document)
) WITHOUT ROWID;
CREATE INDEX bands_document ON bands (document);

CREATE TABLE near_copies ( -- Pairs of documents with nearly the same text; they count as one source
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE, -- the later one
  other INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE, -- the earlier one
  similarity REAL NOT NULL, -- share of common five-word sequences, in the union or in the shorter text
  PRIMARY KEY (document, other)
) WITHOUT ROWID;
CREATE INDEX near_copies_other ON near_copies (other);

CREATE TABLE claims ( -- What one passage says, as it was read
  number INTEGER PRIMARY KEY, -- order of adding
  id TEXT NOT NULL UNIQUE, -- the claim's id: the same text gives the same
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE, -- where it stands
  position INTEGER NOT NULL, -- order in the document, from 0
  type TEXT NOT NULL, -- event, relation, control, figure or statement
  start INTEGER NOT NULL, -- where its first evidence begins
  end INTEGER NOT NULL, -- where its first evidence ends
  by TEXT NOT NULL, -- rule or model that made it, with version
  score REAL, -- 0 to 1 where a model gave one
  words TEXT NOT NULL, -- its evidence, for full-text search
  why TEXT, -- rule, cue and candidates behind it, JSON
  record TEXT NOT NULL -- the whole claim as the contract has it, JSON
);
CREATE INDEX claims_document ON claims (document, position);

CREATE TABLE resolved ( -- What stands of each claim, decisions applied; a rejected claim has no row here
  claim INTEGER PRIMARY KEY REFERENCES claims (number) ON DELETE CASCADE, -- claims.number
  document INTEGER NOT NULL, -- documents.number
  type TEXT NOT NULL, -- event, relation, control, figure or statement
  status TEXT NOT NULL, -- reported, claimed, denied, possible, expected, conditional, demanded, intended, asked, negated
  stance TEXT NOT NULL, -- of the voice towards the content
  likelihood TEXT, -- from the words used
  voice TEXT NOT NULL, -- who says so: author, or a party's name
  code TEXT, -- PLOVER type of an event
  mode TEXT, -- its PLOVER mode
  cameo TEXT, -- its CAMEO code
  acled TEXT, -- its ACLED sub-event
  predicate TEXT, -- of a relation
  change TEXT, -- of control: holds, gains, loses, contests
  extent TEXT, -- of control: whole, most, part, surroundings
  measure TEXT, -- what a figure measures
  low REAL, -- lower bound of a figure
  best REAL, -- its best value
  high REAL, -- upper bound of a figure
  place TEXT, -- resolved name, else the words for it
  place_id TEXT, -- as geonames:172955
  place_key TEXT, -- the name as it is searched: no case, accents or article
  quote_key TEXT, -- the words of the text, likewise, where they differ from place_key
  country TEXT, -- ISO 3166-1 alpha-2
  admin1 TEXT, -- first division of the country
  lat REAL, -- degrees, WGS84
  lon REAL, -- degrees, WGS84
  place_precision TEXT, -- point, settlement, surroundings, district, province, country, region
  date_start TEXT, -- first day
  date_end TEXT, -- last day
  date_precision TEXT, -- day, week, month, season, year, decade, unknown
  date_basis TEXT, -- explicit, relative, publication
  source TEXT, -- outlet of its document
  published TEXT, -- day of publication of its document
  decision TEXT, -- accepted or corrected where a person said so
  record TEXT -- the claim as corrected, JSON; empty where it stands as read
);
CREATE INDEX resolved_document ON resolved (document);
CREATE INDEX resolved_type ON resolved (type, status, date_start, date_end);
CREATE INDEX resolved_status ON resolved (status, date_start, date_end);
CREATE INDEX resolved_code ON resolved (code, status, date_start, date_end) WHERE code IS NOT NULL;
CREATE INDEX resolved_cameo ON resolved (cameo) WHERE cameo IS NOT NULL;
CREATE INDEX resolved_measure ON resolved (measure) WHERE measure IS NOT NULL;
CREATE INDEX resolved_place ON resolved (place_key) WHERE place_key IS NOT NULL;
CREATE INDEX resolved_quote ON resolved (quote_key) WHERE quote_key IS NOT NULL;
CREATE INDEX resolved_place_id ON resolved (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX resolved_country ON resolved (country, status, date_start, date_end) WHERE country IS NOT NULL;
CREATE INDEX resolved_country_code ON resolved (country, code, status) WHERE country IS NOT NULL;
CREATE INDEX resolved_admin1 ON resolved (admin1) WHERE admin1 IS NOT NULL;
CREATE INDEX resolved_spot ON resolved (lat, lon) WHERE lat IS NOT NULL;
CREATE INDEX resolved_date ON resolved (date_start, date_end) WHERE date_start IS NOT NULL;
CREATE INDEX resolved_source ON resolved (source, status);
CREATE INDEX resolved_voice ON resolved (voice);

CREATE TABLE parties ( -- Who acts, is acted on or speaks in each claim that stands
  claim INTEGER NOT NULL REFERENCES claims (number) ON DELETE CASCADE, -- claims.number
  role TEXT NOT NULL, -- actor, recipient, supporter, subject, object, holder, voice, co_voice
  position INTEGER NOT NULL, -- order within the role, from 0
  name TEXT NOT NULL, -- resolved name, else the words for it
  key TEXT NOT NULL, -- the name as it is searched: no case or accents
  quote_key TEXT, -- the words of the text, likewise, where they differ from key
  id TEXT, -- as the registry has it
  country TEXT, -- ISO 3166-1 alpha-3
  sectors TEXT NOT NULL, -- PLOVER sector codes between commas
  PRIMARY KEY (claim, role, position)
) WITHOUT ROWID;
CREATE INDEX parties_key ON parties (key, role);
CREATE INDEX parties_quote ON parties (quote_key, role) WHERE quote_key IS NOT NULL;
CREATE INDEX parties_id ON parties (id, role) WHERE id IS NOT NULL;
CREATE INDEX parties_role ON parties (role, name);

CREATE TABLE incidents ( -- What several claims together amount to, or a row of another dataset
  number INTEGER PRIMARY KEY, -- order of writing
  id TEXT NOT NULL UNIQUE, -- the incident's id
  dataset TEXT, -- name and version of the dataset it was imported from
  row TEXT, -- its id there
  type TEXT NOT NULL DEFAULT 'incident', -- always incident
  status TEXT NOT NULL, -- reported, claimed, disputed, expected
  code TEXT, -- PLOVER type
  mode TEXT, -- PLOVER mode
  cameo TEXT, -- CAMEO code
  acled TEXT, -- ACLED sub-event
  place TEXT, -- resolved name, else the words for it
  place_id TEXT, -- as geonames:172955
  place_key TEXT, -- the name as it is searched
  quote_key TEXT, -- the words, likewise, where they differ
  country TEXT, -- ISO 3166-1 alpha-2
  admin1 TEXT, -- first division of the country
  lat REAL, -- degrees, WGS84
  lon REAL, -- degrees, WGS84
  place_precision TEXT, -- point to region, as in resolved
  date_start TEXT, -- first day
  date_end TEXT, -- last day
  date_precision TEXT, -- day to decade, as in resolved
  date_basis TEXT, -- explicit, relative, publication
  sources INTEGER NOT NULL, -- independent sources
  claims INTEGER NOT NULL, -- number of claims it rests on
  deaths_low REAL, -- fewest deaths told
  deaths_best REAL, -- best number of deaths
  deaths_high REAL, -- most deaths told
  disputed TEXT NOT NULL, -- fields on which sources differ, between commas
  record TEXT NOT NULL -- the whole incident as the contract has it, JSON
);
CREATE INDEX incidents_dataset ON incidents (dataset);
CREATE INDEX incidents_code ON incidents (code, date_start);
CREATE INDEX incidents_country ON incidents (country, date_start);
CREATE INDEX incidents_place ON incidents (place_key);
CREATE INDEX incidents_spot ON incidents (lat, lon);
CREATE INDEX incidents_date ON incidents (date_start, date_end);

CREATE TABLE incident_claims ( -- Which claims an incident rests on
  incident INTEGER NOT NULL REFERENCES incidents (number) ON DELETE CASCADE, -- incidents.number
  claim TEXT NOT NULL, -- claims.id
  PRIMARY KEY (incident, claim)
) WITHOUT ROWID;
CREATE INDEX incident_claims_claim ON incident_claims (claim);

CREATE TABLE incident_parties ( -- Who acts and is acted on in each incident
  incident INTEGER NOT NULL REFERENCES incidents (number) ON DELETE CASCADE, -- incidents.number
  role TEXT NOT NULL, -- actor or recipient
  position INTEGER NOT NULL, -- order within the role, from 0
  name TEXT NOT NULL, -- resolved name, else the words for it
  key TEXT NOT NULL, -- the name as it is searched
  quote_key TEXT, -- the words, likewise, where they differ
  id TEXT, -- as the registry has it
  country TEXT, -- ISO 3166-1 alpha-3
  sectors TEXT NOT NULL, -- PLOVER sector codes between commas
  PRIMARY KEY (incident, role, position)
) WITHOUT ROWID;
CREATE INDEX incident_parties_key ON incident_parties (key, role);

CREATE TABLE decisions ( -- What people said of claims and incidents: records on top, undoable
  number INTEGER PRIMARY KEY, -- counts from 1
  target TEXT NOT NULL, -- id of the claim or incident, as it was then
  kind TEXT NOT NULL, -- claim or incident
  action TEXT NOT NULL, -- accept, reject, correct, together, apart, settle; of incidents accept, reject, merge, split
  field TEXT, -- what is corrected, as where.name
  value TEXT, -- what to, JSON; for together and apart the id of the other claim, for merge and split a list of ids
  pair INTEGER REFERENCES decisions (number), -- for together and apart: the same decision seen from the other claim
  by TEXT NOT NULL, -- who decided
  note TEXT, -- why
  at TEXT NOT NULL, -- when
  undone_at TEXT, -- when it was taken back
  undone_by TEXT, -- by whom
  document TEXT, -- id of the claim's document
  quote TEXT, -- the claim's first evidence
  record TEXT NOT NULL, -- the claim or incident as it was read at the time, JSON
  applies TEXT -- id of the claim or incident it holds for now; empty where none is left
);
CREATE INDEX decisions_target ON decisions (target);
CREATE INDEX decisions_applies ON decisions (applies);
CREATE INDEX decisions_document ON decisions (document);

CREATE TABLE decision_claims ( -- The claims of incidents that people merged or split
  decision INTEGER NOT NULL REFERENCES decisions (number), -- decisions.number
  part INTEGER NOT NULL, -- claims of one part are of one incident, those of two parts are not
  target TEXT NOT NULL, -- id of the claim, as it was then
  applies TEXT, -- id of the claim it is now; empty where none is left after reading again
  document TEXT NOT NULL, -- id of the claim's document
  record TEXT NOT NULL, -- the claim as it was read at the time, JSON
  PRIMARY KEY (decision, target)
) WITHOUT ROWID;
CREATE INDEX decision_claims_document ON decision_claims (document);

CREATE TABLE former_incidents ( -- Ids that incidents had before they were merged anew
  id TEXT PRIMARY KEY, -- the id then
  now TEXT NOT NULL, -- id of the incident that has most of its claims now
  since TEXT NOT NULL -- when it changed
) WITHOUT ROWID;

CREATE VIRTUAL TABLE claims_text USING fts5 (
  words, content = 'claims', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER claims_text_insert AFTER INSERT ON claims BEGIN
  INSERT INTO claims_text (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER claims_text_delete AFTER DELETE ON claims BEGIN
  INSERT INTO claims_text (claims_text, rowid, words) VALUES ('delete', old.number, old.words);
END;

CREATE VIRTUAL TABLE documents_text USING fts5 (
  title, text, content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_text_insert AFTER INSERT ON documents BEGIN
  INSERT INTO documents_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER documents_text_delete AFTER DELETE ON documents BEGIN
  INSERT INTO documents_text (documents_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER documents_text_update AFTER UPDATE OF title, text ON documents BEGIN
  INSERT INTO documents_text (documents_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
  INSERT INTO documents_text (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

-- Views, for people with a database browser.

CREATE VIEW claim_list AS -- Claims that stand, in words
SELECT claims.id, documents.id AS document, resolved.source, resolved.published, resolved.type, resolved.status, resolved.voice,
  (SELECT group_concat(name, ', ') FROM parties WHERE parties.claim = claims.number
    AND role IN ('actor', 'subject', 'holder')) AS who,
  coalesce(resolved.code, resolved.predicate, resolved.change, resolved.measure) AS what,
  (SELECT group_concat(name, ', ') FROM parties WHERE parties.claim = claims.number
    AND role IN ('recipient', 'object')) AS whom,
  resolved.best AS number, resolved.place, resolved.country, resolved.date_start, resolved.date_end, claims.words,
  resolved.decision
FROM resolved JOIN claims ON claims.number = resolved.claim JOIN documents ON documents.number = resolved.document;

CREATE VIEW source_list AS -- Outlets, with their documents, claims and dates
SELECT coalesce(source, '(not said)') AS source, count(*) AS documents, count(DISTINCT story) AS stories,
  sum(claims) AS claims, min(published) AS first, max(published) AS last
FROM documents GROUP BY 1 ORDER BY 2 DESC;

CREATE VIEW copy_list AS -- Documents that are near copies of an earlier one
SELECT copy.id AS document, copy.source, first.id AS copy_of, first.source AS first_source, copy.title
FROM documents AS copy JOIN documents AS first ON first.number = copy.story WHERE copy.story <> copy.number;

CREATE VIEW control_list AS -- Statements on who holds what, by place and day
SELECT resolved.place, resolved.country, coalesce(resolved.date_start, resolved.published) AS day, parties.name AS holder,
  resolved.change, resolved.extent, resolved.status, resolved.voice, resolved.source, claims.words, claims.id
FROM resolved JOIN claims ON claims.number = resolved.claim
  JOIN parties ON parties.claim = claims.number AND parties.role = 'holder'
WHERE resolved.type = 'control' ORDER BY 1, 3;

CREATE VIEW incident_list AS -- Incidents in words
SELECT id, dataset, row, status, code, place, country, date_start, date_end,
  (SELECT group_concat(name, ', ') FROM incident_parties WHERE incident = incidents.number AND role = 'actor') AS who,
  (SELECT group_concat(name, ', ') FROM incident_parties WHERE incident = incidents.number AND role = 'recipient') AS whom,
  deaths_best AS deaths, sources, claims, disputed
FROM incidents;

CREATE VIEW decision_list AS -- Decisions that hold, and the words they are about
SELECT number, applies AS claim, action, field, value, by, note, at, document, quote
FROM decisions WHERE undone_at IS NULL;

-- 2 to 3: people merge and split incidents; incidents keep their ids when they are merged anew, or lead from the old to the new one.
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

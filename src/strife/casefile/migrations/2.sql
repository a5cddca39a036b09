-- 1 to 2: a run says which process writes, so that a second one can name it; failures keep what was said about their input.
ALTER TABLE runs ADD COLUMN doing TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN pid INTEGER;
ALTER TABLE runs ADD COLUMN host TEXT;
ALTER TABLE runs ADD COLUMN user TEXT;
ALTER TABLE runs ADD COLUMN beat REAL;
ALTER TABLE failures ADD COLUMN options TEXT;

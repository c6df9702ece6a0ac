-- When the session last proved who uses it: at its sign-in, or later by the current password. A rotation keeps it, so that refreshing is
-- no sign-in. Until now a session proved it only once, at its creation.
ALTER TABLE sessions ADD COLUMN signed_in_at timestamptz;
UPDATE sessions SET signed_in_at = created_at;
ALTER TABLE sessions
    ALTER COLUMN signed_in_at SET DEFAULT now(),
    ALTER COLUMN signed_in_at SET NOT NULL;

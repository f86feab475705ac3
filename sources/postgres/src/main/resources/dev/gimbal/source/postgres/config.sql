-- A table of settings, and notice of each change of it. For another table, change its name here in all three places;
-- for another channel, the word gimbal.

CREATE TABLE IF NOT EXISTS config (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- One notice for each transaction, whatever it changes: PostgreSQL tells equal ones of a transaction once.
CREATE OR REPLACE FUNCTION gimbal_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], '');
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS gimbal_notify ON config;
CREATE TRIGGER gimbal_notify
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON config
  FOR EACH STATEMENT EXECUTE FUNCTION gimbal_notify('gimbal');

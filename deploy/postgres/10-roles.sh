#!/bin/sh
# Runs once, when the database's volume is empty (the postgres image runs everything in
# /docker-entrypoint-initdb.d then). Makes two roles that may nothing but use their own
# databases: `castellan` its own, `temporal` the two of the Temporal server.
#
# Environment: CASTELLAN_DB_PASSWORD, TEMPORAL_DB_PASSWORD; POSTGRES_USER (the superuser).
set -eu

: "${CASTELLAN_DB_PASSWORD:?is not set: the role castellan needs a password}"
: "${TEMPORAL_DB_PASSWORD:?is not set: the role temporal needs a password}"

# psql reads the passwords from the environment itself: on a command line they could be
# seen in the process list.
psql -v ON_ERROR_STOP=1 --no-psqlrc --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv castellan_password CASTELLAN_DB_PASSWORD
\getenv temporal_password TEMPORAL_DB_PASSWORD

CREATE ROLE castellan LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'castellan_password';
CREATE ROLE temporal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'temporal_password';

CREATE DATABASE castellan OWNER castellan ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE temporal OWNER temporal ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE temporal_visibility OWNER temporal ENCODING 'UTF8' TEMPLATE template0;

-- Every role may connect to every database until this is said; the owners keep the right.
REVOKE ALL ON DATABASE castellan, temporal, temporal_visibility, postgres FROM PUBLIC;
SQL

#!/bin/sh
# Brings the two databases of the Temporal server to the schema of the admin-tools that
# this runs in. Doing it again changes nothing, so it runs before every start of the
# server, and an upgrade of the image upgrades the schema.
#
# Environment, read by temporal-sql-tool itself: SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER,
# SQL_PASSWORD.
set -eu

for database in temporal:temporal temporal_visibility:visibility; do
  name=${database%%:*}
  schema=${database##*:}
  echo "schema of the database ${name}"
  temporal-sql-tool --database "$name" setup-schema --version 0.0
  temporal-sql-tool --database "$name" update-schema --schema-name "postgresql/v12/${schema}"
done

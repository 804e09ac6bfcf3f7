#!/bin/bash
# Runs once, on an empty data folder: pm_owner owns and migrates, pm_app serves and owns nothing.
set -euo pipefail

psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner_password="$PM_OWNER_PASSWORD" -v app_password="$PM_APP_PASSWORD" <<'SQL'
CREATE ROLE pm_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE pm_app LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE pm OWNER pm_owner;
REVOKE ALL ON DATABASE pm FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE pm TO pm_app;
SQL

#!/bin/sh
# Restores a back-up of the companion's database beside it, compares the two, and takes it away again.
#
#   DATABASE_URL=file:/var/lib/reader-support/support.sqlite ./restore-drill.sh
#   DATABASE_URL=postgres://… ./restore-drill.sh last-night.dump
#
# Without a file it makes a back-up first. Needs sqlite3, or PostgreSQL's psql, pg_dump and pg_restore,
# and a user that may create a database. It writes nothing into the database itself, and ends with 0
# when all that the back-up should have is there.
set -eu

backup=${1:-}
url=${DATABASE_URL:?expected DATABASE_URL to be file:… or postgres://…}
folder=$(mktemp -d)
scratch=reader_support_drill_$$

case $url in
postgres://* | postgresql://*)
  # The same server, another database.
  scratch_url=$(printf '%s' "$url" | sed -E "s#^([a-z]+://[^/]+)/[^?]*#\1/$scratch#")
  ask() { psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "$2"; }
  tables() { ask "$1" "select table_name from information_schema.tables where table_schema = current_schema() order by 1"; }
  end() {
    psql --quiet --dbname "$url" --command "drop database if exists $scratch" >/dev/null 2>&1 || true
    rm -rf "$folder"
  }
  save() { pg_dump --format=custom --file "$1" "$url"; }
  restore() {
    psql --quiet --dbname "$url" --command "create database $scratch"
    pg_restore --exit-on-error --no-owner --no-privileges --dbname "$scratch_url" "$1"
  }
  ;;
*)
  url=${url#file:}
  url=${url#//}
  [ -f "$url" ] || { echo "there is no database $url" >&2; exit 1; }
  scratch_url=$folder/restored.sqlite
  ask() { sqlite3 -readonly "$1" "$2"; }
  tables() { ask "$1" "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1"; }
  end() { rm -rf "$folder"; }
  save() { sqlite3 -readonly "$url" ".backup '$1'"; }
  restore() {
    cp "$1" "$scratch_url"
    [ "$(ask "$scratch_url" 'pragma integrity_check')" = ok ] || { echo "$1 is damaged" >&2; exit 1; }
  }
  ;;
esac
trap end EXIT
count() { ask "$1" "select count(*) from \"$2\""; }

before=''
for table in $(tables "$url"); do before="$before $table=$(count "$url" "$table")"; done
is_own=''
if [ -z "$backup" ]; then
  is_own=yes
  backup=$folder/backup
  save "$backup"
fi
restore "$backup"

lost=''
for entry in $before; do
  table=${entry%=*}
  earlier=${entry##*=}
  now=$(count "$url" "$table")
  restored=$(count "$scratch_url" "$table" 2>/dev/null) || { lost="$lost $table"; continue; }
  echo "$table: $restored restored, $now now"
  # What readers did meanwhile may be in it or not. An older back-up may have less of everything.
  [ -z "$is_own" ] || [ "$restored" -ge "$earlier" ] || [ "$restored" -ge "$now" ] || lost="$lost $table"
done
if [ -n "$lost" ]; then
  echo "the back-up lacks:$lost" >&2
  exit 1
fi
[ -n "$is_own" ] || echo 'Ask Stripe for what is missing: reader-support events replay'
echo 'The back-up can be restored.'

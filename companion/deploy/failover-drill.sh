#!/bin/sh
# Lets the database fail over, and measures for how long the companion cannot use it.
#
#   COMPANION=https://www.example.org/companion FAILOVER='pg_ctlcluster 17 main restart' ./failover-drill.sh
#
# FAILOVER is the command that ends the primary and brings up its successor. Needs curl. Ends with 0 when
# the companion answered all the time, nobody restarted it, and its database was back within LIMIT
# seconds (60).
set -eu

companion=${COMPANION:?expected COMPANION to be the address of the companion}
failover=${FAILOVER:?expected FAILOVER to be the command that lets the database fail over}
limit=${LIMIT:-60}

status() { curl --silent --output /dev/null --max-time 3 --write-out '%{http_code}' "$1" || true; }
is() { [ "$(status "$companion/$1")" = "$2" ]; }

is ready 200 || { echo "$companion/ready is not 200 before the drill" >&2; exit 1; }
sh -c "$failover" &
began=$(date +%s)
down=''
back=0
# Ten answers in a row, because the old primary may still give one.
while [ "$back" -lt 10 ]; do
  elapsed=$(($(date +%s) - began))
  if [ "$elapsed" -gt "$limit" ]; then
    echo "the database was not back after $limit s" >&2
    exit 1
  fi
  if ! is health 200; then
    echo 'the companion itself did not answer: see its log, and whether it was restarted' >&2
    exit 1
  fi
  if is ready 200; then
    back=$((back + 1))
  else
    [ -n "$down" ] || down=$elapsed
    back=0
    last=$elapsed
  fi
  sleep 0.2
done
wait
if [ -z "$down" ]; then
  echo 'The database was never away for the companion.'
else
  echo "The database was away from second $down to second $last, and the companion found it again."
fi

#!/bin/sh
# Creates the namespace and the search attributes that Castellan's workflows use, once the
# Temporal server answers. What exists already is left as it is.
#
# Environment, read by the Temporal CLI itself: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE.
#   WORKFLOW_RETENTION      how long a closed workflow stays in the Web UI; default 30d
#   TEMPORAL_START_SECONDS  how long each step is tried; default 120
set -eu

: "${TEMPORAL_ADDRESS:?is not set: where the Temporal server listens, for example temporal:7233}"
namespace=${TEMPORAL_NAMESPACE:-default}
retention=${WORKFLOW_RETENTION:-30d}
patience=${TEMPORAL_START_SECONDS:-120}

# eventually WHAT COMMAND…: runs the command once a second until it succeeds, and leaves
# what it printed in $answer; gives up after $patience tries, saying WHAT and why.
eventually() {
  what=$1
  shift
  tries=1
  until answer=$("$@" 2>&1); do
    if [ "$tries" -ge "$patience" ]; then
      echo "${what}: given up after ${tries} tries. ${answer}" >&2
      exit 1
    fi
    sleep 1
    tries=$((tries + 1))
  done
}

# The server listens before it is ready to serve; asking for its health tells the two apart.
eventually "The Temporal server at ${TEMPORAL_ADDRESS}" temporal operator cluster health

if temporal operator namespace describe --namespace "$namespace" >/dev/null 2>&1; then
  echo "namespace ${namespace}: exists"
else
  temporal operator namespace create --namespace "$namespace" --retention "$retention" \
    --description 'Castellan: tickets and the other durable work of the Discord guilds'
fi

# A server that reads namespaces from its cache does not know a new one for some seconds.
eventually "Search attributes of the namespace ${namespace}" \
  temporal operator search-attribute list --namespace "$namespace"
existing=$answer

# ensure NAME TYPE
ensure() {
  if printf '%s\n' "$existing" | grep -Eq "^[[:space:]]*$1[[:space:]]"; then
    echo "search attribute $1: exists"
  else
    eventually "Search attribute $1" \
      temporal operator search-attribute create --namespace "$namespace" --name "$1" --type "$2"
    echo "search attribute $1: created"
  fi
}

ensure CastellanGuild Keyword
ensure CastellanKind Keyword
ensure CastellanStatus Keyword
ensure CastellanCategory Keyword
ensure CastellanAssignee Keyword
ensure CastellanPriority Keyword
ensure CastellanNumber Int
ensure CastellanDeadline Datetime
ensure CastellanRaised Bool
echo "Temporal is set up for Castellan: namespace ${namespace}."

#!/usr/bin/env bash
# The gate of a pipeline: `anneal check` with what the environment says. Its exit code is that of the check.
#
#   ANNEAL_FILES      specs, with spaces between; those of anneal.config when empty
#   ANNEAL_FAIL_ON    warn or fail
#   ANNEAL_BASELINE   an earlier --json report
#   ANNEAL_JUNIT      where to write JUnit's XML
#   ANNEAL_SUMMARY    where to append a summary in Markdown
#   ANNEAL            the command; `npx anneal` when empty
set -euo pipefail

read -ra command <<<"${ANNEAL:-npx anneal}"
read -ra files <<<"${ANNEAL_FILES:-}"
options=()
[[ -z ${ANNEAL_FAIL_ON:-} ]] || options+=(--fail-on "$ANNEAL_FAIL_ON")
[[ -z ${ANNEAL_BASELINE:-} ]] || options+=(--baseline "$ANNEAL_BASELINE")
[[ -z ${ANNEAL_JUNIT:-} ]] || options+=(--junit "$ANNEAL_JUNIT")
[[ -z ${ANNEAL_SUMMARY:-} ]] || options+=(--summary "$ANNEAL_SUMMARY")
# Bash 3.2, that of macOS, calls an empty array unbound.
exec "${command[@]}" check ${files[@]+"${files[@]}"} ${options[@]+"${options[@]}"}

#!/bin/bash
# Runs the shipped unit under a real systemd, as PID 1 of namespaces of its own, and checks what a user relies on:
# readiness, delivery, reload (also of a broken file), logs reopened, a clean stop, the watchdog.
#
#     Tests/Packaging/service.sh BINARY
#
# Needs root, systemd and unshare; exits 77 where namespaces are not to be had. The disk is not touched: /run, /var/lib
# and /var/log are in memory.
set -euo pipefail

binary=$(realpath "${1:?which binary?}")
root=$(realpath "$(dirname "$0")/../..")
[ "$(id -u)" -eq 0 ] || { echo "service test: needs root" >&2; exit 77; }
unshare --fork --pid --mount --uts --ipc --cgroup --mount-proc true 2>/dev/null \
    || { echo "service test: no namespaces here" >&2; exit 77; }

work=$(mktemp -d)
# --kill-child: the manager takes everything in its namespaces with it.
trap 'kill -KILL "${manager:-}" 2>/dev/null && wait "$manager" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/files"
cp "$binary" "$work/files/wirewatch"
cat > "$work/files/config.yaml" <<'YAML'
state: /var/lib/wirewatch
sources:
  - {name: inbox, type: files, path: /var/lib/wirewatch/inbox}
pipeline:
  - type: alert
    rules:
      - id: robots
        when: {text: {any: [robot]}}
        alert: {severity: high, message: "{title}"}
sinks:
  - {name: alerts, type: json_log, path: /var/log/wirewatch/alerts.jsonl, records: alerts}
YAML
# Only the paths differ; without default dependencies nothing of the host is started.
sed -e 's|/usr/bin/wirewatch|/run/test/wirewatch|; s|/etc/wirewatch/config.yaml|/run/test/config.yaml|' \
    -e 's|^\[Unit\]|[Unit]\nDefaultDependencies=no|; /network-online/d; s|^WatchdogSec=.*|WatchdogSec=4|' \
    "$root/packaging/wirewatch.service" > "$work/files/wirewatch.service"
printf '[Unit]\nDefaultDependencies=no\nWants=wirewatch.service\n' > "$work/files/test.target"

cat > "$work/start" <<'START'
set -e
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib
mount -t tmpfs tmpfs /var/log
mount -t cgroup2 none /sys/fs/cgroup
mkdir -p /run/systemd/system /run/test
# The user that the unit names, known in here alone.
for file in passwd group; do cp /etc/$file /run/test/$file; mount --bind /run/test/$file /etc/$file; done
grep -q ^wirewatch: /etc/passwd || echo 'wirewatch:x:64871:64871::/:/usr/sbin/nologin' >> /etc/passwd
grep -q ^wirewatch: /etc/group || echo 'wirewatch:x:64871:' >> /etc/group
cp "$1"/files/*.service "$1"/files/*.target /run/systemd/system/
cp "$1"/files/wirewatch "$1"/files/config.yaml /run/test/
chmod 755 /run/test /run/test/wirewatch
export container=docker
exec /lib/systemd/systemd --system --unit=test.target --log-target=console --show-status=no
START
setsid unshare --fork --kill-child --pid --mount --uts --ipc --cgroup --mount-proc bash "$work/start" "$work" \
    > "$work/log" 2>&1 < /dev/null &
manager=$!

inside() { nsenter -t "$pid" -m -p -i -u "$@"; }
show() { inside systemctl show -P "$1" wirewatch; }
fail() {
    echo "service test: $1" >&2
    inside systemctl status --no-pager wirewatch >&2 || true
    tail -30 "$work/log" >&2
    exit 1
}
# until DESCRIPTION COMMAND...: tries for half a minute.
until_true() {
    local what=$1
    shift
    for _ in $(seq 300); do
        if "$@" > /dev/null 2>&1; then
            echo "service test: $what"
            return
        fi
        sleep 0.1
    done
    fail "never: $what"
}
is() { [ "$(show "$1")" = "$2" ]; }
deliver() {
    inside bash -c "echo '{\"url\":\"https://example.org/$1\",\"title\":\"A robot, number $1\",\"body\":\"Yes.\"}' \
        > /var/lib/wirewatch/.$1 && mv /var/lib/wirewatch/.$1 /var/lib/wirewatch/inbox/$1.json"
}
logged() { inside grep -q "number $1" /var/log/wirewatch/alerts.jsonl; }

for _ in $(seq 100); do
    pid=$(pgrep -P "$manager" | head -1 || true)
    [ -n "$pid" ] && inside test -S /run/systemd/private 2>/dev/null && break
    sleep 0.1
done
[ -n "$pid" ] || fail "systemd did not start"

until_true "ready" is ActiveState active
is StatusText watching || fail "the status is '$(show StatusText)'"
[ "$(show User)" != root ] && [ "$(inside ps -o uid= -p "$(show MainPID)" | tr -d ' ')" -ne 0 ] || fail "it runs as root"
deliver 1
until_true "an article in the inbox becomes an alert in the log" logged 1

before=$(show MainPID)
inside systemctl reload wirewatch || fail "reload failed"
until_true "reloaded" is StatusText watching
inside cp /run/test/config.yaml /run/test/good.yaml
inside bash -c 'echo "sinks: nothing" > /run/test/config.yaml'
inside systemctl reload wirewatch || true
until_true "a broken file leaves the old configuration running" is StatusText "running with the old configuration"
inside cp /run/test/good.yaml /run/test/config.yaml
deliver 2
until_true "and it goes on" logged 2
[ "$(show MainPID)" = "$before" ] || fail "a reload restarted it"

inside mv /var/log/wirewatch/alerts.jsonl /var/log/wirewatch/alerts.jsonl.1
inside systemctl kill --kill-whom=main --signal=USR1 wirewatch
deliver 3
until_true "SIGUSR1 opens the log anew" logged 3

inside /run/test/wirewatch status --config /run/test/config.yaml > "$work/status" || fail "no status"
grep -q '^ready' "$work/status" || fail "the control socket says it is not ready"

inside kill -STOP "$before"
until_true "the watchdog replaces a daemon that hangs" bash -c "[ \"\$(nsenter -t $pid -m -p systemctl show -P NRestarts wirewatch)\" = 1 ]"
until_true "ready again" is ActiveState active
deliver 4
until_true "and it goes on where it was" logged 4

inside systemctl stop wirewatch
is Result success || fail "stopping ended with $(show Result)"
[ "$(show ExecMainStatus)" = 0 ] || fail "its exit code was $(show ExecMainStatus)"
echo "service test: stopped cleanly; all held"

#!/usr/bin/env bash
# From a portrait and a voice to a talking-head video: builds what is missing, starts the server, lets the sample
# orchestrator render through its AvatarClient bean, and leaves the video and a contact sheet in samples/out.
# Needs bash, a JDK (17 or newer) and Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=samples/out
server_jar=avatar-sadtalker-server/target/avatar-sadtalker-server.jar
orchestrator_jar=samples/orchestrator/target/orchestrator.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

say() { printf '\033[1m%s\033[0m\n' "$*"; }
fail() { printf 'demo: %s\n' "$*" >&2; exit 1; }

build_if_needed() {
    local newer=
    if [[ -f $server_jar && -f $orchestrator_jar ]]; then
        newer=$(find pom.xml avatar-*/pom.xml avatar-*/src/main samples/orchestrator/pom.xml samples/orchestrator/src/main \
            -type f \( -newer "$server_jar" -o -newer "$orchestrator_jar" \) -print -quit)
        [[ -n $newer ]] || return 0
    fi
    say "Building${newer:+ ($newer has changed)} ..."
    mvn -B -ntp -DskipTests -Dspotless.check.skip=true -pl avatar-sadtalker-server,samples/orchestrator -am package |
        grep --line-buffered -E '^\[INFO\] (Building [^j]|BUILD)|^\[ERROR\]' || fail "the build failed"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    for port in 8001 {18001..18050}; do
        if port_is_free "$port"; then
            echo "$port"
            return
        fi
    done
    fail "no free port among 8001 and 18001 to 18050"
}

healthy() {
    # In a subshell: a refused connection must not end the script, and its descriptor closes with it.
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
        IFS= read -r -t 2 status <&3 && [[ $status == *" 200"* ]]
    ) 2>/dev/null
}

server_pid=
stop_server() {
    [[ -n $server_pid ]] || return 0
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
}
trap stop_server EXIT
trap 'exit 130' INT TERM

start_server() {
    "$java" -jar "$server_jar" serve \
        --server.address=127.0.0.1 --server.port="$1" --avatar.storage.local.directory="$out/media" --avatar.server.state-dir="$out/state" \
        >"$out/server.log" 2>&1 &
    server_pid=$!
    local tries
    for ((tries = 0; tries < 240; tries++)); do
        if healthy "$1"; then
            return
        fi
        if ! kill -0 "$server_pid" 2>/dev/null; then
            tail -n 20 "$out/server.log" >&2
            fail "the server ended while starting"
        fi
        sleep 0.25
    done
    tail -n 20 "$out/server.log" >&2
    fail "the server did not answer within a minute"
}

build_if_needed
mkdir -p "$out"
rm -f "$out/talking-head.mp4" "$out/talking-head.png"

port=$(free_port)
say "Starting the server on port $port ..."
start_server "$port"

say "Rendering through the orchestrator's AvatarClient ..."
AVATAR_SERVICE_BASEURL="http://127.0.0.1:$port" "$java" -jar "$orchestrator_jar" \
    --render.portrait=samples/media/portrait.png \
    --render.speech=samples/media/speech.wav \
    --render.out="$out/talking-head.mp4"

"$java" -jar "$server_jar" contact-sheet "$out/talking-head.mp4" --out "$out/talking-head.png"

say "Done:"
echo "  $PWD/$out/talking-head.mp4"
echo "  $PWD/$out/talking-head.png"

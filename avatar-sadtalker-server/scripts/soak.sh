#!/usr/bin/env bash
# Lets one server render many small jobs and tells whether anything that it holds grows. From anywhere:
#
#   avatar-sadtalker-server/scripts/soak.sh [--jobs 2000] [--rounds 20]
#
# The last line reads jobs=N completed=N heap=flat memory=flat threads=flat handles=flat work=0 videos=flat; the exit code
# is 0 where it does. SKIP_BUILD=1 takes the jar that is there.
set -euo pipefail

cd "$(dirname "$0")/.."
jar=target/avatar-sadtalker-server.jar
if [[ -z "${SKIP_BUILD:-}" || ! -f $jar ]]; then
    mvn -B -q -f .. -pl avatar-sadtalker-server -am package -DskipTests
fi
exec java -Dlogback.configurationFile=io/avatarservice/server/cli/quiet-logback.xml -jar "$jar" bench soak "$@"

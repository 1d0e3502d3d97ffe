#!/usr/bin/env bash
# Kills servers at random moments and counts what became of their jobs. From anywhere:
#
#   avatar-sadtalker-server/scripts/kill-test.sh [--jobs 200] [--kills 20] [--db h2|postgres] [--nodes 1|3] [--life 10]
#
# The last line reads accepted=N completed=N lost=0 doubled=0 orphans=0; the exit code is 0 where it does. PostgreSQL comes
# as a library and is not killed. SKIP_BUILD=1 takes the jar and the classes that are there.
set -euo pipefail

cd "$(dirname "$0")/.."
classpath=target/kill-test.classpath
if [[ -z "${SKIP_BUILD:-}" || ! -f $classpath ]]; then
    mvn -B -q -f .. -pl avatar-sadtalker-server -am package dependency:build-classpath -DskipTests \
        -Dmdep.outputFile="$classpath" -Dmdep.includeScope=test
fi
exec java -cp "target/test-classes:target/classes:$(cat "$classpath")" \
    -Dlogback.configurationFile=io/avatarservice/server/cli/quiet-logback.xml io.avatarservice.server.kill.KillTest "$@"

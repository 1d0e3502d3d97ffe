package io.avatarservice.server.kill;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a kill test does.
 *
 * @param jar the server
 * @param directory of everything that is written
 * @param database of the jobs
 * @param nodes servers on the database
 * @param jobs to submit
 * @param kills of servers, each at a random moment of its life
 * @param longestLife of a server that is going to be killed, from when it serves or, now and then, is started
 * @param seed of all random choices
 */
record KillPlan(
        Path jar, Path directory, Database database, int nodes, int jobs, int kills, Duration longestLife, long seed) {

    /** The kinds of database that a server runs on. */
    enum Database {
        H2,
        POSTGRES
    }
}

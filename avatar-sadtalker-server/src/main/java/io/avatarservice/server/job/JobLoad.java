package io.avatarservice.server.job;

import java.time.Instant;

/**
 * How much there is to do.
 *
 * @param phase whether this server takes jobs
 * @param waiting jobs that wait, over all servers on one database
 * @param capacity jobs that may wait
 * @param running jobs that this server renders
 * @param workers jobs that this server can render at a time
 * @param asOf when the database was seen last
 * @param databaseAway whether the database has not answered for longer than it should take
 */
public record JobLoad(
        Phase phase, int waiting, int capacity, int running, int workers, Instant asOf, boolean databaseAway) {

    /** What a server does with submissions. */
    public enum Phase {
        /** None are taken yet. */
        STARTING,
        /** They are taken. */
        OPEN,
        /** None are taken any more: the server stops. */
        CLOSED
    }
}

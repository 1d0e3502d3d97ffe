package io.avatarservice.server.kill;

/**
 * What became of the jobs.
 *
 * @param accepted jobs that a server answered 202 or 200 for
 * @param completed of those, that have their video in the store
 * @param lost of those, that have not
 * @param doubled jobs beyond those accepted, and videos beyond one for each job
 * @param orphans files that belong to no job, in the store and in the work directory
 */
record KillReport(int accepted, int completed, int lost, int doubled, int orphans) {

    boolean clean() {
        return completed == accepted && lost == 0 && doubled == 0 && orphans == 0;
    }

    @Override
    public String toString() {
        return "accepted=%d completed=%d lost=%d doubled=%d orphans=%d"
                .formatted(accepted, completed, lost, doubled, orphans);
    }
}

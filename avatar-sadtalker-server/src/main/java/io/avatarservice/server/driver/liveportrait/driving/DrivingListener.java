package io.avatarservice.server.driver.liveportrait.driving;

/** Is told how far the look through a driving video is. What it throws ends the look and reaches the caller. */
@FunctionalInterface
public interface DrivingListener {

    /**
     * Another picture was looked at.
     *
     * @param done how many so far
     * @param total how many there are, 0 where the file does not say
     */
    void looked(int done, int total);
}

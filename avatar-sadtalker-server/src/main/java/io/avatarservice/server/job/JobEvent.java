package io.avatarservice.server.job;

/**
 * One change of a job.
 *
 * @param sequence counts the changes of this job from 1
 * @param view the job after the change
 */
public record JobEvent(long sequence, JobView view) {}

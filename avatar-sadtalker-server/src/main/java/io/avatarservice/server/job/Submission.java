package io.avatarservice.server.job;

/**
 * The answer to a submission.
 *
 * @param view the job
 * @param created whether this submission made it; else it was attached to the job of an earlier one
 */
public record Submission(JobView view, boolean created) {}

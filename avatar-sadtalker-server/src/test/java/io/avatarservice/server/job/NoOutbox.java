package io.avatarservice.server.job;

/** Nobody wants to hear of any job. */
final class NoOutbox implements JobOutbox {

    @Override
    public void accepted(Job job, JobWebhook webhook) {}

    @Override
    public void ended(Job job) {}

    @Override
    public void forgotten(JobId id) {}
}

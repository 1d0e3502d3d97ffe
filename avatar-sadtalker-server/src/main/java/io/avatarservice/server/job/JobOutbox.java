package io.avatarservice.server.job;

/**
 * Notes what others are to be told about jobs. Every method joins the transaction that changes the job: neither of the two
 * happens without the other. Thread-safe; every call blocks.
 */
public interface JobOutbox {

    /** A job was accepted, and {@code webhook} wants to hear of its end. */
    void accepted(Job job, JobWebhook webhook);

    /** A job, with or without a webhook, has reached its final state. */
    void ended(Job job);

    /** A job is kept no longer. */
    void forgotten(JobId id);
}

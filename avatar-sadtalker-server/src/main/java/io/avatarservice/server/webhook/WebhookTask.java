package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobId;

/**
 * One round of one delivery, as db-scheduler knows it. A redelivery is another task than what it replaces: the two do not
 * get into each other's way.
 *
 * @param job which job's
 * @param round from 1
 */
record WebhookTask(JobId job, int round) {

    // No job id has it.
    private static final String SEPARATOR = "#";

    static WebhookTask parse(String text) {
        String[] parts = text.split(SEPARATOR, 2);
        return new WebhookTask(new JobId(parts[0]), Integer.parseInt(parts[1]));
    }

    static WebhookTask of(WebhookDelivery delivery) {
        return new WebhookTask(delivery.job(), delivery.rounds());
    }

    String text() {
        return job.value() + SEPARATOR + round;
    }
}

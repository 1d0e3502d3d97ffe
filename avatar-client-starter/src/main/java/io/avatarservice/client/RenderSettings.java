package io.avatarservice.client;

import java.time.Duration;
import java.util.List;

/**
 * What all renders of a client share.
 *
 * @param candidates who is asked, in order; at least one
 * @param polling how jobs are followed, and the deadline of the whole render
 * @param jobDeadline of one provider while there is a next one
 * @param fitting brings requests into a form that a provider takes
 * @param spend keeps paid providers within their limit
 * @param notifications through whom providers tell that a job has changed
 */
record RenderSettings(
        List<ProviderPipeline> candidates,
        Polling polling,
        Duration jobDeadline,
        RequestFitting fitting,
        SpendGuard spend,
        JobNotifications notifications) {}

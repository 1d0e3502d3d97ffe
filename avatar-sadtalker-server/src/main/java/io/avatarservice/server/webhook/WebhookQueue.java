package io.avatarservice.server.webhook;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.avatarservice.server.job.SchedulerDialect;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The deliveries that are due, as executions of db-scheduler. What it changes joins the caller's transaction. */
final class WebhookQueue {

    static final String TABLE = "avatar_webhook_schedule";
    static final TaskDescriptor<Void> DELIVER = TaskDescriptor.of("deliver");

    // A first attempt is due long since: a clock that is set back, or behind those of other servers, keeps nobody
    // waiting.
    private static final Duration DUE_SINCE = Duration.ofDays(2);

    private final SchedulerClient client;
    private final JdbcClient jdbc;
    private volatile Runnable listener = () -> {};

    WebhookQueue(DataSource database) {
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(database))
                .jdbcCustomization(SchedulerDialect.of(database))
                .tableName(TABLE)
                .build();
        this.jdbc = JdbcClient.create(database);
    }

    /** Appends a round of a delivery that is due now. */
    void add(WebhookTask task, Instant now) {
        client.scheduleIfNotExists(DELIVER.instance(task.text()).scheduledTo(now.minus(DUE_SINCE)));
    }

    /** Takes out what nobody works at; whoever works at it finds that there is nothing to do. */
    void remove(WebhookTask task) {
        try {
            client.cancel(DELIVER.instanceId(task.text()));
        } catch (TaskInstanceException takenOrGone) {
            // see above
        }
    }

    /** Tells this server to look for due deliveries now. Call it after the commit. */
    void wake() {
        listener.run();
    }

    void onWake(Runnable dispatcher) {
        listener = dispatcher;
    }

    /** Makes due again what a server had that is known to be dead. */
    void giveUp(String node) {
        jdbc.sql("""
                update avatar_webhook_schedule
                set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                where picked = true and picked_by = :node""").param("node", node).update();
    }
}

package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

@SuppressWarnings("NullAway.Init") // started before all tests
class PostgresWebhookStoreIT extends WebhookStoreContractTests {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        JobDatabase.migrate(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(database())
                .sql("truncate table avatar_webhook, avatar_webhook_schedule")
                .update();
    }

    @Override
    DataSource database() {
        return postgres.getPostgresDatabase();
    }
}

package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobDatabase;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class H2WebhookStoreTests extends WebhookStoreContractTests {

    private final JdbcConnectionPool database = JobDatabase.h2();

    @Override
    DataSource database() {
        return database;
    }

    @AfterEach
    void close() {
        database.dispose();
    }
}

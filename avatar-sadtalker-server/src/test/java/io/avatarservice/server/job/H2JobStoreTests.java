package io.avatarservice.server.job;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class H2JobStoreTests extends JobStoreContractTests {

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

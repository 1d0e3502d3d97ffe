package io.avatarservice.server.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** On the PostgreSQL that the compose file runs, newer than the embedded one. Skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
@SuppressWarnings("NullAway.Init") // started before all tests
class PostgresContainerJobStoreIT extends JobStoreContractTests {

    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:17-alpine");

    private static HikariDataSource database;

    @BeforeAll
    static void connect() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(POSTGRES.getJdbcUrl());
        config.setUsername(POSTGRES.getUsername());
        config.setPassword(POSTGRES.getPassword());
        database = new HikariDataSource(config);
        JobDatabase.migrate(database);
    }

    @AfterAll
    static void disconnect() {
        database.close();
    }

    @BeforeEach
    void empty() {
        JobDatabase.empty(database);
    }

    @Override
    DataSource database() {
        return database;
    }
}

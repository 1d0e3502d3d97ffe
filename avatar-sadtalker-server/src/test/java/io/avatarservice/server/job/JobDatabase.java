package io.avatarservice.server.job;

import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Databases with the tables of jobs. */
public final class JobDatabase {

    private JobDatabase() {}

    /** An empty H2 database in memory, which goes with the last connection. */
    public static JdbcConnectionPool h2() {
        JdbcConnectionPool database =
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=10000", "sa", "");
        migrate(database);
        return database;
    }

    /** Creates the tables. */
    public static void migrate(DataSource database) {
        Flyway.configure().dataSource(database).load().migrate();
    }

    /** Leaves the tables of a PostgreSQL database without rows. */
    static void empty(DataSource postgres) {
        JdbcClient.create(postgres)
                .sql("truncate table avatar_job, avatar_job_key, avatar_job_schedule, avatar_batch, avatar_batch_item")
                .update();
    }
}

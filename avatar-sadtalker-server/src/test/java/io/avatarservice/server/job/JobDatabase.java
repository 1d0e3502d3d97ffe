package io.avatarservice.server.job;

import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;

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
}

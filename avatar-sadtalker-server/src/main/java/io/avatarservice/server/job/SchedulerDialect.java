package io.avatarservice.server.job;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** How db-scheduler speaks to a database. */
public final class SchedulerDialect {

    private SchedulerDialect() {}

    /** Skips locked rows on PostgreSQL, and on H2 locks rows one at a time. */
    public static JdbcCustomization of(DataSource database) {
        try {
            String product = JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName);
            return "PostgreSQL".equals(product)
                    ? new PostgreSqlJdbcCustomization(false, false)
                    : new DefaultJdbcCustomization(false);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("the database does not tell what it is", e);
        }
    }
}

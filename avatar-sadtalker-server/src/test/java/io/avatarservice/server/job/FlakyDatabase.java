package io.avatarservice.server.job;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be out of reach. */
final class FlakyDatabase extends DelegatingDataSource {

    private volatile boolean away;

    FlakyDatabase(DataSource database) {
        super(database);
    }

    void away(boolean value) {
        away = value;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (away) {
            throw new SQLNonTransientConnectionException("connection refused");
        }
        return super.getConnection();
    }
}

package io.avatarservice.server.kill;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;

/** The database that the servers share, with a life of its own. */
interface JobDatabaseServer extends Closeable {

    /** Where servers find it; empty where each server keeps its own. */
    String url();

    static JobDatabaseServer start(KillPlan plan) throws IOException, SQLException {
        if (plan.database() == KillPlan.Database.POSTGRES) {
            return postgres();
        }
        return plan.nodes() == 1 ? none() : h2(plan.directory().resolve("database"));
    }

    /** The one server has H2 in its own process, which is killed with it. */
    private static JobDatabaseServer none() {
        return of("", () -> {});
    }

    private static JobDatabaseServer h2(Path directory) throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        String url = "jdbc:h2:tcp://localhost:%d/./avatar;USER=sa;WRITE_DELAY=0;LOCK_TIMEOUT=10000"
                .formatted(server.getPort());
        return of(url, server::stop);
    }

    private static JobDatabaseServer postgres() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        return of(server.getJdbcUrl("postgres", "postgres"), server);
    }

    private static JobDatabaseServer of(String url, Closeable stop) {
        return new JobDatabaseServer() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public void close() throws IOException {
                stop.close();
            }
        };
    }
}

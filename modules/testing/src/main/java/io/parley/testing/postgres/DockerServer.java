package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server from Testcontainers, which ends a container with the test run that started it: one server for each run. */
record DockerServer(PostgreSQLContainer container) implements TestServer {
    static DockerServer start() {
        var container = new PostgreSQLContainer("postgres:18-alpine").withCommand("postgres", "-c", "fsync=off");
        container.start();
        return new DockerServer(container);
    }

    @Override
    public DatabaseUrl url() {
        return DatabaseUrl.parse("postgresql://" + container.getUsername() + ":" + container.getPassword() + "@"
                + container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/"
                + container.getDatabaseName() + "?sslmode=disable");
    }

    @Override
    public void close() {
        container.stop();
    }
}

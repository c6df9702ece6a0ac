package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;

/** A PostgreSQL for the whole run. */
interface TestServer extends AutoCloseable {
    static TestServer start() {
        return DockerEngine.answers() ? DockerServer.start() : EmbeddedServer.start();
    }

    /** As a superuser, in a database that nobody else uses. */
    DatabaseUrl url();

    @Override
    void close();
}

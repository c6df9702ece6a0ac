package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;

/** A PostgreSQL that serves at least one whole test run. */
interface TestServer extends AutoCloseable {
    static TestServer start(BuildFolder folder) {
        return DockerEngine.answers() ? DockerServer.start() : EmbeddedServer.shared(folder);
    }

    /** Names a superuser and a database that nobody else uses. */
    DatabaseUrl url();

    @Override
    void close();
}

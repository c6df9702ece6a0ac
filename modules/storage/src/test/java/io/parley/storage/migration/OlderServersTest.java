package io.parley.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.embedded.Servers;
import io.parley.storage.OlderServer;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migrations on the older versions of PostgreSQL that an operator may have. */
class OlderServersTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void migratesUpDownAndUpOnOlderServers(int major) throws IOException {
        try (var server = OlderServer.start(major)) {
            assertThat(Servers.query(server.url(), "SHOW server_version")).startsWith(major + ".");
            RollbackTest.assertRoundTrip(server.url());
        }
    }
}

package io.parley.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the server and its data when processes are killed, and who may use them. */
class KilledProcessesTest {
    @TempDir
    Path data;

    @BeforeEach
    void fill() throws Exception {
        UsedData.copyTo(data);
    }

    @Test
    void isRestartedOnItsPortWhenItIsKilled() throws Exception {
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            Servers.execute(server.url(), "CREATE TABLE kept AS SELECT 42 AS answer");
            var killed = Processes.kill(Processes.postmaster(data));

            Await.until(() -> PostmasterFile.read(DataDirectory.data(data))
                    .filter(file -> file.process() != killed && file.ready())
                    .isPresent());
            assertThat(answer(server.url())).isEqualTo("42");
        }
    }

    @Test
    void recoversAfterServerAndProcessWereKilled() throws Exception {
        try (var program = ChildProgram.start(data)) {
            Servers.execute(program.url(), "CREATE TABLE kept AS SELECT 42 AS answer");
            program.kill();
            Processes.kill(Processes.postmaster(data));
        }
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            assertThat(answer(server.url())).isEqualTo("42");
        }
    }

    @Test
    void adoptsTheServerOfAKilledProcess() throws Exception {
        try (var program = ChildProgram.start(data)) {
            Servers.execute(program.url(), "CREATE TABLE kept AS SELECT 42 AS answer");
            program.kill();
            var orphan = Processes.postmaster(data);

            try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
                assertThat(server.url()).isEqualTo(program.url());
                assertThat(Processes.postmaster(data)).isEqualTo(orphan);
                assertThat(answer(server.url())).isEqualTo("42");
            }
            assertThat(orphan.isAlive()).isFalse();
        }
    }

    @Test
    void startsEvenIfAnotherProgramHasItsFormerProcessId() throws Exception {
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            Servers.execute(server.url(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        var stranger = Long.toString(ProcessHandle.current().pid());
        Files.writeString(
                DataDirectory.data(data).resolve("postmaster.pid"),
                String.join(
                        "\n", stranger, data.toString(), "1", "5432", "", "127.0.0.1", "  1234 5678", "ready   ", ""));

        assertThat(EmbeddedPostgres.attach(data)).isEmpty();
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            assertThat(answer(server.url())).isEqualTo("42");
        }
    }

    @Test
    void refusesASecondProcessButLetsACommandConnect() throws Exception {
        try (var program = ChildProgram.start(data)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(Servers.durable(data)))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("the data directory " + data.toRealPath() + " is in use by another Parley process");
            assertThat(EmbeddedPostgres.attach(data)).contains(program.url());
        }
    }

    private static String answer(DatabaseUrl url) {
        return Servers.query(url, "SELECT answer FROM kept");
    }
}

package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.Pause;
import io.parley.config.system.harness.JarDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** A database fault that strikes when a message with a given text is inserted. */
final class DatabaseFault {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GATE = 53_100;

    private final JarDatabase server;
    private final Connection gate;

    private DatabaseFault(JarDatabase server, String text, String fault) {
        this.server = server;
        try {
            gate = server.url().connect();
            try (var statement = gate.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        server.execute("""
            CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF new.content = '%s' THEN %s; END IF;
                RETURN new;
            END $$;
            CREATE TRIGGER sabotage BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION sabotage();
            """.formatted(text, fault));
    }

    /** The insert fails because the disk is full. */
    static DatabaseFault fullDisk(JarDatabase server, String text) {
        return new DatabaseFault(server, text, "RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'");
    }

    /** The insert waits. */
    static DatabaseFault standstill(JarDatabase server, String text) {
        return new DatabaseFault(server, text, "PERFORM pg_advisory_xact_lock(" + GATE + ")");
    }

    /** Runs the action while the fault exists and returns its result. */
    <T> T during(Function<DatabaseFault, T> something) {
        try {
            return something.apply(this);
        } finally {
            end();
        }
    }

    /** Waits until this many inserts wait. */
    void awaitStandstill(int waiting) {
        var deadline = Instant.now().plus(PATIENCE);
        while (waiting() < waiting) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
    }

    private int waiting() {
        return server.read("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                .size();
    }

    /** Lets the waiting inserts continue. */
    void letGo() {
        try {
            gate.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Terminates all connections of the program. */
    void cutConnections() {
        assertThat(server.read("""
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
               AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)
            """)).isNotEmpty().containsOnly("t");
    }

    private void end() {
        letGo();
        server.execute("DROP FUNCTION sabotage() CASCADE");
    }
}

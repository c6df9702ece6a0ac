package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.Pause;
import io.parley.config.system.harness.JarDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A database fault that strikes when a message with a given text is inserted. */
final class DatabaseFault {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GATE = 53_100;

    private final JarDatabase server;
    private final String text;
    private final String fault;
    private final Connection gate;

    private DatabaseFault(JarDatabase server, String text, String fault) {
        this.server = server;
        this.text = text;
        this.fault = fault;
        try {
            gate = server.url().connect();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
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
            begin();
            return something.apply(this);
        } finally {
            end();
        }
    }

    private void begin() {
        try (var statement = gate.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        server.execute("""
            CREATE OR REPLACE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF new.content = '%s' THEN %s; END IF;
                RETURN new;
            END $$;
            CREATE OR REPLACE TRIGGER sabotage BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION sabotage();
            """.formatted(text, fault));
    }

    /** Waits until this many inserts wait. */
    void awaitStandstill(int waiting) {
        await(() -> waiting() >= waiting);
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

    /** Terminates all connections of the program and waits for their end. */
    void cutConnections() {
        var cut = server.read("""
            SELECT pid FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
               AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)
            """);
        assertThat(cut).isNotEmpty();
        cut.forEach(pid -> server.execute("SELECT pg_terminate_backend(" + pid + ")"));
        await(() -> Collections.disjoint(cut, server.read("SELECT pid FROM pg_stat_activity")));
    }

    private static void await(BooleanSupplier reached) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!reached.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
    }

    private void end() {
        letGo();
        server.execute("DROP FUNCTION IF EXISTS sabotage() CASCADE");
    }
}

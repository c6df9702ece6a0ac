package io.parley.files;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Files;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Stored;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uploads whose node has died: nobody abandons them. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class AbandonedUploadsTest {
    private static final long SIZE = Files.CHUNK_BYTES + 1;

    /** How often there is no room for a file. */
    private static final AtomicInteger refusals = new AtomicInteger();

    private final Bus bus;
    private final Database database;

    AbandonedUploadsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new FilesVerticle(bus, database)));
        Answers.of(bus.answer(
                Quotas.RESERVE_STORAGE,
                need -> need.bytes() >= SIZE && refusals.getAndDecrement() > 0
                        ? Future.failedFuture(Problem.full("bytes", "You have stored too much."))
                        : Future.succeededFuture(new Quotas.Room(need.rows(), need.bytes(), false))));
    }

    @BeforeEach
    void clear() {
        refusals.set(0);
        run("DELETE FROM files");
    }

    @Test
    void giveTheirRoomToTheNextUploadAfterMinutes() {
        Answers.of(begin(margaret, SIZE));
        Answers.of(begin(ada, SIZE));
        refusals.set(1);
        assertThat(problemOf(begin(margaret, SIZE)).kind()).isEqualTo(Kind.FULL);

        pass(6);
        refusals.set(1);

        Answers.of(begin(margaret, SIZE));
        assertThat(bytes(margaret)).isEqualTo(SIZE);
        assertThat(bytes(ada)).isEqualTo(SIZE);
    }

    @Test
    void areNotThoseOfWhichSomethingArrives() {
        var id = Ids.next();
        Answers.of(begin(margaret, id, SIZE));
        pass(6);
        Answers.of(bus.ask(Files.APPEND, new Files.Append(margaret, id, 0, new byte[10], true)));

        refusals.set(1);
        assertThat(problemOf(begin(margaret, SIZE)).kind()).isEqualTo(Kind.FULL);

        Answers.of(bus.ask(Files.APPEND, new Files.Append(margaret, id, 1, new byte[10], true)));
        assertThat(bytes(margaret)).isEqualTo(SIZE);
    }

    private Future<Files.Begun> begin(Caller caller, long size) {
        return begin(caller, Ids.next(), size);
    }

    private Future<Files.Begun> begin(Caller caller, UUID id, long size) {
        return bus.ask(Files.BEGIN, new Files.Begin(caller, id, "a", null, null, size));
    }

    private long bytes(Caller caller) {
        return Answers.of(bus.ask(Stored.of("files"), new Stored.Count(caller.userId())))
                .bytes();
    }

    private void pass(int minutes) {
        run("UPDATE files SET began_at = began_at - interval '" + minutes + " minutes'");
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}

package io.parley.files;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uploads files to the module and reads them. Before each test, there are none, and room for all. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
abstract class UploadedFiles {
    /** The most bytes that a reservation gets. */
    static volatile long room = Long.MAX_VALUE;

    final Bus bus;
    final Database database;

    public UploadedFiles(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    public static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new FilesVerticle(bus, database)));
        Answers.of(bus.answer(
                Quotas.RESERVE_STORAGE,
                need -> need.bytes() > room
                        ? Future.failedFuture(Problem.full("bytes", "You have stored too much."))
                        : Future.succeededFuture(new Quotas.Room(need.rows(), need.bytes(), false))));
    }

    @BeforeEach
    public void clear() {
        room = Long.MAX_VALUE;
        run("DELETE FROM files");
    }

    StoredFile store(Caller caller, String name, byte[] content) {
        var id = begin(caller, Ids.next(), name);
        for (int number = 0; number * Files.CHUNK_BYTES < content.length; number++) {
            int from = number * Files.CHUNK_BYTES;
            append(
                    caller,
                    id,
                    number,
                    Arrays.copyOfRange(content, from, Math.min(content.length, from + Files.CHUNK_BYTES)));
        }
        return Answers.of(bus.ask(Files.FINISH, new Files.Finish(caller, id, content.length, sha256(content))));
    }

    UUID begin(Caller caller, UUID id, String name) {
        assertThat(Answers.of(bus.ask(Files.BEGIN, new Files.Begin(caller, id, name, null)))
                        .existing())
                .isNull();
        return id;
    }

    void append(Caller caller, UUID id, int number, byte[] data) {
        Answers.of(bus.ask(Files.APPEND, new Files.Append(caller, id, number, data)));
    }

    byte[] read(Caller caller, UUID id, int number) {
        return Answers.of(bus.ask(Files.READ, new Files.Read(caller, id, number)))
                .data();
    }

    List<StoredFile> list(Caller caller, boolean deleted) {
        return Answers.of(
                        bus.ask(Files.LIST, new Files.ListMine(caller, deleted, new PageRequest(null, 50, Order.ASC))))
                .items();
    }

    Amount amount(Caller caller) {
        return Answers.of(bus.ask(Stored.of("files"), new Stored.Count(caller.userId())));
    }

    static Kind kind(Future<?> asked) {
        return problemOf(asked).kind();
    }

    // Bytes that no compression makes smaller, and no text.
    static byte[] content(int length) {
        var content = new byte[length];
        for (int at = 0; at < length; at++) content[at] = (byte) (at * 31 + at / 251);
        return content;
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Sha256.digest().digest(content));
    }

    void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}

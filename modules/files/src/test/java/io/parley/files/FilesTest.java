package io.parley.files;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class FilesTest {
    private static volatile long room = Long.MAX_VALUE;

    private final Bus bus;
    private final Database database;

    FilesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new FilesVerticle(bus, database)));
        Answers.of(bus.answer(
                Quotas.RESERVE_STORAGE,
                need -> need.bytes() > room
                        ? Future.failedFuture(Problem.full("bytes", "You have stored too much."))
                        : Future.succeededFuture(new Quotas.Room(need.rows(), need.bytes(), false))));
    }

    @BeforeEach
    void clear() {
        room = Long.MAX_VALUE;
        run("DELETE FROM files");
    }

    @Test
    void storesAFileInChunksAndReadsThem() {
        var content = content(Files.CHUNK_BYTES + 10);

        var file = store(ada, "Holiday.bin", content);

        assertThat(file)
                .returns(ada.userId(), StoredFile::userId)
                .returns("Holiday.bin", StoredFile::name)
                .returns("application/octet-stream", StoredFile::mediaType)
                .returns((long) content.length, StoredFile::size)
                .returns(sha256(content), StoredFile::sha256);
        assertThat(read(ada, file.id(), 0)).isEqualTo(Arrays.copyOf(content, Files.CHUNK_BYTES));
        assertThat(read(ada, file.id(), 1)).isEqualTo(Arrays.copyOfRange(content, Files.CHUNK_BYTES, content.length));
        assertThat(problemOf(bus.ask(Files.READ, new Files.Read(ada, file.id(), 2)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(list(ada, false)).containsExactly(file);
    }

    @Test
    void showsNothingBeforeAllHasArrived() {
        var id = begin(ada, Ids.next(), "a");
        append(ada, id, 0, content(3));

        assertThat(list(ada, false)).isEmpty();
        assertThat(kind(bus.ask(Files.FIND, new Files.Find(ada, id)))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(bus.ask(Files.READ, new Files.Read(ada, id, 0)))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(bus.ask(Files.FINISH, new Files.Finish(ada, id, 4, sha256(content(4))))))
                .isEqualTo(Kind.INVALID);
        assertThat(kind(bus.ask(Files.DELETE, new Files.Delete(ada, id, Versions.ANY))))
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void beginsAgainAfterAnAttemptThatBrokeOff() {
        var id = begin(ada, Ids.next(), "a");
        append(ada, id, 0, content(30));
        append(ada, id, 1, content(20));

        begin(ada, id, "b");
        append(ada, id, 0, "Hello".getBytes(UTF_8));
        var finish = new Files.Finish(ada, id, 5, sha256("Hello".getBytes(UTF_8)));
        var file = Answers.of(bus.ask(Files.FINISH, finish));

        assertThat(file).returns("b", StoredFile::name).returns("text/plain", StoredFile::mediaType);
        assertThat(Answers.of(bus.ask(Files.FINISH, finish))).isEqualTo(file);
        assertThat(Answers.of(bus.ask(Files.BEGIN, new Files.Begin(ada, id, "c", null)))
                        .existing())
                .isEqualTo(file);
        assertThat(kind(bus.ask(Files.APPEND, new Files.Append(ada, id, 1, content(1)))))
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void abandonsOnlyWhatHasNotArrived() {
        var file = store(ada, "a", content(3));
        var id = begin(ada, Ids.next(), "b");
        append(ada, id, 0, content(3));

        for (var each : List.of(file.id(), id)) Answers.of(bus.ask(Files.ABANDON, new Files.Abandon(ada, each)));

        assertThat(list(ada, false)).containsExactly(file);
        assertThat(amount(ada)).isEqualTo(new Amount(1, 3));
    }

    @Test
    void letsNobodyElseNearAFile() {
        var adas = store(ada, "a", content(3));
        var deleted = store(ada, "b", content(3));
        Answers.of(bus.ask(Files.DELETE, new Files.Delete(ada, deleted.id(), Versions.ANY)));
        var arriving = begin(ada, Ids.next(), "c");

        for (var stranger : List.of(grace, margaret)) {
            assertThat(List.of(
                            kind(bus.ask(Files.FIND, new Files.Find(stranger, adas.id()))),
                            kind(bus.ask(Files.READ, new Files.Read(stranger, adas.id(), 0))),
                            kind(bus.ask(Files.DELETE, new Files.Delete(stranger, adas.id(), Versions.ANY))),
                            kind(bus.ask(Files.RESTORE, new Files.Restore(stranger, deleted.id())))))
                    .containsOnly(Kind.FORBIDDEN);
            assertThat(kind(bus.ask(Files.APPEND, new Files.Append(stranger, arriving, 0, content(1)))))
                    .isEqualTo(Kind.NOT_FOUND);
            Answers.of(bus.ask(Files.ABANDON, new Files.Abandon(stranger, arriving)));
            assertThat(list(stranger, false)).isEmpty();
            assertThat(list(stranger, true)).isEmpty();
        }
        append(ada, arriving, 0, content(1));
        assertThat(list(ada, false)).containsExactly(adas);
    }

    @Test
    void deletesToTheTrashAndRestores() {
        var file = store(ada, "a", content(3));
        assertThat(kind(bus.ask(Files.DELETE, new Files.Delete(ada, file.id(), Versions.of()))))
                .isEqualTo(Kind.STALE);

        Answers.of(bus.ask(Files.DELETE, new Files.Delete(ada, file.id(), Versions.of(file.updatedAt()))));
        assertThat(list(ada, false)).isEmpty();
        assertThat(list(ada, true)).extracting(StoredFile::id).containsExactly(file.id());
        assertThat(kind(bus.ask(Files.READ, new Files.Read(ada, file.id(), 0)))).isEqualTo(Kind.NOT_FOUND);

        var restored = Answers.of(bus.ask(Files.RESTORE, new Files.Restore(ada, file.id())));
        assertThat(restored.deletedAt()).isNull();
        assertThat(read(ada, file.id(), 0)).isEqualTo(content(3));
        assertThat(Answers.of(bus.ask(Files.RESTORE, new Files.Restore(ada, file.id()))))
                .isEqualTo(restored);
    }

    @Test
    void purgesWhatIsLongInTheTrashAndWhatNeverArrived() {
        var kept = store(ada, "kept", content(3));
        var doomed = store(ada, "doomed", content(2 * Files.CHUNK_BYTES + 1));
        Answers.of(bus.ask(Files.DELETE, new Files.Delete(ada, doomed.id(), Versions.ANY)));
        var left = begin(grace, Ids.next(), "left");
        append(grace, left, 0, content(3));
        var arriving = begin(grace, Ids.next(), "arriving");

        assertThat(purge(Duration.ofHours(1))).isZero();
        run("UPDATE files SET deleted_at = deleted_at - interval '2 hours' WHERE deleted_at IS NOT NULL");
        run("UPDATE files SET began_at = began_at - interval '2 days' WHERE id = '" + left + "'");

        assertThat(purge(Duration.ofHours(1))).isEqualTo(2);
        assertThat(kind(bus.ask(Files.RESTORE, new Files.Restore(ada, doomed.id()))))
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(amount(ada)).isEqualTo(new Amount(1, 3));
        append(grace, arriving, 0, content(1));
        assertThat(read(ada, kept.id(), 0)).isEqualTo(content(3));
    }

    private int purge(Duration age) {
        int removed = 0;
        boolean more = true;
        while (more) {
            var purged = Answers.afterTimeouts(() -> bus.ask(Purge.of("files"), new Batch(age, 2)));
            removed += purged.removed();
            more = purged.more();
        }
        return removed;
    }

    @Test
    void refusesWhatThereIsNoRoomFor() {
        var id = begin(margaret, Ids.next(), "a");
        room = 10;
        assertThat(kind(bus.ask(Files.APPEND, new Files.Append(margaret, id, 0, content(11)))))
                .isEqualTo(Kind.FULL);
        append(margaret, id, 0, content(10));
        assertThat(amount(margaret)).isEqualTo(new Amount(1, 10));
    }

    @Test
    void keepsRoomForAllThatIsExpected() {
        int size = Files.CHUNK_BYTES + 1;
        room = size;
        var id = Ids.next();
        Answers.of(bus.ask(Files.BEGIN, new Files.Begin(margaret, id, "a", null, null, size)));
        room = 0;

        assertThat(amount(margaret)).isEqualTo(new Amount(1, size));
        Answers.of(bus.ask(Files.APPEND, new Files.Append(margaret, id, 0, content(Files.CHUNK_BYTES), true)));
        assertThat(amount(margaret)).isEqualTo(new Amount(1, size));
        Answers.of(bus.ask(Files.APPEND, new Files.Append(margaret, id, 1, content(1), true)));
        assertThat(kind(bus.ask(Files.APPEND, new Files.Append(margaret, id, 2, content(1)))))
                .isEqualTo(Kind.FULL);
    }

    @Test
    void beginsNothingThatThereIsNoRoomFor() {
        room = Files.CHUNK_BYTES;
        var begin = new Files.Begin(margaret, Ids.next(), "a", null, null, Files.CHUNK_BYTES + 1);

        assertThat(kind(bus.ask(Files.BEGIN, begin))).isEqualTo(Kind.FULL);
        assertThat(amount(margaret)).isEqualTo(new Amount(0, 0));
    }

    @Test
    void needsNoRoomForAFileThatIsStored() {
        var stored = store(ada, "a", content(Files.CHUNK_BYTES + 1));
        room = 1_000;

        var begin = new Files.Begin(ada, stored.id(), "a", null, null, stored.size());
        assertThat(Answers.of(bus.ask(Files.BEGIN, begin)).existing()).isEqualTo(stored);
    }

    @Test
    void countsForAdministrators() {
        store(ada, "a", content(3));
        var deleted = store(ada, "b", content(3));
        Answers.of(bus.ask(Files.DELETE, new Files.Delete(ada, deleted.id(), Versions.ANY)));
        begin(ada, Ids.next(), "c");

        var figures = Answers.of(bus.ask(Statistics.of("files"), new Statistics.Query(margaret)));

        assertThat(figures.counts())
                .containsExactly(new Count("live", 1), new Count("deleted", 1), new Count("arriving", 1));
        assertThat(figures.bytes()).isPositive();
        assertThat(kind(bus.ask(Statistics.of("files"), new Statistics.Query(ada))))
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void pagesThroughFiles() {
        var stored = List.of(store(ada, "a", content(1)), store(ada, "b", content(1)), store(ada, "c", content(1)));

        var first = page(new PageRequest(null, 2, Order.ASC));
        var second = page(new PageRequest(first.nextCursor(), 2, Order.ASC));

        assertThat(first.items()).containsExactly(stored.get(0), stored.get(1));
        assertThat(second.items()).containsExactly(stored.get(2));
        assertThat(second.nextCursor()).isNull();
    }

    private Page<StoredFile> page(PageRequest request) {
        return Answers.of(bus.ask(Files.LIST, new Files.ListMine(ada, false, request)));
    }

    private StoredFile store(Caller caller, String name, byte[] content) {
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

    private UUID begin(Caller caller, UUID id, String name) {
        assertThat(Answers.of(bus.ask(Files.BEGIN, new Files.Begin(caller, id, name, null)))
                        .existing())
                .isNull();
        return id;
    }

    private void append(Caller caller, UUID id, int number, byte[] data) {
        Answers.of(bus.ask(Files.APPEND, new Files.Append(caller, id, number, data)));
    }

    private byte[] read(Caller caller, UUID id, int number) {
        return Answers.of(bus.ask(Files.READ, new Files.Read(caller, id, number)))
                .data();
    }

    private List<StoredFile> list(Caller caller, boolean deleted) {
        return Answers.of(
                        bus.ask(Files.LIST, new Files.ListMine(caller, deleted, new PageRequest(null, 50, Order.ASC))))
                .items();
    }

    private Amount amount(Caller caller) {
        return Answers.of(bus.ask(Stored.of("files"), new Stored.Count(caller.userId())));
    }

    private static Kind kind(Future<?> asked) {
        return problemOf(asked).kind();
    }

    // Bytes that no compression makes smaller, and no text.
    private static byte[] content(int length) {
        var content = new byte[length];
        for (int at = 0; at < length; at++) content[at] = (byte) (at * 31 + at / 251);
        return content;
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Sha256.digest().digest(content));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}

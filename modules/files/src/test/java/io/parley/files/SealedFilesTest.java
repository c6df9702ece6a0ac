package io.parley.files;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class SealedFilesTest {
    private static final String SECRET = "quokka";

    private final Bus bus;
    private final Database database;

    SealedFilesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new FilesVerticle(bus, database)));
        Answers.of(bus.answer(
                Quotas.RESERVE_STORAGE,
                need -> Future.succeededFuture(new Quotas.Room(need.rows(), need.bytes(), false))));
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM files");
    }

    @Test
    void storeNothingInClearAndReadItBack() {
        var content = content(Files.CHUNK_BYTES + 10);

        var file = store(SECRET + ".txt", content, true);

        assertThat(file)
                .returns(true, StoredFile::encrypted)
                .returns(SECRET + ".txt", StoredFile::name)
                .returns("text/plain", StoredFile::mediaType)
                .returns(sha256(content), StoredFile::sha256);
        assertThat(Answers.of(bus.ask(Files.FIND, new Files.Find(ada, file.id()))))
                .isEqualTo(file);
        assertThat(list(false)).containsExactly(file);
        assertThat(read(file, 0)).isEqualTo(Arrays.copyOf(content, Files.CHUNK_BYTES));
        assertThat(read(file, 1)).isEqualTo(Arrays.copyOfRange(content, Files.CHUNK_BYTES, content.length));
        assertThat(texts("SELECT num_nonnulls(name, sha256)::text AS t FROM files"))
                .containsExactly("0");
        assertThat(texts("SELECT encode(coalesce(data, sealed), 'escape') AS t FROM file_chunks"))
                .hasSize(2)
                .noneMatch(chunk -> chunk.contains(SECRET));
    }

    @Test
    void countAsManyBytesAsTheyHave() {
        store("a", content(Files.CHUNK_BYTES + 10), true);
        store("b", content(5), false);

        assertThat(Answers.of(bus.ask(Stored.of("files"), new Stored.Count(ada.userId()))))
                .isEqualTo(new Amount(2, Files.CHUNK_BYTES + 15));
    }

    @Test
    void goToTheTrashAndComeBack() {
        var file = store(SECRET, content(3), true);

        Answers.of(bus.ask(Files.DELETE, new Files.Delete(ada, file.id(), Versions.ANY)));
        assertThat(list(true)).extracting(StoredFile::name).containsExactly(SECRET);

        assertThat(Answers.of(bus.ask(Files.RESTORE, new Files.Restore(ada, file.id()))))
                .returns(SECRET, StoredFile::name)
                .returns(file.sha256(), StoredFile::sha256);
        assertThat(read(file, 0)).isEqualTo(content(3));
    }

    @Test
    void mayBeginAgainAsTheOtherKind() {
        for (boolean encrypted : List.of(true, false)) {
            var id = Ids.next();
            begin(id, "first", !encrypted);
            append(id, 0, content(30));
            append(id, 1, content(30));
            begin(id, "second", encrypted);
            append(id, 0, content(5));

            var file = finish(id, content(5));

            assertThat(file).returns("second", StoredFile::name).returns(encrypted, StoredFile::encrypted);
            assertThat(read(file, 0)).isEqualTo(content(5));
            assertThat(finish(id, content(5))).isEqualTo(file);
            assertThat(Answers.of(bus.ask(Files.BEGIN, new Files.Begin(ada, id, "third", null, true)))
                            .existing())
                    .isEqualTo(file);
        }
    }

    @Test
    void mustHaveTheSizeThatTheirSenderSays() {
        var id = Ids.next();
        begin(id, "a", true);
        append(id, 0, content(5));

        assertThat(problemOf(bus.ask(Files.FINISH, new Files.Finish(ada, id, 6, sha256(content(6)))))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(finish(id, content(5)).size()).isEqualTo(5);
    }

    @Test
    void openNoChunkInThePlaceOfAnother() {
        var one = store("one", content(Files.CHUNK_BYTES * 2), true);
        var two = store("two", content(Files.CHUNK_BYTES * 2), true);

        run("UPDATE file_chunks c SET sealed = o.sealed FROM file_chunks o WHERE c.number = 1 AND c.file_id = '"
                + one.id() + "' AND o.number = 1 AND o.file_id = '" + two.id() + "'");
        run("UPDATE file_chunks c SET sealed = o.sealed FROM file_chunks o WHERE c.number = 1 AND c.file_id = '"
                + two.id() + "' AND o.number = 0 AND o.file_id = '" + two.id() + "'");

        for (var file : List.of(one, two)) {
            assertThat(read(file, 0)).hasSize(Files.CHUNK_BYTES);
            assertThat(problemOf(bus.ask(Files.READ, new Files.Read(ada, file.id(), 1)))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    private StoredFile store(String name, byte[] content, boolean encrypted) {
        var id = Ids.next();
        begin(id, name, encrypted);
        for (int from = 0; from < content.length; from += Files.CHUNK_BYTES)
            append(
                    id,
                    from / Files.CHUNK_BYTES,
                    Arrays.copyOfRange(content, from, Math.min(content.length, from + Files.CHUNK_BYTES)));
        return finish(id, content);
    }

    private void begin(UUID id, String name, boolean encrypted) {
        assertThat(Answers.of(bus.ask(Files.BEGIN, new Files.Begin(ada, id, name, null, encrypted)))
                        .existing())
                .isNull();
    }

    private void append(UUID id, int number, byte[] data) {
        Answers.of(bus.ask(Files.APPEND, new Files.Append(ada, id, number, data)));
    }

    private StoredFile finish(UUID id, byte[] content) {
        return Answers.of(bus.ask(Files.FINISH, new Files.Finish(ada, id, content.length, sha256(content))));
    }

    private byte[] read(StoredFile file, int number) {
        return Answers.of(bus.ask(Files.READ, new Files.Read(ada, file.id(), number)))
                .data();
    }

    private List<StoredFile> list(boolean deleted) {
        return Answers.of(bus.ask(Files.LIST, new Files.ListMine(ada, deleted, new PageRequest(null, 50, Order.ASC))))
                .items();
    }

    private static byte[] content(int length) {
        var text = (SECRET + " ").repeat(length / SECRET.length() + 1).getBytes(UTF_8);
        return Arrays.copyOf(text, length);
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Sha256.digest().digest(content));
    }

    private List<String> texts(String sql) {
        return Answers.of(OwnerDatabase.of(database)
                .query("/* test */ " + sql, row -> row.getString("t"))
                .list(Parameters.none()));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query("/* test */ " + sql).run(Parameters.none()));
    }
}

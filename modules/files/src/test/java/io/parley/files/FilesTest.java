package io.parley.files;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilesTest extends UploadedFiles {
    FilesTest(Bus bus, Database database) {
        super(bus, database);
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
}

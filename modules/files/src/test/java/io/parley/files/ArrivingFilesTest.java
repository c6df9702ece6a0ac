package io.parley.files;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.margaret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files on their way: what is seen of them, and the room that they take. */
class ArrivingFilesTest extends UploadedFiles {
    ArrivingFilesTest(Bus bus, Database database) {
        super(bus, database);
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
}

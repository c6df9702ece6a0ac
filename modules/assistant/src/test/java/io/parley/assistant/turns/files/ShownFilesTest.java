package io.parley.assistant.turns.files;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.history.PromptLines;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.Prompt.Line;
import io.parley.assistant.models.Prompt.Piece;
import io.parley.assistant.models.Prompt.ShownFile;
import io.parley.contracts.assistant.Responses.UnstoredFile;
import io.parley.contracts.files.Files;
import io.parley.contracts.files.Files.Chunk;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.BytesInFlight;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class ShownFilesTest {
    private static final int MOST = 1000;
    private static final Map<UUID, byte[]> CONTENTS = new ConcurrentHashMap<>();
    private static final Map<UUID, StoredFile> FILES = new ConcurrentHashMap<>();

    private final Bus bus;
    private int mostBytes = MOST;
    private BytesInFlight memory = new BytesInFlight(1_000_000);
    private List<UnstoredFile> unstored = List.of();

    ShownFilesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(bus.answer(Files.FIND, ShownFilesTest::find));
        Answers.of(bus.answer(Files.READ, ShownFilesTest::read));
    }

    private static Future<StoredFile> find(Files.Find query) {
        var file = FILES.get(query.id());
        return file == null ? Future.failedFuture(Problem.notFound("file")) : Future.succeededFuture(file);
    }

    private static Future<Chunk> read(Files.Read query) {
        var content = CONTENTS.get(query.id());
        int from = query.number() * Files.CHUNK_BYTES;
        return Future.succeededFuture(
                new Chunk(Arrays.copyOfRange(content, from, Math.min(content.length, from + Files.CHUNK_BYTES))));
    }

    @Test
    void readsEachFileAsItsTypeWants() {
        var image = stored("lake.png", "image/png", "pixels".getBytes(UTF_8));
        var text = stored("notes.txt", "text/plain", "Grüße".getBytes(UTF_8));

        assertThat(pieces(true, user(MessagePart.text("Look:"), image, text)))
                .containsExactly(
                        Piece.of("Look:"),
                        Piece.of(new ShownFile("lake.png", "image/png", base64("pixels"))),
                        Piece.of("The file \"notes.txt\":\n\nGrüße"));
    }

    @Test
    void readsAllChunks() {
        mostBytes = 1_000_000;
        memory = new BytesInFlight(100_000_000);
        var data = "0123456789abcdef".repeat(40_000).getBytes(UTF_8);

        var shown = pieces(true, user(stored("long.pdf", "application/pdf", data)));

        assertThat(shown.get(0).file().base64()).isEqualTo(Base64.getEncoder().encodeToString(data));
    }

    @Test
    void leavesOutTheOldestFilesThatDoNotFit() {
        var old = stored("old.png", "image/png", new byte[600]);
        var recent = stored("new.png", "image/png", new byte[600]);

        var shown = shown(true, user(old), user(recent));

        assertThat(shown.get(0).pieces()).containsExactly(Piece.of(FileNotes.LEFT_OUT.of(old)));
        assertThat(shown.get(1).pieces().get(0).file().name()).isEqualTo("new.png");
    }

    @Test
    void saysInWordsWhatIsDeletedOrOfAnotherType() {
        var gone = MessagePart.file(Ids.next(), "gone.png", "image/png", 7);
        var zip = stored("a.zip", "application/zip", new byte[5]);

        assertThat(pieces(true, user(gone, zip)))
                .containsExactly(Piece.of(FileNotes.GONE.of(gone)), Piece.of(FileNotes.NOT_TAKEN.of(zip)));
    }

    @Test
    void showsAModelThatTakesNoneAText() {
        var image = stored("lake.png", "image/png", new byte[5]);

        var lines = PromptLines.of(shown(false, user(MessagePart.text("Look:"), image)), List.of(), List.of());

        assertThat(lines).containsExactly(Line.text(Role.USER, "Look:\n\n" + FileNotes.NOT_TAKEN.of(image)));
    }

    @Test
    void mergesFilesWithWhatIsSaidBeforeAndAfter() {
        var image = stored("lake.png", "image/png", "pixels".getBytes(UTF_8));

        var lines = PromptLines.of(
                shown(true, user(MessagePart.text("one")), user(image), user(MessagePart.text("two"))),
                List.of(),
                List.of());

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).pieces())
                .containsExactly(
                        Piece.of("one"),
                        Piece.of(new ShownFile("lake.png", "image/png", base64("pixels"))),
                        Piece.of("two"));
    }

    @Test
    void sendsBackNoFileOfTheModelsOwn() {
        var image = stored("lake.png", "image/png", new byte[5]);

        assertThat(pieces(true, message(Role.ASSISTANT, image)))
                .containsExactly(Piece.of(FileNotes.NOT_TAKEN.of(image)));
    }

    @Test
    void takesWhatIsNotStoredFromTheRequest() {
        var part = MessagePart.file(Ids.next(), "lake.png", "image/png", 6);
        unstored = List.of(new UnstoredFile(part.requireFileId(), "pixels".getBytes(UTF_8)));

        assertThat(pieces(true, user(part)))
                .containsExactly(Piece.of(new ShownFile("lake.png", "image/png", base64("pixels"))));
    }

    @Test
    void failsIfThereIsNoMemory() {
        memory = new BytesInFlight(100);
        var image = stored("lake.png", "image/png", new byte[500]);

        assertThat(problemOf(ask(true, user(image))).kind()).isEqualTo(Kind.OVERLOADED);
    }

    private static MessagePart stored(String name, String mediaType, byte[] data) {
        var file = new StoredFile(
                Ids.next(), ada.userId(), name, mediaType, data.length, "00", Instant.EPOCH, Instant.EPOCH, null);
        FILES.put(file.id(), file);
        CONTENTS.put(file.id(), data);
        return MessagePart.file(file);
    }

    private List<Piece> pieces(boolean takesImages, HistoryMessage message) {
        return shown(takesImages, message).get(0).pieces();
    }

    private List<HistoryMessage> shown(boolean takesImages, HistoryMessage... messages) {
        return Answers.of(ask(takesImages, messages));
    }

    private Future<List<HistoryMessage>> ask(boolean takesImages, HistoryMessage... messages) {
        var choice = new ModelChoice("scripted", "one", false, takesImages, (prompt, listener) -> {
            throw new UnsupportedOperationException();
        });
        return new ShownFiles(bus, ada, choice, mostBytes, memory.open(), unstored).addTo(List.of(messages));
    }

    private static HistoryMessage user(MessagePart... parts) {
        return message(Role.USER, parts);
    }

    private static HistoryMessage message(Role role, MessagePart... parts) {
        var list = Stream.of(parts).toList();
        return new HistoryMessage(
                new Message(
                        Ids.next(),
                        adasTripPlan,
                        ada.userId(),
                        null,
                        role,
                        MessagePart.contentOf(list),
                        list,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Json.EMPTY_OBJECT,
                        Siblings.ALONE,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null),
                null);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}

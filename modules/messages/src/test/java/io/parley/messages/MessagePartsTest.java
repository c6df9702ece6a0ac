package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessagePartsTest {
    private static final StoredFile LAKE = file(ada, "lake.png", "image/png");
    private static final StoredFile MAP = file(ada, "map.pdf", "application/pdf");
    private static final StoredFile DIARY = file(grace, "diary.txt", "text/plain");
    private static final Map<UUID, StoredFile> FILES = new ConcurrentHashMap<>();

    private final Bus bus;

    MessagePartsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        for (var file : List.of(LAKE, MAP, DIARY)) FILES.put(file.id(), file);
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(new ConversationsFake().answer(bus));
        Answers.of(bus.answer(Files.FIND, MessagePartsTest::find));
    }

    private static Future<StoredFile> find(Files.Find query) {
        var file = FILES.get(query.id());
        if (file == null) throw Problem.notFound("file");
        if (!file.userId().equals(query.caller().userId())) throw Problem.forbidden("file");
        return Future.succeededFuture(file);
    }

    @Test
    void keepsTextsAndFilesInTheirOrder() {
        var message = post(draft(
                null,
                MessagePart.text("This is the lake:"),
                MessagePart.file(LAKE.id()),
                MessagePart.text("And how to get there:"),
                MessagePart.file(MAP.id())));

        assertThat(message.content()).isEqualTo("This is the lake:\nAnd how to get there:");
        assertThat(message.parts())
                .containsExactly(
                        MessagePart.text("This is the lake:"),
                        MessagePart.file(LAKE),
                        MessagePart.text("And how to get there:"),
                        MessagePart.file(MAP));
        assertThat(Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id()))))
                .isEqualTo(message);
    }

    @Test
    void putsTheContentBeforePartsWithoutText() {
        var message = post(draft("What is this?", MessagePart.file(LAKE.id())));

        assertThat(message.content()).isEqualTo("What is this?");
        assertThat(message.parts()).containsExactly(MessagePart.text("What is this?"), MessagePart.file(LAKE));
    }

    @Test
    void storesAMessageThatIsAFile() {
        var message = post(draft(null, MessagePart.file(LAKE.id())));

        assertThat(message.content()).isEmpty();
        assertThat(message.parts()).containsExactly(MessagePart.file(LAKE));
    }

    @Test
    void hasNoPartsWithoutThem() {
        var message = post(new MessageDraft(null, null, Role.USER, "Hello", null, null, null, null, null));

        assertThat(message.parts()).isNull();
    }

    @Test
    void refusesAFileThatTheUserDoesNotHave() {
        assertThat(problemOf(ask(draft(null, MessagePart.file(DIARY.id())))).kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(ask(draft(null, MessagePart.file(Ids.next())))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void keepsThePartsOfAFileThatIsDeletedLater() {
        var gone = file(ada, "gone.png", "image/png");
        FILES.put(gone.id(), gone);
        var message = post(draft("Look", MessagePart.file(gone.id())));
        FILES.remove(gone.id());

        assertThat(Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id()))))
                .isEqualTo(message);
        assertThat(update(message, Patch.to("Look!")).parts())
                .containsExactly(MessagePart.text("Look!"), MessagePart.file(gone));
    }

    @Test
    void repeatsTheSameMessageAndRefusesOneWithAnotherFile() {
        var id = Ids.next();
        var parts = List.of(MessagePart.text("Look"), MessagePart.file(LAKE.id()));
        var message = post(draft(id, parts));

        assertThat(post(draft(id, parts))).isEqualTo(message);
        var other = List.of(MessagePart.text("Look"), MessagePart.file(MAP.id()));
        assertThat(problemOf(ask(draft(id, other))).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void changesTheTextAndKeepsTheFiles() {
        var message = post(draft(
                null,
                MessagePart.file(LAKE.id()),
                MessagePart.text("one"),
                MessagePart.file(MAP.id()),
                MessagePart.text("two")));

        var changed = update(message, Patch.to("three"));
        assertThat(changed.content()).isEqualTo("three");
        assertThat(changed.parts())
                .containsExactly(MessagePart.file(LAKE), MessagePart.text("three"), MessagePart.file(MAP));

        var emptied = update(changed, Patch.to(null));
        assertThat(emptied.content()).isEmpty();
        assertThat(emptied.parts()).containsExactly(MessagePart.file(LAKE), MessagePart.file(MAP));
        assertThat(update(emptied, Patch.to("four")).parts())
                .containsExactly(MessagePart.text("four"), MessagePart.file(LAKE), MessagePart.file(MAP));
    }

    @Test
    void refusesToEmptyTextsWithoutAFile() {
        var message = post(draft(null, MessagePart.text("one"), MessagePart.text("two")));

        var request = new Messages.Update(ada, message.id(), Versions.ANY, patch(Patch.to("")));
        assertThat(problemOf(bus.ask(Messages.UPDATE, request)).kind()).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USER | other | text | /content",
                "USER | | empty | /parts/0/text",
                "SYSTEM | | file | /parts",
                "TOOL | | file | /parts",
                "USER | | none | /parts",
                "USER | | many | /parts",
                "USER | more | 20 files | /parts",
            })
    void refusesPartsThatAreNone(Role role, @Nullable String content, String parts, String pointer) {
        var results = role == Role.TOOL ? new Json("[]") : null;
        assertThatThrownBy(() ->
                        new MessageDraft(null, null, role, content, parts(parts), null, null, null, results, null))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.faults().get(0).pointer()).isEqualTo(pointer));
    }

    private static List<MessagePart> parts(String kind) {
        return switch (kind) {
            case "text" -> List.of(MessagePart.text("text"));
            case "empty" -> List.of(MessagePart.text(""));
            case "file" -> List.of(MessagePart.file(LAKE.id()));
            case "none" -> List.of();
            case "many" -> Collections.nCopies(21, MessagePart.text("x"));
            default -> Collections.nCopies(20, MessagePart.file(LAKE.id()));
        };
    }

    private static StoredFile file(Caller owner, String name, String type) {
        return new StoredFile(Ids.next(), owner.userId(), name, type, 7, "00", Instant.EPOCH, Instant.EPOCH, null);
    }

    private static MessageDraft draft(@Nullable String content, MessagePart... parts) {
        return new MessageDraft(null, null, Role.USER, content, List.of(parts), null, null, null, null, null);
    }

    private static MessageDraft draft(UUID id, List<MessagePart> parts) {
        return new MessageDraft(id, null, Role.USER, null, parts, null, null, null, null, null);
    }

    private Message post(MessageDraft draft) {
        return Answers.of(ask(draft));
    }

    private Future<Message> ask(MessageDraft draft) {
        return bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, draft));
    }

    private Message update(Message message, Patch<String> content) {
        return Answers.of(
                bus.ask(Messages.UPDATE, new Messages.Update(ada, message.id(), Versions.ANY, patch(content))));
    }

    private static MessagePatch patch(Patch<String> content) {
        return new MessagePatch(content, Patch.absent(), Patch.absent(), Patch.absent());
    }
}

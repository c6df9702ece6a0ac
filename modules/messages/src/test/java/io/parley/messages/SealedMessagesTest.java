package io.parley.messages;

import static io.parley.messages.SealedTripPlan.METADATA;
import static io.parley.messages.SealedTripPlan.SECRET;
import static io.parley.messages.SealedTripPlan.text;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.ProviderState;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is stored encrypted, and read back. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SealedMessagesTest {
    private static final Map<UUID, StoredFile> FILES = new ConcurrentHashMap<>();
    private static final Json CALLS = new Json("[{\"id\": \"" + SECRET + "\"}]");

    private static SealedTripPlan plan;

    private final Bus bus;

    SealedMessagesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        plan = SealedTripPlan.open(vertx, bus, database);
        Answers.of(bus.answer(Files.FIND, query -> Future.succeededFuture(FILES.get(query.id()))));
    }

    @BeforeEach
    void encrypt() {
        plan.encrypt();
    }

    @Test
    void storesNothingInClearAndReadsItBack() {
        var draft = new MessageDraft(null, null, Role.ASSISTANT, SECRET, 7, "gpt-x", CALLS, null, METADATA);
        var post = new Messages.Post(
                ada,
                adasTripPlan,
                Ids.next(),
                draft,
                Placement.AS_DRAFTED,
                SECRET,
                new ProviderState("tern", METADATA));
        var message = Answers.of(bus.ask(Messages.POST, post));

        assertThat(message)
                .returns(SECRET, Message::content)
                .returns(SECRET, Message::reasoning)
                .returns(CALLS, Message::toolCalls)
                .returns(METADATA, Message::metadata)
                .returns(7, Message::tokenCount);
        assertThat(plan.find(message)).isEqualTo(message);
        assertThat(plan.list()).containsExactly(message);
        assertThat(Answers.of(bus.ask(
                                Messages.PROVIDER_STATES,
                                new Messages.FindProviderStates(ada, List.of(message.id()), "tern")))
                        .items())
                .containsExactly(new Messages.MessageState(message.id(), METADATA));
        plan.assertNothingReadable("messages");
        assertThat(plan.read(
                        "SELECT num_nonnulls(content, parts, reasoning, tool_calls, tool_results, metadata, search)::text AS t"
                                + " FROM messages"))
                .containsExactly("0");
    }

    @Test
    void opensNoLargeMessageForAPreview() {
        assertThat(previewOf("a".repeat(10_000))).isEqualTo("a".repeat(160));
        assertThat(previewOf("a".repeat(200_000))).isEmpty();
    }

    @Test
    void sealsTextsAndNamesOfFilesInParts() {
        var file = new StoredFile(
                Ids.next(), ada.userId(), SECRET, "image/png", 7, "00", Instant.EPOCH, Instant.EPOCH, null);
        FILES.put(file.id(), file);
        var parts = List.of(MessagePart.text(SECRET), MessagePart.file(file.id()));
        var id = Ids.next();
        var message = plan.post(new MessageDraft(id, null, Role.USER, null, parts, null, null, null, null, null));

        assertThat(message.parts()).containsExactly(MessagePart.text(SECRET), MessagePart.file(file));
        assertThat(plan.find(message)).isEqualTo(message);
        assertThat(plan.post(new MessageDraft(id, null, Role.USER, null, parts, null, null, null, null, null)))
                .isEqualTo(message);
        var changed = plan.update(
                message, new MessagePatch(Patch.to(SECRET + '!'), Patch.absent(), Patch.absent(), Patch.absent()));
        assertThat(changed.parts()).containsExactly(MessagePart.text(SECRET + '!'), MessagePart.file(file));
        plan.assertNothingReadable("messages");
        assertThat(plan.read("SELECT num_nonnulls(content, parts)::text AS t FROM messages"))
                .containsExactly("0");
    }

    @Test
    void sealsTheAnswerOfATurnInTheTrashAsWell() {
        var question = Answers.of(bus.ask(
                Messages.POST,
                new Messages.Post(
                        ada,
                        adasTripPlan,
                        new MessageDraft(null, null, Role.USER, SECRET, null, null, null, null, null))));
        plan.run("UPDATE conversations SET deleted_at = now() WHERE sealed IS NOT NULL");
        var draft = new MessageDraft(Ids.next(), question.id(), Role.ASSISTANT, SECRET, null, null, null, null, null);
        var answer = new Messages.Post(ada, adasTripPlan, Ids.next(), draft, Placement.FOLLOWING);

        var stored = Answers.of(bus.ask(Messages.POST, answer));
        assertThat(Answers.of(bus.ask(Messages.POST, answer)).id()).isEqualTo(stored.id());
        plan.run("UPDATE conversations SET deleted_at = NULL");

        assertThat(plan.list()).extracting(Message::content).containsExactly(SECRET, SECRET);
        plan.assertNothingReadable("messages");
    }

    @Test
    void keepsCommentsOnAnswersSealed() {
        var answer = plan.post(new MessageDraft(null, null, Role.ASSISTANT, SECRET, null, null, null, null, null));
        var feedback = new Feedback(Feedback.Rating.UP, SECRET);

        var stored = Answers.of(bus.ask(MessageFeedback.PUT, new MessageFeedback.Put(ada, answer.id(), feedback)));

        assertThat(stored.comment()).isEqualTo(SECRET);
        assertThat(plan.find(answer).feedback()).isEqualTo(feedback);
        assertThat(Answers.of(bus.ask(MessageFeedback.FIND, new MessageFeedback.Find(ada, answer.id()))))
                .isEqualTo(stored);
        plan.assertNothingReadable("message_feedback");
    }

    @Test
    void isNotFoundBySearches() {
        plan.post(text(null, SECRET));

        var query = new Search.Query(ada, SECRET, 20, null);
        assertThat(Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), query)).hits())
                .isEmpty();
    }

    @Test
    void importsSealed() {
        plan.run(
                "UPDATE conversations SET deleted_at = now(), purged_at = now() + interval '15 minutes' WHERE sealed = '\\x00'");
        var draft = new MessageDraft(null, null, Role.ASSISTANT, SECRET, null, null, null, null, METADATA);
        var imported = new ImportedMessage(
                Ids.next(),
                draft,
                SECRET,
                new Feedback(Feedback.Rating.DOWN, SECRET),
                true,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T00:00:00Z"));
        Answers.of(bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(ada, adasTripPlan, List.of(imported))));
        plan.assertNothingReadable("messages");
        plan.assertNothingReadable("message_feedback");

        plan.run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL WHERE sealed = '\\x00'");
        assertThat(plan.list())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .returns(SECRET, Message::content)
                        .returns(SECRET, Message::reasoning)
                        .returns(METADATA, Message::metadata)
                        .returns(imported.feedback(), Message::feedback));
    }

    @Test
    void digestsWhatItOpens() {
        var messages = IntStream.range(0, 4)
                .mapToObj(each -> plan.post(text(null, "message " + each)))
                .toList();
        var third = messages.get(2);
        var query = new Messages.FindDigests(ada, adasTripPlan, messages.get(3).id(), List.of(third.id()));

        assertThat(Answers.of(bus.ask(Messages.DIGESTS, query)).items())
                .containsExactly(new Messages.UpTo(third.id(), digest(messages.subList(0, 3))));
    }

    @Test
    void keepsMessagesOfOtherConversationsAsTheyWere() {
        var diary = new Messages.Post(grace, gracesDiary, text(null, "in clear"));
        var entry = Answers.of(bus.ask(Messages.POST, diary));

        assertThat(entry.content()).isEqualTo("in clear");
        assertThat(plan.read("SELECT content AS t FROM messages WHERE sealed IS NULL"))
                .containsExactly("in clear");
    }

    private String previewOf(String content) {
        var message = plan.post(new MessageDraft(null, null, Role.USER, content, null, null, null, null, null));
        plan.run("UPDATE conversations SET current_leaf = '" + message.id() + "' WHERE id = '" + adasTripPlan + "'");
        var previews = Answers.of(bus.ask(Messages.PREVIEWS, new Messages.FindPreviews(ada, List.of(adasTripPlan))));
        return Objects.requireNonNull(previews.items().get(0).last()).preview();
    }

    private static BranchDigest digest(List<Message> messages) {
        return messages.stream().reduce(BranchDigest.EMPTY, BranchDigest::plus, BranchDigest::plus);
    }
}

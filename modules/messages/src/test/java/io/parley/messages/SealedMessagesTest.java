package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ImportedMessage;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.ProviderState;
import io.parley.contracts.messages.Messages.Which;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class SealedMessagesTest {
    private static final Map<UUID, StoredFile> FILES = new ConcurrentHashMap<>();
    private static final String SECRET = "quokka";
    private static final Json CALLS = new Json("[{\"id\": \"" + SECRET + "\"}]");
    private static final Json METADATA = new Json("{\"animal\": \"" + SECRET + "\"}");

    private final Bus bus;
    private final Database database;

    SealedMessagesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(new ConversationsFake().answer(bus));
        Answers.of(bus.answer(Files.FIND, query -> Future.succeededFuture(FILES.get(query.id()))));
    }

    @BeforeEach
    void encryptTheTripPlan() {
        run("DELETE FROM messages");
        run("UPDATE conversations SET current_leaf = NULL, has_branches = false");
        run("UPDATE conversations SET title = NULL, description = NULL, metadata = NULL, instructions = NULL,"
                + " sealed = '\\x00' WHERE title = 'Trip plan'");
        Answers.of(database.keys().require(ada.userId()));
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
        assertThat(find(message)).isEqualTo(message);
        assertThat(list(Order.ASC)).containsExactly(message);
        assertThat(Answers.of(bus.ask(
                                Messages.PROVIDER_STATES,
                                new Messages.FindProviderStates(ada, List.of(message.id()), "tern")))
                        .items())
                .containsExactly(new Messages.MessageState(message.id(), METADATA));
        assertNothingReadable("messages");
        assertThat(read(
                        "SELECT num_nonnulls(content, parts, reasoning, tool_calls, tool_results, metadata, search)::text AS t"
                                + " FROM messages"))
                .containsExactly("0");
    }

    @Test
    void opensNoLargeMessageForAPreview() {
        assertThat(previewOf("a".repeat(10_000))).isEqualTo("a".repeat(160));
        assertThat(previewOf("a".repeat(200_000))).isEmpty();
    }

    private String previewOf(String content) {
        var message = post(new MessageDraft(null, null, Role.USER, content, null, null, null, null, null));
        run("UPDATE conversations SET current_leaf = '" + message.id() + "' WHERE id = '" + adasTripPlan + "'");
        var previews = Answers.of(bus.ask(Messages.PREVIEWS, new Messages.FindPreviews(ada, List.of(adasTripPlan))));
        return Objects.requireNonNull(previews.items().get(0).last()).preview();
    }

    @Test
    void sealsTextsAndNamesOfFilesInParts() {
        var file = new StoredFile(
                Ids.next(), ada.userId(), SECRET, "image/png", 7, "00", Instant.EPOCH, Instant.EPOCH, null);
        FILES.put(file.id(), file);
        var parts = List.of(MessagePart.text(SECRET), MessagePart.file(file.id()));
        var id = Ids.next();
        var message = post(new MessageDraft(id, null, Role.USER, null, parts, null, null, null, null, null));

        assertThat(message.parts()).containsExactly(MessagePart.text(SECRET), MessagePart.file(file));
        assertThat(find(message)).isEqualTo(message);
        assertThat(post(new MessageDraft(id, null, Role.USER, null, parts, null, null, null, null, null)))
                .isEqualTo(message);
        var changed = update(
                message, new MessagePatch(Patch.to(SECRET + '!'), Patch.absent(), Patch.absent(), Patch.absent()));
        assertThat(changed.parts()).containsExactly(MessagePart.text(SECRET + '!'), MessagePart.file(file));
        assertNothingReadable("messages");
        assertThat(read("SELECT num_nonnulls(content, parts)::text AS t FROM messages"))
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
        run("UPDATE conversations SET deleted_at = now() WHERE sealed IS NOT NULL");
        var draft = new MessageDraft(Ids.next(), question.id(), Role.ASSISTANT, SECRET, null, null, null, null, null);
        var answer = new Messages.Post(ada, adasTripPlan, Ids.next(), draft, Placement.FOLLOWING);

        var stored = Answers.of(bus.ask(Messages.POST, answer));
        assertThat(Answers.of(bus.ask(Messages.POST, answer)).id()).isEqualTo(stored.id());
        run("UPDATE conversations SET deleted_at = NULL");

        assertThat(list(Order.ASC)).extracting(Message::content).containsExactly(SECRET, SECRET);
        assertNothingReadable("messages");
    }

    @Test
    void repeatsTheSameMessageAndRefusesAnotherOne() {
        var id = Ids.next();
        var message = post(text(id, SECRET));

        assertThat(post(text(id, SECRET))).isEqualTo(message);
        assertThat(problemOf(ask(text(id, "other"))).kind()).isEqualTo(Kind.CONFLICT);
        assertNothingReadable("messages");
    }

    @Test
    void changesWhatIsSealed() {
        var draft = new MessageDraft(null, null, Role.USER, "before", null, null, null, null, METADATA);
        var message = post(draft);

        var changed = update(message, new MessagePatch(Patch.to(SECRET), Patch.to(3), Patch.absent(), Patch.absent()));
        assertThat(changed)
                .returns(SECRET, Message::content)
                .returns(3, Message::tokenCount)
                .returns(METADATA, Message::metadata);
        var cleared = update(message, new MessagePatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(null)));
        assertThat(cleared).returns(SECRET, Message::content).returns(Json.EMPTY_OBJECT, Message::metadata);
        assertThat(find(message)).isEqualTo(cleared);
        assertNothingReadable("messages");

        assertThat(problemOf(bus.ask(
                                Messages.UPDATE,
                                new Messages.Update(
                                        ada,
                                        message.id(),
                                        Versions.of(message.updatedAt()),
                                        new MessagePatch(
                                                Patch.to("stale"), Patch.absent(), Patch.absent(), Patch.absent()))))
                        .kind())
                .isEqualTo(Kind.STALE);
        for (var empty : new Patch<?>[] {Patch.to(""), Patch.to(null)})
            assertThat(problemOf(bus.ask(
                                    Messages.UPDATE,
                                    new Messages.Update(
                                            ada,
                                            message.id(),
                                            Versions.ANY,
                                            new MessagePatch(
                                                    empty.map(Object::toString),
                                                    Patch.absent(),
                                                    Patch.absent(),
                                                    Patch.absent()))))
                            .kind())
                    .isEqualTo(Kind.INVALID);
    }

    @Test
    void losesNoneOfSeveralChangesAtOnce() {
        var message = post(text(null, "first"));

        Answers.of(Future.all(
                update(message.id(), new MessagePatch(Patch.to("new"), Patch.absent(), Patch.absent(), Patch.absent())),
                update(
                        message.id(),
                        new MessagePatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(METADATA)))));

        assertThat(find(message)).returns("new", Message::content).returns(METADATA, Message::metadata);
    }

    @Test
    void keepsCommentsOnAnswersSealed() {
        var answer = post(new MessageDraft(null, null, Role.ASSISTANT, SECRET, null, null, null, null, null));
        var feedback = new Feedback(Feedback.Rating.UP, SECRET);

        var stored = Answers.of(bus.ask(MessageFeedback.PUT, new MessageFeedback.Put(ada, answer.id(), feedback)));

        assertThat(stored.comment()).isEqualTo(SECRET);
        assertThat(find(answer).feedback()).isEqualTo(feedback);
        assertThat(Answers.of(bus.ask(MessageFeedback.FIND, new MessageFeedback.Find(ada, answer.id()))))
                .isEqualTo(stored);
        assertNothingReadable("message_feedback");
    }

    @Test
    void isNotFoundBySearches() {
        post(text(null, SECRET));

        var query = new Search.Query(ada, SECRET, 20, null);
        assertThat(Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), query)).hits())
                .isEmpty();
    }

    @Test
    void importsSealed() {
        run(
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
        Answers.of(bus.ask(Messages.IMPORT, new Messages.Import(ada, adasTripPlan, List.of(imported))));
        assertNothingReadable("messages");
        assertNothingReadable("message_feedback");

        run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL WHERE sealed = '\\x00'");
        assertThat(list(Order.ASC))
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
                .mapToObj(each -> post(text(null, "message " + each)))
                .toList();
        var third = messages.get(2);
        var query = new Messages.FindDigests(ada, adasTripPlan, messages.get(3).id(), List.of(third.id()));

        assertThat(Answers.of(bus.ask(Messages.DIGESTS, query)).items())
                .containsExactly(new Messages.UpTo(third.id(), digest(messages.subList(0, 3))));
    }

    private static BranchDigest digest(List<Message> messages) {
        return messages.stream().reduce(BranchDigest.EMPTY, BranchDigest::plus, BranchDigest::plus);
    }

    @Test
    void refusesARowThatWasMovedOrTamperedWith() {
        var one = post(text(null, "one"));
        var two = post(text(null, "two"));

        swap("UPDATE messages SET sealed = #{sealed} WHERE user_id = #{user_id} AND id = #{id}", two, sealedBytes(one));
        assertThat(problemOf(bus.ask(Messages.FIND, new Messages.Find(ada, two.id())))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(problemOf(listing(Order.ASC)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(find(one).content()).isEqualTo("one");

        var changed = sealedBytes(one).copy();
        changed.setByte(changed.length() - 1, (byte) (changed.getByte(changed.length() - 1) ^ 1));
        swap("UPDATE messages SET sealed = #{sealed} WHERE user_id = #{user_id} AND id = #{id}", one, changed);
        assertThat(problemOf(bus.ask(Messages.FIND, new Messages.Find(ada, one.id())))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void keepsMessagesOfOtherConversationsAsTheyWere() {
        var diary = new Messages.Post(grace, gracesDiary, text(null, "in clear"));
        var entry = Answers.of(bus.ask(Messages.POST, diary));

        assertThat(entry.content()).isEqualTo("in clear");
        assertThat(read("SELECT content AS t FROM messages WHERE sealed IS NULL"))
                .containsExactly("in clear");
    }

    private static MessageDraft text(@Nullable UUID id, String content) {
        return new MessageDraft(id, null, Role.USER, content, null, null, null, null, null);
    }

    private Message post(MessageDraft draft) {
        return Answers.of(ask(draft));
    }

    private Future<Message> ask(MessageDraft draft) {
        return bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, draft));
    }

    private Message update(Message message, MessagePatch patch) {
        return Answers.of(update(message.id(), patch));
    }

    private Future<Message> update(UUID id, MessagePatch patch) {
        return bus.ask(Messages.UPDATE, new Messages.Update(ada, id, Versions.ANY, patch));
    }

    private Message find(Message message) {
        return Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())));
    }

    private List<Message> list(Order order) {
        return Answers.of(listing(order)).items();
    }

    private Future<Page<Message>> listing(Order order) {
        return bus.ask(
                Messages.LIST_CONVERSATION,
                new Messages.ListConversation(
                        ada, adasTripPlan, Which.CURRENT_BRANCH, new PageRequest(null, 50, order)));
    }

    private Buffer sealedBytes(Message message) {
        return Answers.of(OwnerDatabase.of(database)
                        .query(
                                "/* test */ SELECT sealed AS raw FROM messages WHERE user_id = #{user_id} AND id = #{id}",
                                row -> row.getBuffer("raw"))
                        .one(Parameters.of("user_id", ada.userId()).and("id", message.id())))
                .orElseThrow();
    }

    private void swap(String sql, Message message, Buffer sealed) {
        Answers.of(OwnerDatabase.of(database)
                .query("/* test */ " + sql)
                .run(Parameters.of("user_id", ada.userId())
                        .and("id", message.id())
                        .and("sealed", sealed)));
    }

    private void assertNothingReadable(String table) {
        assertThat(read("SELECT t::text AS t FROM " + table + " t"))
                .isNotEmpty()
                .noneMatch(row -> row.contains(SECRET));
    }

    private List<String> read(String sql) {
        return Answers.of(OwnerDatabase.of(database)
                .query("/* test */ " + sql, row -> row.getString("t"))
                .list(Parameters.none()));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query("/* test */ " + sql).run(Parameters.none()));
    }
}

package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.ImportedMessages.TakenId;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageImportsTest {
    private static final List<MessagePart> PARTS = List.of(
            MessagePart.text("Which one?"),
            MessagePart.file(Ids.next(), "lake.png", "image/png", 12),
            MessagePart.text("This?"));

    private static final Instant LONG_AGO = Instant.parse("2020-02-02T02:02:02.000002Z");

    private static SampleConversation sample;

    private final Bus bus;

    MessageImportsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void beginImport() {
        sample.clear();
        sample.run("DELETE FROM conversations WHERE id NOT IN ('" + adasTripPlan + "', '" + gracesDiary + "')");
        sample.run(
                "UPDATE conversations SET deleted_at = now() + interval '1 hour', purged_at = now() + interval '1 hour'");
    }

    @AfterAll
    static void removeHidden() {
        sample.run("DELETE FROM conversations WHERE id NOT IN ('" + adasTripPlan + "', '" + gracesDiary + "')");
    }

    @Test
    void keepsIdsTimesAndEveryField() {
        var call = new Json("[{\"id\": \"c1\"}]");
        var result = new Json("[{\"tool_call_id\": \"c1\"}]");
        var question =
                past(Ids.next(), 0, new MessageDraft(null, null, Role.USER, "Where?", null, null, null, null, null));
        var called = past(
                Ids.next(),
                1,
                new MessageDraft(
                        null, question.id(), Role.ASSISTANT, null, 7, "tern-1", call, null, new Json("{\"n\": 1.10}")));
        var answered =
                past(Ids.next(), 2, new MessageDraft(null, called.id(), Role.TOOL, "", null, null, null, result, null));

        var shown = past(
                Ids.next(),
                3,
                new MessageDraft(null, answered.id(), Role.USER, null, PARTS, null, null, null, null, null));

        Answers.of(take(ada, question, called, answered, shown));

        publish();
        assertThat(messages())
                .containsExactly(
                        message(question, Json.EMPTY_OBJECT),
                        message(called, new Json("{\"n\": 1.10}")),
                        message(answered, Json.EMPTY_OBJECT),
                        message(shown, Json.EMPTY_OBJECT));
    }

    @Test
    void attachesAMessageWithoutAParentToThePreviousOne() {
        var orphan = past(Ids.next(), 0, draft("orphan", Ids.next()));
        var first = past(Ids.next(), 1, draft("first", null));
        Answers.of(take(ada, orphan, first));

        Answers.of(take(ada, past(Ids.next(), 2, draft("reply", first.id()))));

        publish();
        assertThat(messages()).extracting(Message::parentId).containsExactly(null, orphan.id(), first.id());
    }

    @Test
    void storesAllOrNone() {
        var one = past(Ids.next(), 0, draft("one", null));
        Answers.of(take(ada, one));

        var problem = problemOf(take(ada, past(Ids.next(), 1, draft("two", null)), one));

        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        publish();
        assertThat(messages()).extracting(Message::content).containsExactly("one");
    }

    @Test
    void keepsAnIdThatAnotherUserHas() {
        var id = Ids.next();
        Answers.of(take(grace, gracesDiary, past(id, 0, draft("Dear diary", null))));

        var orphan = Ids.next();
        Answers.of(take(ada, past(orphan, 0, draft("orphan", id))));
        Answers.of(take(ada, past(id, 1, draft("Where to?", null)), past(Ids.next(), 2, draft("reply", id))));

        publish();
        assertThat(messages())
                .extracting(Message::content, Message::parentId)
                .containsExactly(tuple("orphan", null), tuple("Where to?", orphan), tuple("reply", id));
        assertThat(Answers.of(bus.ask(Messages.FIND, new Messages.Find(grace, id)))
                        .content())
                .isEqualTo("Dear diary");
    }

    @Test
    void refusesAPublishedConversationAndAnotherUsers() {
        assertThat(problemOf(take(grace, past(Ids.next(), 0, draft("forged", null))))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        publish();
        assertThat(problemOf(take(ada, past(Ids.next(), 0, draft("late", null))))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(sample.run("SELECT 1 FROM messages")).isZero();
    }

    @Test
    void movesNewMessagesToTheConversationThatIsKnown() {
        var known = past(Ids.next(), 0, draft("known", null));
        Answers.of(take(ada, known));
        publish();
        var hidden = hidden();
        var added = past(Ids.next(), 1, draft("added", known.id()));
        Answers.of(
                bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(ada, hidden, adasTripPlan, List.of(added))));
        assertThat(messages()).extracting(Message::content).containsExactly("known");

        assertThat(problemOf(move(grace, hidden, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problemOf(move(ada, hidden, Ids.next())).kind()).isEqualTo(Kind.NOT_FOUND);
        Answers.of(move(ada, hidden, adasTripPlan));

        assertThat(messages())
                .extracting(Message::content, Message::parentId)
                .containsExactly(tuple("known", null), tuple("added", known.id()));
        assertThat(problemOf(move(ada, hidden, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void followsTheCurrentBranchOrTheOneOfTheDocumentWhenItGrows() {
        var question = past(Ids.next(), 0, draft("question", null));
        var answer = past(Ids.next(), 1, draft("answer", question.id()));
        Answers.of(take(ada, question, answer));
        publish();
        sample.run("UPDATE conversations SET current_leaf = '" + answer.id() + "' WHERE id = '" + adasTripPlan + "'");

        var next = past(Ids.next(), 2, draft("next", answer.id()));
        grow(null, next);
        assertThat(branch()).containsExactly("question", "answer", "next");

        var other = past(Ids.next(), 3, draft("other", question.id()));
        grow(null, other);
        assertThat(branch()).containsExactly("question", "answer", "next");

        var third = past(Ids.next(), 4, draft("third", question.id()));
        grow(third.id(), third, past(Ids.next(), 5, draft("below", third.id())));
        assertThat(branch()).containsExactly("question", "third", "below");
    }

    private void grow(UUID leaf, ImportedMessage... added) {
        var hidden = hidden();
        Answers.of(
                bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(ada, hidden, adasTripPlan, List.of(added))));
        Answers.of(move(ada, hidden, adasTripPlan, leaf));
    }

    private List<String> branch() {
        return Answers.of(bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(ada, adasTripPlan, Which.CURRENT_BRANCH, SampleConversation.ALL)))
                .items()
                .stream()
                .map(Message::content)
                .toList();
    }

    @Test
    void keepsReasoningAndFeedbackOfAnAnswer() {
        var answer = new MessageDraft(null, null, Role.ASSISTANT, "Lisbon", null, null, null, null, null);
        var good = new Feedback(Rating.UP, "right");
        var rated = new ImportedMessage(Ids.next(), answer, "Sea?", good, true, LONG_AGO, LONG_AGO);
        var question = new ImportedMessage(
                Ids.next(),
                draft("Why?", rated.id()),
                null,
                good,
                false,
                LONG_AGO.plusSeconds(1),
                LONG_AGO.plusSeconds(1));
        Answers.of(take(ada, rated, question));

        assertThat(problemOf(take(ada, rated)).kind()).isEqualTo(Kind.CONFLICT);
        publish();
        assertThat(messages())
                .extracting(Message::reasoning, Message::feedback)
                .containsExactly(tuple("Sea?", good), tuple(null, null));
    }

    @Test
    void movesNothingIfTheImportHasExpired() {
        var hidden = hidden();
        Answers.of(take(ada, hidden, past(Ids.next(), 1, draft("late", null))));
        publish();
        sample.run("UPDATE conversations SET purged_at = now() - interval '1 second' WHERE id = '" + hidden + "'");

        assertThat(problemOf(move(ada, hidden, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void namesTheIdsThatAreTakenEvenByDeletedMessages() {
        var one = past(Ids.next(), 0, draft("one", null));
        var two = past(Ids.next(), 1, draft("two", null));
        Answers.of(take(ada, one, two));
        sample.run("UPDATE messages SET deleted_at = now() WHERE id = '" + two.id() + "'");
        var ids = List.of(two.id(), Ids.next(), one.id());

        assertThat(Answers.of(bus.ask(ImportedMessages.FIND, new ImportedMessages.Find(ada, ids)))
                        .ids())
                .containsExactlyInAnyOrder(new TakenId(one.id(), adasTripPlan), new TakenId(two.id(), adasTripPlan));
        assertThat(Answers.of(bus.ask(ImportedMessages.FIND, new ImportedMessages.Find(grace, ids)))
                        .ids())
                .isEmpty();
    }

    private UUID hidden() {
        var id = Ids.next();
        sample.run("INSERT INTO conversations (id, user_id, deleted_at, purged_at) VALUES ('" + id + "', '"
                + ada.userId() + "', now() + interval '1 hour', now() + interval '1 hour')");
        return id;
    }

    private Future<?> move(Caller caller, UUID from, UUID to) {
        return move(caller, from, to, null);
    }

    private Future<?> move(Caller caller, UUID from, UUID to, UUID leaf) {
        return bus.ask(ImportedMessages.MOVE, new ImportedMessages.Move(caller, from, to, leaf));
    }

    private static MessageDraft draft(String text, UUID parent) {
        return new MessageDraft(null, parent, Role.USER, text, null, null, null, null, null);
    }

    private static ImportedMessage past(UUID id, int seconds, MessageDraft draft) {
        return new ImportedMessage(id, draft, false, LONG_AGO.plusSeconds(seconds), LONG_AGO.plusSeconds(seconds + 60));
    }

    private Future<?> take(Caller caller, ImportedMessage... messages) {
        return take(caller, adasTripPlan, messages);
    }

    private Future<?> take(Caller caller, UUID conversationId, ImportedMessage... messages) {
        return bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(caller, conversationId, List.of(messages)));
    }

    private static void publish() {
        sample.run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL WHERE id IN ('" + adasTripPlan + "', '"
                + gracesDiary + "')");
    }

    private List<Message> messages() {
        return Answers.of(bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(ada, adasTripPlan, Which.ALL, SampleConversation.ALL)))
                .items();
    }

    private static Message message(ImportedMessage past, Json metadata) {
        var draft = past.draft();
        return new Message(
                past.id(),
                adasTripPlan,
                ada.userId(),
                draft.parentId(),
                draft.role(),
                draft.content(),
                draft.parts(),
                past.reasoning(),
                draft.tokenCount(),
                draft.model(),
                draft.toolCalls(),
                draft.toolResults(),
                metadata,
                Siblings.ALONE,
                null,
                past.createdAt(),
                past.updatedAt(),
                null);
    }
}

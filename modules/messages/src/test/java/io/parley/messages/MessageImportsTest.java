package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ImportedMessage;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageImportsTest {
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
        sample.run(
                "UPDATE conversations SET deleted_at = now() + interval '1 hour', purged_at = now() + interval '1 hour'");
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

        Answers.of(take(ada, question, called, answered));

        publish();
        assertThat(messages())
                .containsExactly(
                        message(question, Json.EMPTY_OBJECT),
                        message(called, new Json("{\"n\": 1.10}")),
                        message(answered, Json.EMPTY_OBJECT));
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
        return bus.ask(Messages.IMPORT, new Messages.Import(caller, conversationId, List.of(messages)));
    }

    private static void publish() {
        sample.run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL");
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

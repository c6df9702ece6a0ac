package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasCancelledTrip;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is stored of a message that is posted, once or again, and which are refused. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PostedMessagesTest {
    private static final Json CALLS = new Json("[{\"id\": \"call_1\", \"type\": \"function\"}]");
    private static final Json RESULTS = new Json("[{\"tool_call_id\": \"call_1\"}]");

    private static SampleConversation sample;

    private final Bus bus;

    PostedMessagesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        sample.clear();
    }

    @Test
    void storesAllFields() {
        var parent = sample.post(ada, adasTripPlan, text("Where to?"));
        var metadata = new Json("{\"n\": 12345678901234567890.123456789}");
        var draft = new MessageDraft(
                Ids.next(),
                parent.id(),
                Role.ASSISTANT,
                "To the \uD83C\uDF0A, é\t\u0001",
                7,
                "gpt-x",
                CALLS,
                null,
                metadata);

        var message = sample.post(ada, adasTripPlan, draft);

        assertThat(message)
                .returns(draft.id(), Message::id)
                .returns(adasTripPlan, Message::conversationId)
                .returns(ada.userId(), Message::userId)
                .returns(parent.id(), Message::parentId)
                .returns(Role.ASSISTANT, Message::role)
                .returns(draft.content(), Message::content)
                .returns(7, Message::tokenCount)
                .returns("gpt-x", Message::model)
                .returns(CALLS, Message::toolCalls)
                .returns(null, Message::toolResults)
                .returns(metadata, Message::metadata);
        assertThat(sample.find(message)).isEqualTo(message);
    }

    @Test
    void keepsReasoningAndWhatAProviderAttached() {
        var draft = new MessageDraft(null, null, Role.ASSISTANT, "Lisbon", null, null, null, null, null);
        var state = new Json("{\"b\":1,\"a\":\"\\u0000\"}");
        var stored = Answers.of(bus.ask(
                Messages.POST,
                new Messages.Post(
                        ada,
                        adasTripPlan,
                        Ids.next(),
                        draft,
                        Messages.Placement.AS_DRAFTED,
                        "Where is the sea?",
                        new Messages.ProviderState("gemini", state))));
        var plain = sample.post(ada, adasTripPlan, text("Hello"));

        assertThat(stored.reasoning()).isEqualTo("Where is the sea?");
        assertThat(sample.find(stored)).isEqualTo(stored);
        assertThat(stored.toString()).doesNotContain(state.text());
        assertThat(states(ada, "gemini", stored, plain)).containsExactly(new Messages.MessageState(stored.id(), state));
        assertThat(states(ada, "openai", stored, plain)).isEmpty();
        assertThat(states(grace, "gemini", stored, plain)).isEmpty();
    }

    @Test
    void distinguishesMissingFromEmptyContent() {
        var missing = sample.post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.ASSISTANT, null, null, null, CALLS, null, null));
        var empty = sample.post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.ASSISTANT, "", null, null, CALLS, null, null));
        var tool = sample.post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.TOOL, "", null, null, null, RESULTS, null));

        assertThat(sample.find(missing).content()).isNull();
        assertThat(sample.find(empty).content()).isEmpty();
        assertThat(sample.find(tool).toolResults()).isEqualTo(RESULTS);
    }

    @Test
    void storesARepeatedMessageOnce() {
        var draft = new MessageDraft(
                Ids.next(), null, Role.USER, "Hello", 1, "m", null, null, new Json("{\"b\":1,\"a\":2}"));

        var first = sample.post(ada, adasTripPlan, draft);
        var second = sample.post(ada, adasTripPlan, draft);

        assertThat(second).isEqualTo(first);
        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).containsExactly(first);
    }

    @Test
    void storesAMessageWithAGeneratedIdOnce() {
        var post = new Messages.Post(ada, adasTripPlan, Ids.next(), text("Hello"));
        var first = Answers.of(bus.ask(Messages.POST, post));
        assertThat(first.id()).isEqualTo(post.newId());
        var edited = Answers.of(
                bus.ask(Messages.UPDATE, new Messages.Update(ada, first.id(), Versions.ANY, content("Hello, world"))));

        assertThat(Answers.of(bus.ask(Messages.POST, post))).isEqualTo(edited);

        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).containsExactly(edited);
        var graces =
                Answers.of(bus.ask(Messages.POST, new Messages.Post(grace, gracesDiary, post.newId(), text("Hello"))));
        assertThat(graces).returns(post.newId(), Message::id).returns(grace.userId(), Message::userId);
        assertThat(sample.find(first)).isEqualTo(edited);
    }

    @Test
    void refusesADifferentMessageWithTheSameId() {
        var id = Ids.next();
        sample.post(
                grace, gracesDiary, new MessageDraft(id, null, Role.USER, "Dear diary", null, null, null, null, null));

        var changed = new MessageDraft(id, null, Role.USER, "Dear diary!", null, null, null, null, null);
        assertThat(problemOf(bus.ask(Messages.POST, new Messages.Post(grace, gracesDiary, changed)))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void refusesAParentInAnotherConversation() {
        var elsewhere = sample.post(grace, gracesDiary, text("Dear diary"));
        var reply = new MessageDraft(null, elsewhere.id(), Role.USER, "Hi", null, null, null, null, null);

        var problem = problemOf(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, reply)));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/parent_id");
    }

    @Test
    void refusesAParentInAnotherConversationOfTheSameUser() {
        var elsewhere = Ids.next();
        Answers.of(OwnerDatabase.of(sample.database())
                .query("""
                INSERT INTO messages (id, conversation_id, user_id, role, content, created_at, updated_at)
                VALUES (#{id}, #{conversation_id}, #{user_id}, 'user', 'Cancelled', now(), now())
                """)
                .run(Parameters.of("id", elsewhere)
                        .and("conversation_id", adasCancelledTrip)
                        .and("user_id", ada.userId())));
        var reply = new MessageDraft(null, elsewhere, Role.USER, "Hi", null, null, null, null, null);

        var problem = problemOf(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, reply)));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/parent_id");
        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).isEmpty();
    }

    @Test
    void storesARepeatedReplyOnce() {
        var question = sample.post(ada, adasTripPlan, text("Where to?"));
        var draft = new MessageDraft(
                Ids.next(), question.id(), Role.ASSISTANT, "There", 1, "m", null, null, new Json("{\"a\":1}"));

        var first = sample.post(ada, adasTripPlan, draft);

        assertThat(first.parentId()).isEqualTo(question.id());
        assertThat(sample.post(ada, adasTripPlan, draft)).isEqualTo(first);
        var other = new MessageDraft(draft.id(), question.id(), Role.USER, "Here", null, null, null, null, null);
        assertThat(problemOf(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, other)))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    private List<Messages.MessageState> states(Caller caller, String provider, Message... messages) {
        var ids = Stream.of(messages).map(Message::id).toList();
        return Answers.of(bus.ask(Messages.PROVIDER_STATES, new Messages.FindProviderStates(caller, ids, provider)))
                .items();
    }

    private static MessageDraft text(String content) {
        return new MessageDraft(null, null, Role.USER, content, null, null, null, null, null);
    }

    private static MessagePatch content(@Nullable String content) {
        return new MessagePatch(Patch.to(content), Patch.absent(), Patch.absent(), Patch.absent());
    }
}

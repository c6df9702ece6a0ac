package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasCancelledTrip;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessagesVerticleTest {
    private static final Json CALLS = new Json("[{\"id\": \"call_1\", \"type\": \"function\"}]");
    private static final Messages.Filter ANYTHING = new Messages.Filter(null, null, null);
    private static final Json RESULTS = new Json("[{\"tool_call_id\": \"call_1\"}]");

    private final Bus bus;
    private final Database database;

    MessagesVerticleTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(new ConversationsFake().answer(bus));
    }

    @BeforeEach
    void empty() {
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM messages").run(Parameters.none()));
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE conversations SET deleted_at = NULL, current_leaf = NULL, has_branches = false")
                .run(Parameters.none()));
    }

    @Test
    void storesAllFields() {
        var parent = post(ada, adasTripPlan, text("Where to?"));
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

        var message = post(ada, adasTripPlan, draft);

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
        assertThat(find(message)).isEqualTo(message);
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
        var plain = post(ada, adasTripPlan, text("Hello"));

        assertThat(stored.reasoning()).isEqualTo("Where is the sea?");
        assertThat(find(stored)).isEqualTo(stored);
        assertThat(stored.toString()).doesNotContain(state.text());
        assertThat(states(ada, "gemini", stored, plain)).containsExactly(new Messages.MessageState(stored.id(), state));
        assertThat(states(ada, "openai", stored, plain)).isEmpty();
        assertThat(states(grace, "gemini", stored, plain)).isEmpty();
    }

    private List<Messages.MessageState> states(Caller caller, String provider, Message... messages) {
        var ids = Stream.of(messages).map(Message::id).toList();
        return Answers.of(bus.ask(Messages.PROVIDER_STATES, new Messages.FindProviderStates(caller, ids, provider)))
                .items();
    }

    @Test
    void distinguishesMissingFromEmptyContent() {
        var missing = post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.ASSISTANT, null, null, null, CALLS, null, null));
        var empty = post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.ASSISTANT, "", null, null, CALLS, null, null));
        var tool =
                post(ada, adasTripPlan, new MessageDraft(null, null, Role.TOOL, "", null, null, null, RESULTS, null));

        assertThat(find(missing).content()).isNull();
        assertThat(find(empty).content()).isEmpty();
        assertThat(find(tool).toolResults()).isEqualTo(RESULTS);
    }

    @Test
    void storesARepeatedMessageOnce() {
        var draft = new MessageDraft(
                Ids.next(), null, Role.USER, "Hello", 1, "m", null, null, new Json("{\"b\":1,\"a\":2}"));

        var first = post(ada, adasTripPlan, draft);
        var second = post(ada, adasTripPlan, draft);

        assertThat(second).isEqualTo(first);
        assertThat(all(Order.ASC)).containsExactly(first);
    }

    @Test
    void storesAMessageWithAGeneratedIdOnce() {
        var post = new Messages.Post(ada, adasTripPlan, Ids.next(), text("Hello"));
        var first = Answers.of(bus.ask(Messages.POST, post));
        assertThat(first.id()).isEqualTo(post.newId());
        var edited = Answers.of(
                bus.ask(Messages.UPDATE, new Messages.Update(ada, first.id(), Versions.ANY, content("Hello, world"))));

        assertThat(Answers.of(bus.ask(Messages.POST, post))).isEqualTo(edited);

        assertThat(all(Order.ASC)).containsExactly(edited);
        var graces =
                Answers.of(bus.ask(Messages.POST, new Messages.Post(grace, gracesDiary, post.newId(), text("Hello"))));
        assertThat(graces).returns(post.newId(), Message::id).returns(grace.userId(), Message::userId);
        assertThat(find(first)).isEqualTo(edited);
    }

    @Test
    void refusesADifferentMessageWithTheSameId() {
        var id = Ids.next();
        post(grace, gracesDiary, new MessageDraft(id, null, Role.USER, "Dear diary", null, null, null, null, null));

        var changed = new MessageDraft(id, null, Role.USER, "Dear diary!", null, null, null, null, null);
        assertThat(problemOf(bus.ask(Messages.POST, new Messages.Post(grace, gracesDiary, changed)))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void refusesAParentInAnotherConversation() {
        var elsewhere = post(grace, gracesDiary, text("Dear diary"));
        var reply = new MessageDraft(null, elsewhere.id(), Role.USER, "Hi", null, null, null, null, null);

        var problem = problemOf(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, reply)));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/parent_id");
    }

    @Test
    void refusesAParentInAnotherConversationOfTheSameUser() {
        var elsewhere = Ids.next();
        Answers.of(OwnerDatabase.of(database)
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
        assertThat(all(Order.ASC)).isEmpty();
    }

    @Test
    void storesARepeatedReplyOnce() {
        var question = post(ada, adasTripPlan, text("Where to?"));
        var draft = new MessageDraft(
                Ids.next(), question.id(), Role.ASSISTANT, "There", 1, "m", null, null, new Json("{\"a\":1}"));

        var first = post(ada, adasTripPlan, draft);

        assertThat(first.parentId()).isEqualTo(question.id());
        assertThat(post(ada, adasTripPlan, draft)).isEqualTo(first);
        var other = new MessageDraft(draft.id(), question.id(), Role.USER, "Here", null, null, null, null, null);
        assertThat(problemOf(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, other)))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void refusesAnotherUsersMessages() {
        var message = post(ada, adasTripPlan, text("Private"));
        var slice = new PageRequest(null, 10, Order.ASC);

        assertThat(Stream.of(
                                bus.ask(Messages.FIND, new Messages.Find(grace, message.id())),
                                bus.ask(
                                        Messages.UPDATE,
                                        new Messages.Update(grace, message.id(), Versions.ANY, content("Mine"))),
                                bus.ask(Messages.DELETE, new Messages.Delete(grace, message.id(), Versions.ANY)),
                                bus.ask(
                                        Messages.LIST_CONVERSATION,
                                        new Messages.ListConversation(grace, adasTripPlan, Which.ALL, slice)),
                                bus.ask(Messages.POST, new Messages.Post(grace, adasTripPlan, text("Mine"))))
                        .map(refused -> problemOf(refused).kind()))
                .containsOnly(Kind.FORBIDDEN);
        assertThat(mine(grace, ANYTHING)).isEmpty();
        assertThat(all(Order.ASC)).containsExactly(message);
    }

    @Test
    void distinguishesAnEmptyConversationFromAMissingOne() {
        var slice = new PageRequest(null, 10, Order.ASC);

        assertThat(all(Order.ASC)).isEmpty();
        assertThat(problemOf(bus.ask(
                                Messages.LIST_CONVERSATION,
                                new Messages.ListConversation(ada, Ids.next(), Which.CURRENT_BRANCH, slice)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void listsInTheOrderOfPostingInBothDirections() {
        var posted = Stream.of("1", "2", "3", "4", "5")
                .map(text -> post(ada, adasTripPlan, text(text)))
                .toList();

        assertThat(all(Order.ASC)).containsExactlyElementsOf(posted);
        assertThat(all(Order.DESC))
                .containsExactly(posted.get(4), posted.get(3), posted.get(2), posted.get(1), posted.get(0));
    }

    @Test
    void hidesTheMessagesOfADeletedConversation() {
        var message = post(ada, adasTripPlan, text("Hidden"));
        Answers.of(OwnerDatabase.of(database)
                .query("/* test */ UPDATE conversations SET deleted_at = now() WHERE id = #{id}")
                .run(Parameters.of("id", adasTripPlan)));

        assertThat(Stream.of(
                                bus.ask(Messages.FIND, new Messages.Find(ada, message.id())),
                                bus.ask(
                                        Messages.UPDATE,
                                        new Messages.Update(ada, message.id(), Versions.ANY, content("Changed"))),
                                bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)))
                        .map(refused -> problemOf(refused).kind()))
                .containsOnly(Kind.NOT_FOUND);
        assertThat(mine(ada, ANYTHING)).isEmpty();
    }

    @Test
    void updatesOnlyTheFieldsOfThePatch() {
        var message = post(
                ada,
                adasTripPlan,
                new MessageDraft(null, null, Role.USER, "Helo", 3, "m", null, null, new Json("{\"a\": 1}")));

        var changed = Answers.of(bus.ask(
                Messages.UPDATE,
                new Messages.Update(ada, message.id(), Versions.of(message.updatedAt()), content("Hello"))));
        assertThat(changed)
                .returns("Hello", Message::content)
                .returns(3, Message::tokenCount)
                .returns("m", Message::model)
                .returns(message.metadata(), Message::metadata)
                .returns(message.createdAt(), Message::createdAt);

        var stale = bus.ask(
                Messages.UPDATE,
                new Messages.Update(ada, message.id(), Versions.of(message.updatedAt()), content("Late")));
        assertThat(problemOf(stale).kind()).isEqualTo(Kind.STALE);
    }

    @Test
    void refusesToRemoveTheContentOfAMessageWithoutToolCalls() {
        var message = post(ada, adasTripPlan, text("Something"));

        var problem = problemOf(
                bus.ask(Messages.UPDATE, new Messages.Update(ada, message.id(), Versions.ANY, content(null))));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/content");
    }

    @Test
    void filtersByRoleAndTime() {
        var question = post(ada, adasTripPlan, text("Where to?"));
        var answer = post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.ASSISTANT, "There", null, null, null, null, null));
        var thanks = post(ada, adasTripPlan, text("Thanks"));

        assertThat(mine(ada, Role.USER)).containsExactly(question, thanks);
        assertThat(mine(ada, new Messages.Filter(null, answer.createdAt(), thanks.createdAt())))
                .containsExactly(answer);
    }

    @Test
    void hidesDeletedMessages() {
        var message = post(ada, adasTripPlan, text("Oops"));

        Answers.of(bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)));

        assertThat(problemOf(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(all(Order.ASC)).isEmpty();
        assertThat(mine(ada, ANYTHING)).isEmpty();
    }

    @Test
    void countsForAdministratorsOnly() {
        var figures = Answers.of(bus.ask(Statistics.of("messages"), new Statistics.Query(margaret)));

        assertThat(figures.counts()).extracting(Statistics.Count::state).containsExactly("live", "deleted");
        assertThat(figures.lastWeek())
                .isEqualTo(figures.lastMonth())
                .isEqualTo(figures.counts().stream()
                        .mapToLong(Statistics.Count::count)
                        .sum());
        assertThat(figures.bytes()).isPositive();
        assertThat(problemOf(bus.ask(Statistics.of("messages"), new Statistics.Query(ada)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    private Message post(Caller caller, UUID conversation, MessageDraft draft) {
        return Answers.of(bus.ask(Messages.POST, new Messages.Post(caller, conversation, draft)));
    }

    private Message find(Message message) {
        return Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())));
    }

    private List<Message> all(Order order) {
        var messages = new ArrayList<Message>();
        Cursor cursor = null;
        do {
            Page<Message> page = Answers.of(bus.ask(
                    Messages.LIST_CONVERSATION,
                    new Messages.ListConversation(
                            ada, adasTripPlan, Which.CURRENT_BRANCH, new PageRequest(cursor, 2, order))));
            messages.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return messages;
    }

    private List<Message> mine(Caller caller, Role role) {
        return mine(caller, new Messages.Filter(role, null, null));
    }

    private List<Message> mine(Caller caller, Messages.Filter filter) {
        return Answers.of(bus.ask(
                        Messages.LIST_MINE,
                        new Messages.ListMine(caller, filter, new PageRequest(null, 200, Order.ASC))))
                .items();
    }

    private static MessageDraft text(String content) {
        return new MessageDraft(null, null, Role.USER, content, null, null, null, null, null);
    }

    private static MessagePatch content(@Nullable String content) {
        return new MessagePatch(Patch.to(content), Patch.absent(), Patch.absent(), Patch.absent());
    }
}

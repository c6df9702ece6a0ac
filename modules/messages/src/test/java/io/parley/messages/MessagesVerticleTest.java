package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
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
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
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
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessagesVerticleTest {
    private static final Messages.Filter ANYTHING = new Messages.Filter(null, null, null);

    private static SampleConversation sample;

    private final Bus bus;

    MessagesVerticleTest(Bus bus) {
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
    void refusesAnotherUsersMessages() {
        var message = sample.post(ada, adasTripPlan, text("Private"));
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
        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).containsExactly(message);
    }

    @Test
    void distinguishesAnEmptyConversationFromAMissingOne() {
        var slice = new PageRequest(null, 10, Order.ASC);

        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).isEmpty();
        assertThat(problemOf(bus.ask(
                                Messages.LIST_CONVERSATION,
                                new Messages.ListConversation(ada, Ids.next(), Which.CURRENT_BRANCH, slice)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void listsInTheOrderOfPostingInBothDirections() {
        var posted = Stream.of("1", "2", "3", "4", "5")
                .map(text -> sample.post(ada, adasTripPlan, text(text)))
                .toList();

        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).containsExactlyElementsOf(posted);
        assertThat(sample.all(Which.CURRENT_BRANCH, Order.DESC))
                .containsExactly(posted.get(4), posted.get(3), posted.get(2), posted.get(1), posted.get(0));
    }

    @Test
    void hidesTheMessagesOfADeletedConversation() {
        var message = sample.post(ada, adasTripPlan, text("Hidden"));
        Answers.of(OwnerDatabase.of(sample.database())
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
        var message = sample.post(
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
        var message = sample.post(ada, adasTripPlan, text("Something"));

        var problem = problemOf(
                bus.ask(Messages.UPDATE, new Messages.Update(ada, message.id(), Versions.ANY, content(null))));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/content");
    }

    @Test
    void filtersByRoleAndTime() {
        var question = sample.post(ada, adasTripPlan, text("Where to?"));
        var answer = sample.post(
                ada, adasTripPlan, new MessageDraft(null, null, Role.ASSISTANT, "There", null, null, null, null, null));
        var thanks = sample.post(ada, adasTripPlan, text("Thanks"));

        assertThat(mine(ada, Role.USER)).containsExactly(question, thanks);
        assertThat(mine(ada, new Messages.Filter(null, answer.createdAt(), thanks.createdAt())))
                .containsExactly(answer);
    }

    @Test
    void hidesDeletedMessages() {
        var message = sample.post(ada, adasTripPlan, text("Oops"));

        Answers.of(bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)));

        assertThat(problemOf(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(sample.all(Which.CURRENT_BRANCH, Order.ASC)).isEmpty();
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

package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageTrashTest {
    private static SampleConversation talk;

    private final Bus bus;

    MessageTrashTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        talk = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        talk.clear();
    }

    @Test
    void bringsBackWhatWasDeleted() {
        var message = talk.say("Where to?");
        talk.delete(message);

        var restored = Answers.of(restore(ada, message));

        assertThat(restored.content()).isEqualTo("Where to?");
        assertThat(restored.deletedAt()).isNull();
        assertThat(restored.updatedAt()).isAfter(message.updatedAt());
        assertThat(list(false)).containsExactly(restored);
        assertThat(list(true)).isEmpty();
    }

    @Test
    void leavesTheLivingAsTheyAre() {
        var message = talk.say("Still here");

        assertThat(Answers.of(restore(ada, message))).isEqualTo(message);
    }

    @Test
    void refusesAnotherUsersTrash() {
        var message = talk.say("Private");
        talk.delete(message);

        assertThat(problemOf(restore(grace, message)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Messages.RESTORE, new Messages.Restore(ada, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(mine(grace)).isEmpty();
        assertThat(mine(ada)).extracting(Message::id).containsExactly(message.id());
    }

    @Test
    void listsTheTrashInTheOrderOfDeletion() {
        var first = talk.say("1");
        var second = talk.say("2");
        talk.delete(second);
        talk.delete(first);

        assertThat(list(true)).extracting(Message::id).containsExactly(second.id(), first.id());
        assertThat(list(true))
                .allSatisfy(message -> assertThat(message.deletedAt()).isNotNull());
        assertThat(mine(ada)).extracting(Message::content).containsExactly("2", "1");
    }

    @Test
    void bringsBackOnlyWhatWasNotDeletedItselfWithItsConversation() {
        var kept = talk.say("kept");
        var dropped = talk.say("dropped");
        talk.delete(dropped);
        talk.deleteConversation("now()");

        assertThat(problemOf(restore(ada, dropped)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(mine(ada)).isEmpty();

        talk.deleteConversation(null);
        assertThat(list(false)).containsExactly(kept);
        assertThat(list(true)).extracting(Message::content).containsExactly("dropped");
    }

    private Future<Message> restore(Caller caller, Message message) {
        return bus.ask(Messages.RESTORE, new Messages.Restore(caller, message.id()));
    }

    private List<Message> list(boolean deleted) {
        return Answers.of(bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(ada, adasTripPlan, deleted, SampleConversation.ALL)))
                .items();
    }

    private List<Message> mine(Caller caller) {
        return Answers.of(bus.ask(
                        Messages.LIST_MINE,
                        new Messages.ListMine(
                                caller, new Messages.Filter(null, null, null), true, SampleConversation.ALL)))
                .items();
    }
}

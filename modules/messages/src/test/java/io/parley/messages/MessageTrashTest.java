package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.Which;
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
    private static SampleConversation sample;

    private final Bus bus;

    MessageTrashTest(Bus bus) {
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
    void restoresADeletedMessage() {
        var message = sample.say("Where to?");
        sample.delete(message);

        var restored = Answers.of(restore(ada, message));

        assertThat(restored.content()).isEqualTo("Where to?");
        assertThat(restored.deletedAt()).isNull();
        assertThat(restored.updatedAt()).isAfter(message.updatedAt());
        assertThat(list(false)).containsExactly(restored);
        assertThat(list(true)).isEmpty();
    }

    @Test
    void takesTheAnswerOfATurnWhileItsConversationIsInTheTrash() {
        var question = sample.say("Where to?");
        sample.deleteConversation("now()");
        var answer = following(question, "Lisbon");

        var stored = Answers.of(bus.ask(Messages.POST, answer));
        assertThat(Answers.of(bus.ask(Messages.POST, answer)).id()).isEqualTo(stored.id());
        assertThat(list(false)).isEmpty();

        sample.deleteConversation(null);
        assertThat(list(false)).extracting(Message::content).containsExactly("Where to?", "Lisbon");
        assertThat(list(false).get(1).parentId()).isEqualTo(question.id());
    }

    @Test
    void takesNothingElseWhileTheConversationIsInTheTrashAndNothingOnceItIsPurged() {
        var question = sample.say("Where to?");
        sample.run("UPDATE conversations SET deleted_at = now()");
        for (var placement : List.of(Placement.AS_DRAFTED, Placement.FIRST))
            problemOf(bus.ask(
                    Messages.POST, new Messages.Post(ada, adasTripPlan, Ids.next(), draft("And when?"), placement)));
        sample.run("UPDATE conversations SET purged_at = now()");
        problemOf(bus.ask(Messages.POST, following(question, "Lisbon")));

        assertThat(sample.run("DELETE FROM messages")).isOne();
    }

    private static Messages.Post following(Message last, String text) {
        var draft = draft(text).with(Ids.next(), last.id());
        return new Messages.Post(ada, adasTripPlan, Ids.next(), draft, Placement.FOLLOWING);
    }

    private static MessageDraft draft(String text) {
        return new MessageDraft(null, null, Role.ASSISTANT, text, null, null, null, null, null);
    }

    @Test
    void restoringAMessageThatIsNotDeletedHasNoEffect() {
        var message = sample.say("Still here");

        assertThat(Answers.of(restore(ada, message))).isEqualTo(message);
    }

    @Test
    void refusesAnotherUsersTrash() {
        var message = sample.say("Private");
        sample.delete(message);

        assertThat(problemOf(restore(grace, message)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Messages.RESTORE, new Messages.Restore(ada, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(mine(grace)).isEmpty();
        assertThat(mine(ada)).extracting(Message::id).containsExactly(message.id());
    }

    @Test
    void listsTheTrashInTheOrderOfDeletion() {
        var first = sample.say("1");
        var second = sample.say("2");
        sample.delete(second);
        sample.delete(first);

        assertThat(list(true)).extracting(Message::id).containsExactly(second.id(), first.id());
        assertThat(list(true))
                .allSatisfy(message -> assertThat(message.deletedAt()).isNotNull());
        assertThat(mine(ada)).extracting(Message::content).containsExactly("2", "1");
    }

    @Test
    void restoresWithTheConversationOnlyMessagesNotDeletedThemselves() {
        var kept = sample.say("kept");
        var dropped = sample.say("dropped");
        sample.delete(dropped);
        sample.deleteConversation("now()");

        assertThat(problemOf(restore(ada, dropped)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(mine(ada)).isEmpty();

        sample.deleteConversation(null);
        assertThat(list(false)).containsExactly(kept);
        assertThat(list(true)).extracting(Message::content).containsExactly("dropped");
    }

    private Future<Message> restore(Caller caller, Message message) {
        return bus.ask(Messages.RESTORE, new Messages.Restore(caller, message.id()));
    }

    private List<Message> list(boolean deleted) {
        return Answers.of(bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(
                                ada,
                                adasTripPlan,
                                deleted ? Which.DELETED : Which.CURRENT_BRANCH,
                                SampleConversation.ALL)))
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

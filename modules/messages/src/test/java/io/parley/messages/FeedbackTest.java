package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class FeedbackTest {
    private static final Feedback GOOD = new Feedback(Rating.UP, "Just what I needed.");
    private static final Feedback BAD = new Feedback(Rating.DOWN, null);

    private static SampleConversation sample;

    private final Bus bus;
    private Message question;
    private Message answer;

    FeedbackTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void ask() {
        sample.clear();
        question = sample.say("Where to?");
        answer = sample.reply(question, "To the sea.");
    }

    @Test
    void replacesFeedbackAndShowsItInTheMessage() {
        var first = Answers.of(put(ada, GOOD));
        var second = Answers.of(put(ada, BAD));

        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.updatedAt()).isAfter(first.updatedAt());
        assertThat(Answers.of(find(ada))).isEqualTo(second);
        var message = message();
        assertThat(message.feedback()).isEqualTo(BAD);
        assertThat(message.updatedAt()).isAfter(answer.updatedAt());
    }

    @Test
    void withdrawsFeedback() {
        Answers.of(put(ada, GOOD));
        var rated = message();

        for (int time = 0; time < 2; time++) Answers.of(delete(ada));

        assertThat(message().feedback()).isNull();
        assertThat(message().updatedAt()).isAfter(rated.updatedAt());
        assertThat(problemOf(find(ada)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void takesFeedbackOnAnswersOfTheCallerOnly() {
        Answers.of(put(ada, GOOD));

        assertThat(problemOf(put(grace, BAD)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(find(grace)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(delete(grace)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(MessageFeedback.PUT, new MessageFeedback.Put(ada, question.id(), GOOD)))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(message().feedback()).isEqualTo(GOOD);
    }

    @Test
    void goesWithItsMessage() {
        Answers.of(put(ada, GOOD));
        sample.delete(answer);
        assertThat(problemOf(find(ada)).kind()).isEqualTo(Kind.NOT_FOUND);

        Answers.afterTimeouts(() -> bus.ask(Purge.of("messages"), new Purge.Batch(Duration.ZERO, 10)));

        assertThat(sample.run("SELECT 1 FROM message_feedback")).isZero();
    }

    @Test
    void showsWhatIsStoredHoweverManyChangeItAtOnce() {
        var changes = new ArrayList<Future<?>>();
        for (int time = 0; time < 10; time++) {
            changes.add(put(ada, GOOD));
            changes.add(delete(ada));
        }
        Answers.of(Future.all(changes));

        assertThat(sample.run("SELECT 1 FROM messages WHERE has_feedback"))
                .isEqualTo(sample.run("SELECT 1 FROM message_feedback"));
    }

    private Future<MessageFeedback.Stored> put(Caller caller, Feedback feedback) {
        return bus.ask(MessageFeedback.PUT, new MessageFeedback.Put(caller, answer.id(), feedback));
    }

    private Future<MessageFeedback.Stored> find(Caller caller) {
        return bus.ask(MessageFeedback.FIND, new MessageFeedback.Find(caller, answer.id()));
    }

    private Future<?> delete(Caller caller) {
        return bus.ask(MessageFeedback.DELETE, new MessageFeedback.Delete(caller, answer.id()));
    }

    private Message message() {
        return Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, answer.id())));
    }
}

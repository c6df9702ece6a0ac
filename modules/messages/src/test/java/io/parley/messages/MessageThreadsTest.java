package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Analytics.Count;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ListBranch;
import io.parley.contracts.messages.Messages.ListThread;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageThreadsTest {
    private static SampleConversation talk;

    private final Bus bus;

    MessageThreadsTest(Bus bus) {
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
    void givesAMessageWithItsReplies() {
        var root = talk.say("root");
        var one = talk.reply(root, "one");
        var two = talk.reply(root, "two");
        talk.reply(one, "below one");
        talk.delete(talk.reply(root, "deleted"));

        assertThat(Answers.of(thread(root)).items()).containsExactly(root, one, two);
    }

    @Test
    void followsABranchFromRootToLeafInPages() {
        var root = talk.say("root");
        var left = talk.reply(root, "left");
        talk.reply(root, "right");
        var leaf = talk.reply(left, "leaf");

        assertThat(Answers.of(branch(leaf, SampleConversation.ALL)).items()).containsExactly(root, left, leaf);

        var first = Answers.of(branch(leaf, new PageRequest(null, 2, PageRequest.Order.ASC)));
        var second = Answers.of(branch(leaf, new PageRequest(first.nextCursor(), 2, PageRequest.Order.ASC)));
        assertThat(first.items()).containsExactly(root, left);
        assertThat(second.items()).containsExactly(leaf);
    }

    @Test
    void leavesOutWhatIsDeletedInBetween() {
        var root = talk.say("root");
        var between = talk.reply(root, "between");
        var leaf = talk.reply(between, "leaf");
        talk.delete(between);

        assertThat(Answers.of(branch(leaf, SampleConversation.ALL)).items()).containsExactly(root, leaf);
    }

    @Test
    void staysInsideTheConversationAndTheOwner() {
        var root = talk.say("root");

        assertThat(problemOf(bus.ask(
                                Messages.THREAD,
                                new ListThread(grace, adasTripPlan, root.id(), SampleConversation.ALL)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(
                                Messages.BRANCH, new ListBranch(grace, gracesDiary, root.id(), SampleConversation.ALL)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        talk.delete(root);
        assertThat(problemOf(thread(root)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void countsMessagesByRoleAndTokensByModel() {
        var root = talk.say("one");
        talk.reply(root, "two");
        talk.reply(root, "three");
        talk.delete(talk.reply(root, "deleted"));
        var day = Instant.EPOCH;

        var counts = Answers.of(bus.ask(
                        Analytics.MESSAGES, new Analytics.DateRange(ada, day, day.plusSeconds(86_400), Bucket.DAY)))
                .counts();
        var stats = Answers.of(
                bus.ask(Analytics.CONVERSATION_STATS, new Analytics.FindConversationStats(ada, adasTripPlan)));

        assertThat(counts)
                .containsExactlyInAnyOrder(
                        new Count(day, "user", null, 1),
                        new Count(day, "assistant", null, 2),
                        new Count(day, "tokens", "tern-1", 20));
        assertThat(stats.messages()).isEqualTo(Map.of("user", 1L, "assistant", 2L));
        assertThat(stats.tokens()).isEqualTo(20);
        assertThat(stats.first()).isEqualTo(root.createdAt());
        assertThat(stats.last()).isAfter(root.createdAt());
    }

    private Future<Page<Message>> thread(Message of) {
        return bus.ask(Messages.THREAD, new ListThread(ada, adasTripPlan, of.id(), SampleConversation.ALL));
    }

    private Future<Page<Message>> branch(Message leaf, PageRequest slice) {
        return bus.ask(Messages.BRANCH, new ListBranch(ada, adasTripPlan, leaf.id(), slice));
    }
}

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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageThreadsTest {
    private static SampleConversation sample;

    private final Bus bus;

    MessageThreadsTest(Bus bus) {
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
    void listsAMessageWithItsReplies() {
        var root = sample.say("root");
        var one = sample.reply(root, "one");
        var two = sample.reply(root, "two");
        sample.reply(one, "below one");
        sample.delete(sample.reply(root, "deleted"));

        assertThat(ids(Answers.of(thread(root)))).containsExactly(root.id(), one.id(), two.id());
    }

    @Test
    void listsABranchFromRootToLeafInPages() {
        var root = sample.say("root");
        var left = sample.reply(root, "left");
        sample.reply(root, "right");
        var leaf = sample.reply(left, "leaf");

        assertThat(ids(Answers.of(branch(leaf, SampleConversation.ALL))))
                .containsExactly(root.id(), left.id(), leaf.id());

        var first = Answers.of(branch(leaf, new PageRequest(null, 2, PageRequest.Order.ASC)));
        var second = Answers.of(branch(leaf, new PageRequest(first.nextCursor(), 2, PageRequest.Order.ASC)));
        assertThat(ids(first)).containsExactly(root.id(), left.id());
        assertThat(ids(second)).containsExactly(leaf.id());
    }

    @Test
    void leavesOutDeletedMessagesOfABranch() {
        var root = sample.say("root");
        var between = sample.reply(root, "between");
        var leaf = sample.reply(between, "leaf");
        sample.delete(between);

        assertThat(ids(Answers.of(branch(leaf, SampleConversation.ALL)))).containsExactly(root.id(), leaf.id());
    }

    @Test
    void refusesMessagesOfOtherConversationsAndUsers() {
        var root = sample.say("root");

        assertThat(problemOf(bus.ask(
                                Messages.THREAD,
                                new ListThread(grace, adasTripPlan, root.id(), SampleConversation.ALL)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(
                                Messages.BRANCH, new ListBranch(grace, gracesDiary, root.id(), SampleConversation.ALL)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        sample.delete(root);
        assertThat(problemOf(thread(root)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void countsMessagesByRoleAndTokensByModel() {
        var root = sample.say("one");
        sample.reply(root, "two");
        sample.reply(root, "three");
        sample.delete(sample.reply(root, "deleted"));
        var day = root.createdAt().truncatedTo(ChronoUnit.DAYS);

        var counts = Answers.of(bus.ask(
                        Analytics.MESSAGES, new Analytics.DateRange(ada, day, day.plusSeconds(2 * 86_400), Bucket.DAY)))
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

    private static List<UUID> ids(Page<Message> page) {
        return page.items().stream().map(Message::id).toList();
    }

    private Future<Page<Message>> thread(Message of) {
        return bus.ask(Messages.THREAD, new ListThread(ada, adasTripPlan, of.id(), SampleConversation.ALL));
    }

    private Future<Page<Message>> branch(Message leaf, PageRequest page) {
        return bus.ask(Messages.BRANCH, new ListBranch(ada, adasTripPlan, leaf.id(), page));
    }
}

package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.Which;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where messages are stored in the tree of their conversation. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessageBranchesTest {
    private static SampleConversation sample;

    private final Bus bus;

    MessageBranchesTest(Bus bus) {
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
    void storesAMessageBelowTheCurrentLeaf() {
        var first = sample.say("first");
        var second = sample.say("second");

        assertThat(first.parentId()).isNull();
        assertThat(second.parentId()).isEqualTo(first.id());
        assertThat(sample.leaf()).isEqualTo(second.id());
        assertThat(second.siblings()).isEqualTo(Siblings.ALONE);
    }

    @Test
    void beginsABranchBelowAnyMessage() {
        var root = sample.say("root");
        var left = sample.reply(root, "left");
        sample.say("below left");
        var right = sample.reply(root, "right");

        assertThat(sample.leaf()).isEqualTo(right.id());
        assertThat(right.siblings()).isEqualTo(new Siblings(2, 2, left.id(), null));
        assertThat(sample.find(left).siblings()).isEqualTo(new Siblings(1, 2, null, right.id()));
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "right");
        assertThat(sample.texts(Which.ALL, Order.ASC)).containsExactly("root", "left", "below left", "right");
        assertThat(sample.say("below right").parentId()).isEqualTo(right.id());
    }

    @Test
    void beginsTheConversationAnew() {
        var first = sample.say("first");
        sample.say("answer");
        var edited = sample.post("edited", null, Placement.FIRST);

        assertThat(edited.parentId()).isNull();
        assertThat(edited.siblings()).isEqualTo(new Siblings(2, 2, first.id(), null));
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("edited");
    }

    @Test
    void refusesADeletedParent() {
        var root = sample.say("root");
        var deleted = sample.say("deleted");
        sample.delete(deleted);

        var refused = problemOf(bus.ask(
                Messages.POST,
                new Messages.Post(ada, adasTripPlan, draft("late").inReplyTo(deleted.id()))));

        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.faults()).extracting(Problem.Fault::pointer).containsExactly("/parent_id");
        assertThat(sample.leaf()).isEqualTo(root.id());
    }

    @Test
    void postingAgainDoesNotMoveTheLeafBack() {
        var draft = draft("first");
        var post = new Messages.Post(ada, adasTripPlan, Ids.next(), draft);
        var first = Answers.of(bus.ask(Messages.POST, post));
        var second = sample.say("second");

        assertThat(Answers.of(bus.ask(Messages.POST, post))).isEqualTo(first);
        assertThat(sample.leaf()).isEqualTo(second.id());
    }

    @Test
    void listsTheCurrentBranchInPagesInBothDirections() {
        var expected = new ArrayList<String>();
        @Nullable Message last = null;
        for (int number = 0; number < 7; number++) {
            if (last != null) sample.reply(last, "other " + number);
            last = last == null ? sample.say("0") : sample.reply(last, "" + number);
            expected.add("" + number);
        }
        sample.delete(sample.list(Which.CURRENT_BRANCH, new PageRequest(null, 10, Order.ASC))
                .items()
                .get(3));
        expected.remove(3);

        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).isEqualTo(expected);
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.DESC))
                .isEqualTo(IntStream.rangeClosed(1, expected.size())
                        .mapToObj(at -> expected.get(expected.size() - at))
                        .toList());
    }

    @Test
    void attachesWhatFollowsAPurgedMessageToTheOneBeforeIt() {
        var root = sample.say("root");
        var one = sample.say("one");
        var two = sample.say("two");
        var leaf = sample.say("leaf");
        Stream.of(one, two).forEach(sample::delete);

        Answers.afterTimeouts(() -> bus.ask(Purge.of("messages"), new Purge.Batch(Duration.ZERO, 10)));

        assertThat(sample.find(leaf).parentId()).isEqualTo(root.id());
        assertThat(sample.leaf()).isEqualTo(leaf.id());
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "leaf");
    }

    @Test
    void branchesOffAMessageThatOthersFollow() {
        var question = sample.say("question");
        var first = sample.say("first answer");

        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, question.id())));
        assertThat(sample.leaf()).isEqualTo(question.id());
        var second = sample.follow(question, "second answer");

        assertThat(second.siblings()).isEqualTo(new Siblings(2, 2, first.id(), null));
        assertThat(sample.leaf()).isEqualTo(second.id());
        assertThat(problemOf(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(grace, question.id())))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        sample.delete(question);
        assertThat(problemOf(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, question.id())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    private static MessageDraft draft(String text) {
        return new MessageDraft(null, null, Role.USER, text, null, null, null, null, null);
    }
}

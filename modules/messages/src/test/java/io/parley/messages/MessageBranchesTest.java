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
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where messages are stored in the tree of their conversation, and what becomes of its current leaf. */
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
        assertThat(leaf()).isEqualTo(second.id());
        assertThat(second.siblings()).isEqualTo(Siblings.ALONE);
    }

    @Test
    void beginsABranchBelowAnyMessage() {
        var root = sample.say("root");
        var left = sample.reply(root, "left");
        sample.say("below left");
        var right = sample.reply(root, "right");

        assertThat(leaf()).isEqualTo(right.id());
        assertThat(right.siblings()).isEqualTo(new Siblings(2, 2, left.id(), null));
        assertThat(find(left).siblings()).isEqualTo(new Siblings(1, 2, null, right.id()));
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "right");
        assertThat(texts(Which.ALL, Order.ASC)).containsExactly("root", "left", "below left", "right");
        assertThat(sample.say("below right").parentId()).isEqualTo(right.id());
    }

    @Test
    void beginsTheConversationAnew() {
        var first = sample.say("first");
        sample.say("answer");
        var edited = post(null, "edited", Placement.FIRST);

        assertThat(edited.parentId()).isNull();
        assertThat(edited.siblings()).isEqualTo(new Siblings(2, 2, first.id(), null));
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("edited");
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
        assertThat(leaf()).isEqualTo(root.id());
    }

    @Test
    void postingAgainDoesNotMoveTheLeafBack() {
        var draft = draft("first");
        var post = new Messages.Post(ada, adasTripPlan, Ids.next(), draft);
        var first = Answers.of(bus.ask(Messages.POST, post));
        var second = sample.say("second");

        assertThat(Answers.of(bus.ask(Messages.POST, post))).isEqualTo(first);
        assertThat(leaf()).isEqualTo(second.id());
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
        sample.delete(list(Which.CURRENT_BRANCH, new PageRequest(null, 10, Order.ASC))
                .items()
                .get(3));
        expected.remove(3);

        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).isEqualTo(expected);
        assertThat(texts(Which.CURRENT_BRANCH, Order.DESC))
                .isEqualTo(IntStream.rangeClosed(1, expected.size())
                        .mapToObj(at -> expected.get(expected.size() - at))
                        .toList());
    }

    @Test
    void movesTheLeafUpIfItIsDeleted() {
        var root = sample.say("root");
        var answer = sample.say("answer");
        var leaf = sample.say("leaf");

        sample.delete(answer);
        assertThat(leaf()).isEqualTo(leaf.id());
        sample.delete(leaf);
        assertThat(leaf()).isEqualTo(root.id());
        sample.delete(root);
        assertThat(leaf()).isNull();
        assertThat(sample.say("again").parentId()).isNull();
    }

    @Test
    void movesTheLeafToTheNewestMessageOfAnotherBranchIfItIsDeleted() {
        var root = sample.say("root");
        sample.reply(root, "left");
        var belowLeft = sample.say("below left");
        var right = sample.reply(root, "right");

        sample.delete(right);

        assertThat(leaf()).isEqualTo(belowLeft.id());
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "left", "below left");
    }

    @Test
    void movesTheLeafDownIfWhatFollowsItIsRestored() {
        var root = sample.say("root");
        var answer = sample.say("answer");
        var leaf = sample.say("leaf");
        Stream.of(leaf, answer).forEach(sample::delete);

        restore(leaf);
        assertThat(leaf()).isEqualTo(leaf.id());
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "leaf");
        restore(answer);
        assertThat(leaf()).isEqualTo(leaf.id());
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "answer", "leaf");
        assertThat(find(root).siblings()).isEqualTo(Siblings.ALONE);
    }

    @Test
    void aRestoredMessageBesideTheCurrentBranchBecomesASibling() {
        sample.say("root");
        var left = sample.say("left");
        sample.delete(left);
        var right = sample.say("right");

        var restored = restore(left);

        assertThat(leaf()).isEqualTo(right.id());
        assertThat(restored.siblings()).isEqualTo(new Siblings(1, 2, null, right.id()));
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "right");
    }

    @Test
    void attachesWhatFollowsAPurgedMessageToTheOneBeforeIt() {
        var root = sample.say("root");
        var one = sample.say("one");
        var two = sample.say("two");
        var leaf = sample.say("leaf");
        Stream.of(one, two).forEach(sample::delete);

        Answers.afterTimeouts(() -> bus.ask(Purge.of("messages"), new Purge.Batch(Duration.ZERO, 10)));

        assertThat(find(leaf).parentId()).isEqualTo(root.id());
        assertThat(leaf()).isEqualTo(leaf.id());
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "leaf");
    }

    @Test
    void branchesOffAMessageThatOthersFollow() {
        var question = sample.say("question");
        var first = sample.say("first answer");

        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, question.id())));
        assertThat(leaf()).isEqualTo(question.id());
        var second = post(question.id(), "second answer", Placement.FOLLOWING);

        assertThat(second.siblings()).isEqualTo(new Siblings(2, 2, first.id(), null));
        assertThat(leaf()).isEqualTo(second.id());
        assertThat(problemOf(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(grace, question.id())))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        sample.delete(question);
        assertThat(problemOf(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, question.id())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void followsWhatWasPostedInTheMeantime() {
        var question = sample.say("question");
        var aside = sample.say("aside");

        var answer = post(question.id(), "answer", Placement.FOLLOWING);

        assertThat(answer.parentId()).isEqualTo(aside.id());
        assertThat(leaf()).isEqualTo(answer.id());
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("question", "aside", "answer");
    }

    @Test
    void leavesTheLeafWhereItWasMovedMeanwhile() {
        var root = sample.say("root");
        var other = sample.reply(root, "other");
        var question = sample.reply(root, "question");
        moveLeaf(other);

        var answer = post(question.id(), "answer", Placement.FOLLOWING);
        var next = post(answer.id(), "next", Placement.FOLLOWING);

        assertThat(answer.parentId()).isEqualTo(question.id());
        assertThat(next.parentId()).isEqualTo(answer.id());
        assertThat(leaf()).isEqualTo(other.id());
        moveLeaf(next);
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "question", "answer", "next");
    }

    @Test
    void followsAMessageThatWasDeletedMeanwhile() {
        var root = sample.say("root");
        sample.reply(root, "older branch");
        var question = sample.reply(root, "question");
        sample.delete(question);

        var answer = post(question.id(), "answer", Placement.FOLLOWING);

        assertThat(answer.parentId()).isEqualTo(question.id());
        assertThat(leaf()).isEqualTo(answer.id());
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "answer");
    }

    @Test
    void followsWhatWasPostedAfterTheLastMessageWasDeleted() {
        sample.say("root");
        var question = sample.say("question");
        sample.delete(question);
        var aside = sample.say("aside");

        var answer = post(question.id(), "answer", Placement.FOLLOWING);

        assertThat(answer.parentId()).isEqualTo(aside.id());
        assertThat(leaf()).isEqualTo(answer.id());
    }

    @Test
    void storesMessagesThatArePostedAtOnceInOneLine() {
        sample.say("root");
        var posts = IntStream.range(0, 20)
                .mapToObj(
                        number -> bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, draft("post " + number))))
                .toList();

        Answers.of(Future.all(posts));

        var listed =
                list(Which.CURRENT_BRANCH, new PageRequest(null, 50, Order.ASC)).items();
        assertThat(listed).hasSize(21);
        for (int at = 1; at < listed.size(); at++)
            assertThat(listed.get(at).parentId()).isEqualTo(listed.get(at - 1).id());
        assertThat(leaf()).isEqualTo(listed.get(20).id());
        assertThat(sample.run("SELECT 1 FROM conversations WHERE has_branches")).isZero();
    }

    @Test
    void keepsALiveLeafWhileMessagesArePostedFollowedDeletedAndRestoredAtOnce() {
        var messages = new ArrayList<Message>();
        for (int number = 0; number < 12; number++) messages.add(sample.say("message " + number));
        var requests = new ArrayList<Future<?>>();
        for (var message : messages) {
            requests.add(bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)));
            requests.add(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, draft("after " + message.id()))));
            requests.add(bus.ask(Messages.POST, following(message.id(), "follows " + message.id())));
            requests.add(bus.ask(Messages.RESTORE, new Messages.Restore(ada, message.id())));
        }

        Answers.of(Future.all(
                requests.stream().map(MessageBranchesTest::unlessRefused).toList()));

        assertThat(sample.run("""
                SELECT 1 FROM conversations c JOIN messages m ON m.id = c.current_leaf AND m.deleted_at IS NULL
                """)).isOne();
        assertThat(sample.run("""
                SELECT 1 FROM messages child JOIN messages parent ON parent.id = child.parent_id
                 WHERE parent.created_at >= child.created_at
                """)).isZero();
        assertThat(texts(Which.CURRENT_BRANCH, Order.ASC)).isNotEmpty().containsExactlyElementsOf(branchByHand());
    }

    // A message cannot be followed while it is deleted, nor restored before.
    private static Future<?> unlessRefused(Future<?> request) {
        return request.recover(failure -> failure instanceof Problem problem
                        && (problem.kind() == Kind.NOT_FOUND || problem.kind() == Kind.INVALID)
                ? Future.succeededFuture()
                : Future.failedFuture(failure));
    }

    // The list must follow the parents, whether or not it is read by time.
    private List<String> branchByHand() {
        return Answers.of(OwnerDatabase.of(sample.database())
                .query("""
                WITH RECURSIVE up AS (
                    SELECT m.* FROM conversations c JOIN messages m ON m.id = c.current_leaf
                    UNION ALL SELECT p.* FROM up JOIN messages p ON p.id = up.parent_id)
                SELECT content FROM up WHERE deleted_at IS NULL ORDER BY created_at
                """, row -> row.getString(0))
                .list(Parameters.none()));
    }

    private Message post(@Nullable UUID parent, String text, Placement placement) {
        return Answers.of(bus.ask(
                Messages.POST,
                new Messages.Post(
                        ada,
                        adasTripPlan,
                        Ids.next(),
                        new MessageDraft(null, parent, Role.USER, text, null, null, null, null, null),
                        placement)));
    }

    private static MessageDraft draft(String text) {
        return new MessageDraft(null, null, Role.USER, text, null, null, null, null, null);
    }

    private static Messages.Post following(UUID last, String text) {
        return new Messages.Post(ada, adasTripPlan, Ids.next(), draft(text).inReplyTo(last), Placement.FOLLOWING);
    }

    private Message find(Message message) {
        return Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())));
    }

    private Message restore(Message message) {
        return Answers.of(bus.ask(Messages.RESTORE, new Messages.Restore(ada, message.id())));
    }

    // As the conversations module does it.
    private static void moveLeaf(Message to) {
        sample.run("UPDATE conversations SET current_leaf = '" + to.id() + "' WHERE id = '" + adasTripPlan + "'");
    }

    private static @Nullable UUID leaf() {
        return Answers.of(OwnerDatabase.of(sample.database())
                        .query(
                                "SELECT current_leaf FROM conversations WHERE id = '" + adasTripPlan + "'",
                                row -> Optional.ofNullable(row.getUUID(0)))
                        .only(Parameters.none()))
                .orElse(null);
    }

    private Page<Message> list(Which which, PageRequest page) {
        return Answers.of(
                bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(ada, adasTripPlan, which, page)));
    }

    /** Of all pages. */
    private List<String> texts(Which which, Order order) {
        var texts = new ArrayList<String>();
        var page = list(which, new PageRequest(null, 2, order));
        while (true) {
            page.items().forEach(message -> texts.add(String.valueOf(message.content())));
            if (page.nextCursor() == null) return texts;
            page = list(which, new PageRequest(page.nextCursor(), 2, order));
        }
    }
}

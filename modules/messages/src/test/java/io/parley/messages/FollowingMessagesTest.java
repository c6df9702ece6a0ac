package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a message is stored if others are posted, deleted or chosen before it. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class FollowingMessagesTest {
    private static SampleConversation sample;

    private final Bus bus;

    FollowingMessagesTest(Bus bus) {
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
    void followsWhatWasPostedInTheMeantime() {
        var question = sample.say("question");
        var aside = sample.say("aside");

        var answer = sample.follow(question, "answer");

        assertThat(answer.parentId()).isEqualTo(aside.id());
        assertThat(sample.leaf()).isEqualTo(answer.id());
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("question", "aside", "answer");
    }

    @Test
    void leavesTheLeafWhereItWasMovedMeanwhile() {
        var root = sample.say("root");
        var other = sample.reply(root, "other");
        var question = sample.reply(root, "question");
        sample.moveLeaf(other);

        var answer = sample.follow(question, "answer");
        var next = sample.follow(answer, "next");

        assertThat(answer.parentId()).isEqualTo(question.id());
        assertThat(next.parentId()).isEqualTo(answer.id());
        assertThat(sample.leaf()).isEqualTo(other.id());
        sample.moveLeaf(next);
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "question", "answer", "next");
    }

    @Test
    void followsAMessageThatWasDeletedMeanwhile() {
        var root = sample.say("root");
        sample.reply(root, "older branch");
        var question = sample.reply(root, "question");
        sample.delete(question);

        var answer = sample.follow(question, "answer");

        assertThat(answer.parentId()).isEqualTo(question.id());
        assertThat(sample.leaf()).isEqualTo(answer.id());
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "answer");
    }

    @Test
    void followsWhatWasPostedAfterTheLastMessageWasDeleted() {
        sample.say("root");
        var question = sample.say("question");
        sample.delete(question);
        var aside = sample.say("aside");

        var answer = sample.follow(question, "answer");

        assertThat(answer.parentId()).isEqualTo(aside.id());
        assertThat(sample.leaf()).isEqualTo(answer.id());
    }

    @Test
    void storesMessagesThatArePostedAtOnceInOneLine() {
        sample.say("root");
        var posts = IntStream.range(0, 20)
                .mapToObj(
                        number -> bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, draft("post " + number))))
                .toList();

        Answers.of(Future.all(posts));

        var listed = sample.list(Which.CURRENT_BRANCH, new PageRequest(null, 50, Order.ASC))
                .items();
        assertThat(listed).hasSize(21);
        for (int at = 1; at < listed.size(); at++)
            assertThat(listed.get(at).parentId()).isEqualTo(listed.get(at - 1).id());
        assertThat(sample.leaf()).isEqualTo(listed.get(20).id());
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
                requests.stream().map(FollowingMessagesTest::unlessRefused).toList()));

        assertThat(sample.run("""
                SELECT 1 FROM conversations c JOIN messages m ON m.id = c.current_leaf AND m.deleted_at IS NULL
                """)).isOne();
        assertThat(sample.run("""
                SELECT 1 FROM messages child JOIN messages parent ON parent.id = child.parent_id
                 WHERE parent.created_at >= child.created_at
                """)).isZero();
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC))
                .isNotEmpty()
                .containsExactlyElementsOf(branchByHand());
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

    private static MessageDraft draft(String text) {
        return new MessageDraft(null, null, Role.USER, text, null, null, null, null, null);
    }

    private static Messages.Post following(UUID last, String text) {
        return new Messages.Post(ada, adasTripPlan, Ids.next(), draft(text).inReplyTo(last), Placement.FOLLOWING);
    }
}

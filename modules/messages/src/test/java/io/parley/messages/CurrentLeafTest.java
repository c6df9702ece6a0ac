package io.parley.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Messages.Which;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.Database;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of the current leaf if messages are deleted and restored. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class CurrentLeafTest {
    private static SampleConversation sample;

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        sample.clear();
    }

    @Test
    void movesTheLeafUpIfItIsDeleted() {
        var root = sample.say("root");
        var answer = sample.say("answer");
        var leaf = sample.say("leaf");

        sample.delete(answer);
        assertThat(sample.leaf()).isEqualTo(leaf.id());
        sample.delete(leaf);
        assertThat(sample.leaf()).isEqualTo(root.id());
        sample.delete(root);
        assertThat(sample.leaf()).isNull();
        assertThat(sample.say("again").parentId()).isNull();
    }

    @Test
    void movesTheLeafToTheNewestMessageOfAnotherBranchIfItIsDeleted() {
        var root = sample.say("root");
        sample.reply(root, "left");
        var belowLeft = sample.say("below left");
        var right = sample.reply(root, "right");

        sample.delete(right);

        assertThat(sample.leaf()).isEqualTo(belowLeft.id());
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "left", "below left");
    }

    @Test
    void movesTheLeafDownIfWhatFollowsItIsRestored() {
        var root = sample.say("root");
        var answer = sample.say("answer");
        var leaf = sample.say("leaf");
        Stream.of(leaf, answer).forEach(sample::delete);

        sample.restore(leaf);
        assertThat(sample.leaf()).isEqualTo(leaf.id());
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "leaf");
        sample.restore(answer);
        assertThat(sample.leaf()).isEqualTo(leaf.id());
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "answer", "leaf");
        assertThat(sample.find(root).siblings()).isEqualTo(Siblings.ALONE);
    }

    @Test
    void aRestoredMessageBesideTheCurrentBranchBecomesASibling() {
        sample.say("root");
        var left = sample.say("left");
        sample.delete(left);
        var right = sample.say("right");

        var restored = sample.restore(left);

        assertThat(sample.leaf()).isEqualTo(right.id());
        assertThat(restored.siblings()).isEqualTo(new Siblings(1, 2, null, right.id()));
        assertThat(sample.texts(Which.CURRENT_BRANCH, Order.ASC)).containsExactly("root", "right");
    }
}

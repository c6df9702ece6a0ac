package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class BranchDigestStoreTest {
    private static SampleConversation sample;

    private final Bus bus;
    private Message question;
    private Message answer;
    private Message further;

    BranchDigestStoreTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void talk() {
        sample.clear();
        question = sample.say("Where to? \uD83C\uDFD6 café");
        answer = sample.reply(question, "To the sea.");
        further = sample.say("Which one?");
    }

    @Test
    void isWhatTheMessagesThemselvesGive() {
        assertThat(digests(ada, further, answer, further))
                .containsExactlyInAnyOrder(
                        new UpTo(answer.id(), of(question, answer)),
                        new UpTo(further.id(), of(question, answer, further)));
    }

    @Test
    void changesWithTheContentOnly() {
        var before = digest(further);

        patch(answer, new MessagePatch(Patch.absent(), Patch.to(99), Patch.absent(), Patch.to(new Json("{\"a\":1}"))));
        Answers.of(bus.ask(
                MessageFeedback.PUT,
                new MessageFeedback.Put(ada, answer.id(), new Feedback(Feedback.Rating.UP, null))));
        assertThat(digest(further)).isEqualTo(before);

        patch(answer, content("To the mountains."));
        assertThat(digest(further)).isNotEqualTo(before);
        assertThat(digest(question)).isPresent();
        patch(answer, content("To the sea."));
        assertThat(digest(further)).isEqualTo(before);
    }

    @Test
    void leavesDeletedMessagesOut() {
        var before = digest(further);

        sample.delete(answer);

        assertThat(digest(further)).contains(of(question, further));
        assertThat(digest(answer)).isEmpty();
        Answers.of(bus.ask(Messages.RESTORE, new Messages.Restore(ada, answer.id())));
        assertThat(digest(further)).isEqualTo(before);
    }

    @Test
    void followsTheBranchOfTheLeaf() {
        var other = sample.post(
                ada,
                adasTripPlan,
                new MessageDraft(null, question.id(), Role.ASSISTANT, "Home.", null, null, null, null, null));

        assertThat(digests(ada, other, question, answer, further, other))
                .containsExactlyInAnyOrder(
                        new UpTo(question.id(), of(question)), new UpTo(other.id(), of(question, other)));
        assertThat(digest(further)).contains(of(question, answer, further));
    }

    @Test
    void tellsNothingOfOtherUsers() {
        assertThat(digests(grace, further, further)).isEmpty();
    }

    private void patch(Message message, MessagePatch patch) {
        Answers.of(bus.ask(Messages.UPDATE, new Messages.Update(ada, message.id(), Versions.ANY, patch)));
    }

    private static MessagePatch content(String text) {
        return new MessagePatch(Patch.to(text), Patch.absent(), Patch.absent(), Patch.absent());
    }

    private static BranchDigest of(Message... messages) {
        return Stream.of(messages).reduce(BranchDigest.EMPTY, BranchDigest::plus, BranchDigest::plus);
    }

    private Optional<BranchDigest> digest(Message upTo) {
        return digests(ada, further, upTo).stream().findFirst().map(UpTo::digest);
    }

    private List<UpTo> digests(Caller caller, Message leaf, Message... upTo) {
        var ids = Stream.of(upTo).map(Message::id).toList();
        return Answers.of(bus.ask(Messages.DIGESTS, new Messages.FindDigests(caller, adasTripPlan, leaf.id(), ids)))
                .items();
    }
}

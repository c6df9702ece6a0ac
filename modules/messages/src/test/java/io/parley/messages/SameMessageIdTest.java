package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ListBranch;
import io.parley.contracts.messages.Messages.ListThread;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ada and Grace have a message and a reply to it with the same ids. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SameMessageIdTest {
    private static SampleConversation sample;

    private final Bus bus;
    private final UUID id = Ids.next();
    private final UUID replyId = Ids.next();

    private Message adas;
    private Message graces;
    private Message adasReply;
    private Message gracesReply;

    SameMessageIdTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void postBoth() {
        sample.clear();
        adas = post(ada, adasTripPlan, id, null);
        graces = post(grace, gracesDiary, id, null);
        adasReply = post(ada, adasTripPlan, replyId, id);
        gracesReply = post(grace, gracesDiary, replyId, id);
    }

    @Test
    void eachUserFindsAndListsTheirOwn() {
        assertThat(Answers.of(find(ada))).isEqualTo(adas);
        assertThat(Answers.of(find(grace))).isEqualTo(graces);
        assertThat(problemOf(find(margaret)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(list(ada, false)).containsExactly(adas, adasReply);
        assertThat(list(grace, false)).containsExactly(graces, gracesReply);
    }

    @Test
    void eachUserFollowsTheirOwnThread() {
        var all = SampleConversation.ALL;

        assertThat(Answers.of(bus.ask(Messages.THREAD, new ListThread(ada, adasTripPlan, id, all)))
                        .items())
                .containsExactly(adas, adasReply);
        assertThat(Answers.of(bus.ask(Messages.BRANCH, new ListBranch(grace, gracesDiary, replyId, all)))
                        .items())
                .containsExactly(graces, gracesReply);
    }

    @Test
    void eachUserUpdatesTheirOwn() {
        var patch = new MessagePatch(Patch.to("Changed"), Patch.absent(), Patch.absent(), Patch.absent());

        var changed = Answers.of(bus.ask(Messages.UPDATE, new Messages.Update(ada, id, Versions.ANY, patch)));

        assertThat(changed.content()).isEqualTo("Changed");
        assertThat(Answers.of(find(ada))).isEqualTo(changed);
        assertThat(Answers.of(find(grace))).isEqualTo(graces);
    }

    @Test
    void eachUserDeletesAndRestoresTheirOwn() {
        Answers.of(bus.ask(Messages.DELETE, new Messages.Delete(ada, id, Versions.ANY)));

        assertThat(problemOf(find(ada)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(list(ada, true)).extracting(Message::id).containsExactly(id);
        assertThat(list(grace, true)).isEmpty();
        assertThat(Answers.of(restore(grace))).isEqualTo(graces);

        assertThat(Answers.of(restore(ada)).content()).isEqualTo(adas.content());
        assertThat(list(ada, false)).extracting(Message::userId).containsOnly(ada.userId());
    }

    private Message post(Caller caller, UUID conversationId, UUID id, @Nullable UUID parentId) {
        var content = "of " + caller.userId();
        return sample.post(
                caller,
                conversationId,
                new MessageDraft(id, parentId, Role.USER, content, null, null, null, null, null));
    }

    private Future<Message> find(Caller caller) {
        return bus.ask(Messages.FIND, new Messages.Find(caller, id));
    }

    private Future<Message> restore(Caller caller) {
        return bus.ask(Messages.RESTORE, new Messages.Restore(caller, id));
    }

    private List<Message> list(Caller caller, boolean deleted) {
        var filter = new Messages.Filter(null, null, null);
        return Answers.of(bus.ask(
                        Messages.LIST_MINE, new Messages.ListMine(caller, filter, deleted, SampleConversation.ALL)))
                .items();
    }
}

package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ada and Grace have conversations with the same id. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SameConversationIdTest {
    private final Bus bus;

    private UUID id;
    private Conversation adas;
    private Conversation graces;

    SameConversationIdTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
    }

    @BeforeEach
    void createBoth() {
        id = Ids.next();
        adas = create(ada, "Ada's");
        graces = create(grace, "Grace's");
    }

    @Test
    void eachUserFindsAndListsTheirOwn() {
        assertThat(Answers.of(find(ada))).isEqualTo(adas);
        assertThat(Answers.of(find(grace))).isEqualTo(graces);
        assertThat(list(ada, false)).contains(adas).doesNotContain(graces);
        assertThat(list(grace, false)).contains(graces).doesNotContain(adas);
        assertThat(problemOf(find(margaret)).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void eachUserUpdatesTheirOwn() {
        var patch = new ConversationPatch(Patch.to("Changed"), Patch.absent(), Patch.absent());

        var changed = Answers.of(
                bus.ask(Conversations.UPDATE, new Conversations.Update(ada, id, Versions.of(adas.updatedAt()), patch)));

        assertThat(changed.title()).isEqualTo("Changed");
        assertThat(Answers.of(find(ada))).isEqualTo(changed);
        assertThat(Answers.of(find(grace))).isEqualTo(graces);
        assertThat(problemOf(bus.ask(
                                Conversations.UPDATE,
                                new Conversations.Update(ada, id, Versions.of(adas.updatedAt()), patch)))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void eachUserDeletesAndRestoresTheirOwn() {
        Answers.of(bus.ask(Conversations.DELETE, new Conversations.Delete(ada, id, Versions.ANY)));

        assertThat(problemOf(find(ada)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(list(ada, true)).extracting(Conversation::id).contains(id);
        assertThat(list(grace, true)).extracting(Conversation::id).doesNotContain(id);
        assertThat(Answers.of(find(grace))).isEqualTo(graces);
        assertThat(Answers.of(restore(grace))).isEqualTo(graces);

        assertThat(Answers.of(restore(ada)).title()).isEqualTo("Ada's");
        assertThat(Answers.of(find(ada)).userId()).isEqualTo(ada.userId());
    }

    @Test
    void eachUserMovesTheirOwnLeaf() {
        var patch = ConversationPatch.ofCurrentLeaf(id);

        assertThat(problemOf(bus.ask(Conversations.UPDATE, new Conversations.Update(ada, id, Versions.ANY, patch)))
                        .kind())
                .isEqualTo(Kind.INVALID);

        assertThat(Answers.of(find(ada))).isEqualTo(adas);
        assertThat(Answers.of(find(grace))).isEqualTo(graces);
    }

    private Conversation create(Caller caller, String title) {
        return Answers.of(bus.ask(
                Conversations.CREATE, new Conversations.Create(caller, id, new ConversationDraft(title, null, null))));
    }

    private Future<Conversation> find(Caller caller) {
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, id));
    }

    private Future<Conversation> restore(Caller caller) {
        return bus.ask(Conversations.RESTORE, new Conversations.Restore(caller, id));
    }

    private List<Conversation> list(Caller caller, boolean deleted) {
        var page = new PageRequest(null, 200, Order.DESC);
        return Answers.of(bus.ask(Conversations.LIST, new Conversations.ListMine(caller, deleted, page)))
                .items();
    }
}

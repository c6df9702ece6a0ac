package io.parley.messages;

import static io.parley.messages.SealedTripPlan.METADATA;
import static io.parley.messages.SealedTripPlan.SECRET;
import static io.parley.messages.SealedTripPlan.text;
import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
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
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are stored encrypted, posted again or changed, by their owner or by a thief in the database. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SealedMessageChangesTest {
    private static SealedTripPlan plan;

    private final Bus bus;

    SealedMessageChangesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        plan = SealedTripPlan.open(vertx, bus, database);
    }

    @BeforeEach
    void encrypt() {
        plan.encrypt();
    }

    @Test
    void repeatsTheSameMessageAndRefusesAnotherOne() {
        var id = Ids.next();
        var message = plan.post(text(id, SECRET));

        assertThat(plan.post(text(id, SECRET))).isEqualTo(message);
        assertThat(problemOf(plan.ask(text(id, "other"))).kind()).isEqualTo(Kind.CONFLICT);
        plan.assertNothingReadable("messages");
    }

    @Test
    void changesWhatIsSealed() {
        var draft = new MessageDraft(null, null, Role.USER, "before", null, null, null, null, METADATA);
        var message = plan.post(draft);

        var changed =
                plan.update(message, new MessagePatch(Patch.to(SECRET), Patch.to(3), Patch.absent(), Patch.absent()));
        assertThat(changed)
                .returns(SECRET, Message::content)
                .returns(3, Message::tokenCount)
                .returns(METADATA, Message::metadata);
        var cleared =
                plan.update(message, new MessagePatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(null)));
        assertThat(cleared).returns(SECRET, Message::content).returns(Json.EMPTY_OBJECT, Message::metadata);
        assertThat(plan.find(message)).isEqualTo(cleared);
        plan.assertNothingReadable("messages");

        assertThat(problemOf(bus.ask(
                                Messages.UPDATE,
                                new Messages.Update(
                                        ada,
                                        message.id(),
                                        Versions.of(message.updatedAt()),
                                        new MessagePatch(
                                                Patch.to("stale"), Patch.absent(), Patch.absent(), Patch.absent()))))
                        .kind())
                .isEqualTo(Kind.STALE);
        for (var empty : new Patch<?>[] {Patch.to(""), Patch.to(null)})
            assertThat(problemOf(bus.ask(
                                    Messages.UPDATE,
                                    new Messages.Update(
                                            ada,
                                            message.id(),
                                            Versions.ANY,
                                            new MessagePatch(
                                                    empty.map(Object::toString),
                                                    Patch.absent(),
                                                    Patch.absent(),
                                                    Patch.absent()))))
                            .kind())
                    .isEqualTo(Kind.INVALID);
    }

    @Test
    void losesNoneOfSeveralChangesAtOnce() {
        var message = plan.post(text(null, "first"));

        Answers.of(Future.all(
                plan.update(
                        message.id(),
                        new MessagePatch(Patch.to("new"), Patch.absent(), Patch.absent(), Patch.absent())),
                plan.update(
                        message.id(),
                        new MessagePatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(METADATA)))));

        assertThat(plan.find(message)).returns("new", Message::content).returns(METADATA, Message::metadata);
    }

    @Test
    void refusesARowThatWasMovedOrTamperedWith() {
        var one = plan.post(text(null, "one"));
        var two = plan.post(text(null, "two"));

        swap("UPDATE messages SET sealed = #{sealed} WHERE user_id = #{user_id} AND id = #{id}", two, sealedBytes(one));
        assertThat(problemOf(bus.ask(Messages.FIND, new Messages.Find(ada, two.id())))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(problemOf(plan.listing()).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(plan.find(one).content()).isEqualTo("one");

        var changed = sealedBytes(one).copy();
        changed.setByte(changed.length() - 1, (byte) (changed.getByte(changed.length() - 1) ^ 1));
        swap("UPDATE messages SET sealed = #{sealed} WHERE user_id = #{user_id} AND id = #{id}", one, changed);
        assertThat(problemOf(bus.ask(Messages.FIND, new Messages.Find(ada, one.id())))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    private Buffer sealedBytes(Message message) {
        return Answers.of(OwnerDatabase.of(plan.database())
                        .query(
                                "/* test */ SELECT sealed AS raw FROM messages WHERE user_id = #{user_id} AND id = #{id}",
                                row -> row.getBuffer("raw"))
                        .one(Parameters.of("user_id", ada.userId()).and("id", message.id())))
                .orElseThrow();
    }

    private void swap(String sql, Message message, Buffer sealed) {
        Answers.of(OwnerDatabase.of(plan.database())
                .query("/* test */ " + sql)
                .run(Parameters.of("user_id", ada.userId())
                        .and("id", message.id())
                        .and("sealed", sealed)));
    }
}

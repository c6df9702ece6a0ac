package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.ModelsFake;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The instructions and the model of a conversation. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class ConversationModelsTest {
    private static final String LONGEST = "\uD83D\uDC26".repeat(20_000);

    private final Bus bus;
    private final Database database;

    ConversationModelsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
        Answers.of(ModelsFake.answer(bus));
    }

    @BeforeEach
    void clear() {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE conversations SET instructions = NULL, provider = NULL, model = NULL")
                .run(Parameters.none()));
    }

    @Test
    void areStoredWithTheConversation() {
        var created = Answers.of(create(LONGEST, "tern", "tern-2"));

        assertThat(created)
                .returns(LONGEST, Conversation::instructions)
                .returns("tern", Conversation::provider)
                .returns("tern-2", Conversation::model);
        assertThat(Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(ada, created.id()))))
                .isEqualTo(created);
        assertThat(Answers.of(create(null, null, null)))
                .returns(null, Conversation::instructions)
                .returns(null, Conversation::provider)
                .returns(null, Conversation::model);
    }

    @Test
    void changeOnlyIfThePatchHasThem() {
        Answers.of(update(Patch.to("Be brief."), Patch.to("tern"), Patch.to("tern-1")));

        var unchanged = Answers.of(bus.ask(
                Conversations.UPDATE,
                new Conversations.Update(
                        ada,
                        adasTripPlan,
                        Versions.ANY,
                        new ConversationPatch(Patch.to("Porto"), Patch.absent(), Patch.absent()))));
        assertThat(unchanged)
                .returns("Be brief.", Conversation::instructions)
                .returns("tern", Conversation::provider)
                .returns("tern-1", Conversation::model);
        assertThat(Answers.of(update(Patch.to(null), Patch.to(null), Patch.to(null))))
                .returns(null, Conversation::instructions)
                .returns(null, Conversation::provider)
                .returns(null, Conversation::model)
                .returns("Porto", Conversation::title);
    }

    @ParameterizedTest
    @CsvSource({
        // provider, model, pointer
        "gone, , /provider",
        "gone, tern-1, /provider",
        ", gone-1, /model",
        "tern, kea-1, /model",
        "'', , /provider",
        ", '', /model",
        "Tern, , /provider",
        "'tern ', , /provider",
    })
    void refuseWhatTheUserCannotUse(String provider, String model, String pointer) {
        var before = trip();

        for (var refused : new Problem[] {
            problemOf(create(null, provider, model)),
            problemOf(update(Patch.absent(), Patch.to(provider), Patch.to(model)))
        }) {
            assertThat(refused.kind()).isEqualTo(Kind.INVALID);
            assertThat(refused.faults()).extracting(Problem.Fault::pointer).containsExactly(pointer);
        }
        assertThat(trip()).isEqualTo(before);
    }

    @Test
    void mustFitTheOtherOneThatIsStored() {
        Answers.of(update(Patch.absent(), Patch.to("tern"), Patch.to("tern-1")));

        assertThat(pointer(update(Patch.absent(), Patch.absent(), Patch.to("kea-1"))))
                .isEqualTo("/model");
        assertThat(pointer(update(Patch.absent(), Patch.to("kea"), Patch.absent())))
                .isEqualTo("/model");
        assertThat(Answers.of(update(Patch.absent(), Patch.absent(), Patch.to("tern-2"))))
                .returns("tern", Conversation::provider)
                .returns("tern-2", Conversation::model);
        assertThat(Answers.of(update(Patch.absent(), Patch.to(null), Patch.to("kea-1"))))
                .returns(null, Conversation::provider)
                .returns("kea-1", Conversation::model);
    }

    @Test
    void canBeTakenAwayAlthoughTheyHaveDisappeared() {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE conversations SET provider = 'gone', model = 'gone-1'")
                .run(Parameters.none()));

        assertThat(Answers.of(update(Patch.to("Be brief."), Patch.to(null), Patch.absent())))
                .returns(null, Conversation::provider)
                .returns("gone-1", Conversation::model);
        assertThat(Answers.of(update(Patch.absent(), Patch.absent(), Patch.to(null))))
                .returns(null, Conversation::model);
    }

    @Test
    void areNotToldToAnotherUser() {
        var patch = patch(Patch.absent(), Patch.to("gone"), Patch.to("gone-1"));

        assertThat(problemOf(update(grace, patch)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(
                                Conversations.UPDATE, new Conversations.Update(ada, Ids.next(), Versions.ANY, patch)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(trip().provider()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/instructions", "/provider", "/model"})
    void haveALength(String pointer) {
        var text = "x".repeat(pointer.equals("/instructions") ? 20_001 : 256);
        var value = Patch.to(text);

        var drafting = catchThrowableOfType(
                Problem.class,
                () -> new ConversationDraft(
                        null,
                        null,
                        null,
                        pointer.equals("/instructions") ? text : null,
                        pointer.equals("/provider") ? text : null,
                        pointer.equals("/model") ? text : null));
        var patching = catchThrowableOfType(
                Problem.class,
                () -> patch(
                        pointer.equals("/instructions") ? value : Patch.absent(),
                        pointer.equals("/provider") ? value : Patch.absent(),
                        pointer.equals("/model") ? value : Patch.absent()));

        assertThat(drafting.faults())
                .isEqualTo(patching.faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly(pointer);
    }

    private Future<Conversation> create(String instructions, String provider, String model) {
        return bus.ask(
                Conversations.CREATE,
                new Conversations.Create(ada, new ConversationDraft(null, null, null, instructions, provider, model)));
    }

    private Conversation trip() {
        return Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(ada, adasTripPlan)));
    }

    private Future<Conversation> update(Patch<String> instructions, Patch<String> provider, Patch<String> model) {
        return update(ada, patch(instructions, provider, model));
    }

    private Future<Conversation> update(Caller caller, ConversationPatch patch) {
        return bus.ask(Conversations.UPDATE, new Conversations.Update(caller, adasTripPlan, Versions.ANY, patch));
    }

    private static ConversationPatch patch(Patch<String> instructions, Patch<String> provider, Patch<String> model) {
        return new ConversationPatch(
                Patch.absent(), Patch.absent(), Patch.absent(), instructions, provider, model, Patch.absent());
    }

    private static String pointer(Future<?> refused) {
        return problemOf(refused).faults().get(0).pointer();
    }
}

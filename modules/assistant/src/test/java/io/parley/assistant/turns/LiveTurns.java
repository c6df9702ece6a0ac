package io.parley.assistant.turns;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.AssistantSettings;
import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.assistant.AssistantVerticle;
import io.parley.assistant.UsersFake;
import io.parley.assistant.tools.SearchFake;
import io.parley.assistant.tools.TasksFake;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.async.BytesInFlight;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ScriptedModel;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns on a real database with a scripted model. The other modules are fakes in memory. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
abstract class LiveTurns {
    /** The tag of a test class whose turns summarise what does not fit. */
    static final String SUMMARIES = "summaries";

    static final ReceivedQueries received = new ReceivedQueries();
    static final ConversationsFake conversations = new ConversationsFake(received);
    static final MessagesFake talk = new MessagesFake(received, conversations);
    static final ApiKeysFake keys = new ApiKeysFake(received);
    static final UsersFake users = new UsersFake();
    static final TasksFake tasks = new TasksFake();
    /** The most that a model is sent of files in these tests. */
    static final int FILE_BYTES = 1000;

    private static final int FILE_MEMORY = 1_000_000;

    static final BlockingQueue<TurnEvent> happened = new LinkedBlockingQueue<>();
    static final BlockingQueue<TurnOutcome> ended = new LinkedBlockingQueue<>();
    static ScriptedModel model;
    static String said = "";

    final Bus bus;
    final Database database;

    public LiveTurns(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    public static void deploy(Vertx vertx, Bus bus, Database database, TestInfo test) {
        model = ScriptedModel.start(vertx);
        var providers = List.of(
                new ProviderSettings("scripted", model.baseUrl(), List.of("one", "two"), null, false, false, false),
                new ProviderSettings("other", model.baseUrl(), List.of("one"), null, false, true, true),
                new ProviderSettings("private", model.baseUrl(), List.of("three"), null, true, false, false));
        var settings = new AssistantSettings(
                providers,
                Duration.ofSeconds(30),
                1024 * 1024,
                "Be civil.",
                false,
                1000,
                200_000,
                FILE_BYTES,
                test.getTags().contains(SUMMARIES),
                200,
                6000);
        Answers.of(Future.all(conversations.answer(bus), talk.answer(bus), keys.answer(bus)));
        Answers.of(tasks.answer(bus));
        Answers.of(users.answer(bus));
        Answers.of(new SearchFake().answer(bus));
        Answers.of(bus.subscribe(Chat.HAPPENED, happened::add));
        Answers.of(bus.subscribe(Chat.ENDED, ended::add));
        Answers.of(
                vertx.deployVerticle(new AssistantVerticle(bus, database, settings, new BytesInFlight(FILE_MEMORY))));
    }

    @BeforeEach
    public void clear() {
        run("DELETE FROM turns");
        run("DELETE FROM conversation_summaries");
        talk.clear();
        keys.clear();
        received.clear();
        conversations.has(adasTripPlan, ada);
        users.set(null, null, null);
        tasks.clear();
        happened.clear();
        ended.clear();
    }

    // The model may still have requests of other tests.
    public static ModelExchange nextExchange() {
        while (true) {
            var exchange = Answers.of(model.next());
            if (!exchange.closed().isComplete() && exchange.body().encode().contains(said)) return exchange;
        }
    }

    public Turn start(String content) {
        said = content;
        return Answers.of(ask(ada, Ids.next(), content, null, null)).turn();
    }

    public Status completed(Turn turn) throws InterruptedException {
        typesToTheEnd();
        return find(turn).status();
    }

    public Future<Chat.Started> ask(
            Caller caller, UUID id, String content, @Nullable String provider, @Nullable String named) {
        return bus.ask(
                Chat.START,
                new Chat.Start(caller, id, adasTripPlan, content, provider, named, null, null, Patch.absent()));
    }

    public Turn find(Turn turn) {
        return Answers.of(bus.ask(Chat.FIND, new Chat.Find(ada, turn.id())));
    }

    public List<TurnEvent> events(Turn turn, int after) {
        return Answers.of(bus.ask(Chat.EVENTS, new Chat.ListEvents(ada, turn.id(), after)))
                .events();
    }

    public @Nullable TurnOutcome outcome(Turn turn) {
        return Answers.of(bus.ask(Chat.OUTCOME, new Chat.FindOutcome(ada, turn.id())))
                .outcome();
    }

    public static TurnOutcome nextOutcome() throws InterruptedException {
        var outcome = ended.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("the next outcome").isNotNull();
        return outcome;
    }

    public static TurnEvent next() throws InterruptedException {
        var event = happened.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("the next event").isNotNull();
        return event;
    }

    public static List<TurnEvent.Type> typesToTheEnd() throws InterruptedException {
        var types = new ArrayList<TurnEvent.Type>();
        do types.add(next().type());
        while (!types.get(types.size() - 1).isLast());
        return types;
    }

    public void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }

    public void everyCallHasAResult() {
        long calls = talk.messages().stream()
                .filter(message -> message.toolCalls() != null)
                .count();
        assertThat(talk.messages().stream().filter(message -> message.role() == Role.TOOL))
                .hasSize((int) calls);
    }
}

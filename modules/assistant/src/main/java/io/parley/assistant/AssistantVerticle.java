package io.parley.assistant;

import io.parley.assistant.commands.OfflineCommands;
import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.openai.ModelHttpClient;
import io.parley.assistant.models.openai.OpenAiModel;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.RunningTurns;
import io.parley.assistant.turns.TurnEventStore;
import io.parley.assistant.turns.TurnRules;
import io.parley.assistant.turns.TurnStore;
import io.parley.contracts.Health;
import io.parley.contracts.assistant.Chat;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for chat turns; the only owner of the tables {@code turns} and {@code turn_events}. */
public final class AssistantVerticle extends VerticleBase {
    /** A turn that is stopped on another node must end within two. */
    private static final long BEAT_MILLIS = 1000;

    private static final long REPAIR_MILLIS = 10_000;
    private static final long FORGET_MILLIS = 3_600_000;

    private final Bus bus;
    private final Database database;
    private final AssistantSettings settings;
    private @Nullable RunningTurns running;

    public AssistantVerticle(Bus bus, Database database, AssistantSettings settings) {
        this.bus = bus;
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        var events = new TurnEventStore(database);
        var choices = choices();
        var store = new TurnStore(database);
        var running = new RunningTurns(store);
        var turns = new TurnRules(vertx, bus, settings, store, events, running, choices, new ToolRegistry(bus));
        this.running = running;
        vertx.setPeriodic(BEAT_MILLIS, timer -> {
            if (!running.isEmpty()) running.beat();
        });
        vertx.setPeriodic(1, REPAIR_MILLIS, timer -> turns.repair());
        vertx.setPeriodic(FORGET_MILLIS, timer -> events.forget());
        return Future.all(List.of(
                bus.answer(Chat.START, turns::start),
                bus.answer(Chat.FIND, turns::find),
                bus.answer(Chat.STOP, turns::stop),
                bus.answer(Chat.EVENTS, turns::events),
                bus.answer(Chat.MODELS, query -> choices.list(query.caller())),
                bus.answer(Health.of("assistant"), check -> database.ping().map(None.NONE))));
    }

    @Override
    public Future<?> stop() {
        return running == null ? Future.succeededFuture() : running.close();
    }

    private ModelCatalogue choices() {
        var limits = ModelLimits.DEFAULT.within(settings.turnTimeout());
        var http = ModelHttpClient.create(vertx, limits);
        return new ModelCatalogue(
                bus,
                settings.providers(),
                new OfflineCommands(vertx, Clock.systemUTC()),
                provider -> new OpenAiModel(vertx, http, limits, provider, provider.key()));
    }
}

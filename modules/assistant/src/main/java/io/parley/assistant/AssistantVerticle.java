package io.parley.assistant;

import io.parley.assistant.commands.OfflineCommands;
import io.parley.assistant.completions.PassedRequests;
import io.parley.assistant.metrics.TurnMeters;
import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.Provider;
import io.parley.assistant.models.openai.ModelHttpClient;
import io.parley.assistant.models.openai.OpenAiModel;
import io.parley.assistant.summaries.ConversationSummaries;
import io.parley.assistant.summaries.SummaryLimits;
import io.parley.assistant.summaries.SummaryRequests;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.tools.programs.ProgramTools;
import io.parley.assistant.turns.TurnRules;
import io.parley.assistant.turns.context.TurnSettings;
import io.parley.assistant.turns.storage.FailureReport;
import io.parley.assistant.turns.storage.LeaseStore;
import io.parley.contracts.Health;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Summaries;
import io.parley.contracts.assistant.Tools;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.async.BytesInFlight;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for chat turns and summaries; the only owner of the tables {@code turns}, {@code turn_events} and {@code
 * conversation_summaries}. */
public final class AssistantVerticle extends VerticleBase {
    /** A turn that is stopped through another node has to end within 2 s. */
    private static final long LEASE_MILLIS = 1000;

    private static final long RECOVERY_MILLIS = 10_000;
    private static final long DELETION_MILLIS = 3_600_000;

    private final Bus bus;
    private final Database database;
    private final AssistantSettings settings;
    private final BytesInFlight files;
    private @Nullable TurnRules turns;
    private @Nullable SummaryRequests summaryRequests;
    private @Nullable PassedRequests passed;

    /** @param files the memory for files that models are sent, of all instances together */
    public AssistantVerticle(Bus bus, Database database, AssistantSettings settings, BytesInFlight files) {
        this.bus = bus;
        this.database = database;
        this.settings = settings;
        this.files = files;
    }

    /**
     * Lets the turns that run in this database be ended at once instead of when their leases run out. Call it before the
     * first verticle is deployed, and only if no other process uses the database: a process that died has left them.
     */
    public static Future<Void> abandonTurns(Database database) {
        return new LeaseStore(database).endAll();
    }

    @Override
    public Future<?> start() {
        TurnMeters.announce(
                settings.providers().stream()
                        .map(AssistantSettings.ProviderSettings::name)
                        .toList(),
                FailureReport.errorCodes());
        var clock = Clock.systemUTC();
        var tools = new ToolRegistry(bus, clock, settings.toolResultCharacters());
        var catalogue = catalogue(clock);
        var programTools = new ProgramTools(bus, clock);
        var turnSettings = new TurnSettings(
                settings.turnTimeout(),
                settings.instructions(),
                settings.modelTitles(),
                settings.historyTokens(),
                settings.historyBytes(),
                settings.fileBytes());
        var passed = new PassedRequests(vertx, bus, catalogue);
        this.passed = passed;
        var summaries = new ConversationSummaries(vertx, bus, database, summaryLimits());
        var turns = new TurnRules(vertx, clock, bus, database, turnSettings, catalogue, tools, summaries, files);
        this.turns = turns;
        var requests = new SummaryRequests(bus, summaries, turns::choice);
        this.summaryRequests = requests;
        vertx.setPeriodic(LEASE_MILLIS, timer -> turns.extendLeases());
        vertx.setPeriodic(1, RECOVERY_MILLIS, timer -> turns.recoverAbandoned());
        vertx.setPeriodic(DELETION_MILLIS, timer -> turns.deleteOldEvents());
        return Future.all(List.of(
                bus.answer(Chat.START, turns::start),
                bus.answer(Chat.REGENERATE, turns::regenerate),
                turns.answerPrograms(bus),
                passed.answer(),
                bus.answer(Chat.ANSWER, turns::answer),
                bus.answer(Chat.FIND, turns::find),
                bus.answer(Chat.LIST, turns::list),
                bus.answer(Chat.OUTCOME, turns::outcome),
                bus.answer(Chat.STOP, turns::stop),
                bus.answer(Chat.EVENTS, turns::events),
                bus.answer(Chat.MODELS, query -> catalogue.list(query.caller())),
                bus.answer(Chat.CHECK_MODEL, catalogue::check),
                bus.answer(Tools.DESCRIBE, programTools::describe),
                bus.answer(Tools.RUN, programTools::run),
                bus.answer(Summaries.FIND, requests::find),
                bus.answer(Summaries.CREATE, requests::create),
                bus.answer(Health.of("assistant"), check -> database.ping().map(None.NONE))));
    }

    @Override
    public Future<?> stop() {
        if (passed != null) passed.close();
        if (summaryRequests != null) summaryRequests.close();
        return turns == null ? Future.succeededFuture() : turns.close();
    }

    // A summary may take half of the time of its turn, so that the answer has the other half, and half of the space
    // beside the messages.
    private SummaryLimits summaryLimits() {
        return new SummaryLimits(
                settings.summaries(),
                Math.min(settings.summaryTokens(), settings.historyTokens() / 2),
                settings.historyTokens(),
                settings.historyBytes(),
                settings.turnTimeout().dividedBy(2));
    }

    private ModelCatalogue catalogue(Clock clock) {
        var limits = ModelLimits.DEFAULT.within(settings.turnTimeout(), settings.maxReply());
        var http = ModelHttpClient.create(vertx, limits);
        var providers =
                settings.providers().stream().map(AssistantVerticle::provider).toList();
        return new ModelCatalogue(
                bus,
                providers,
                new OfflineCommands(vertx, clock).asChoice(),
                provider -> new OpenAiModel(vertx, http, limits, provider));
    }

    private static Provider provider(AssistantSettings.ProviderSettings settings) {
        return new Provider(
                settings.name(),
                settings.baseUrl(),
                settings.models(),
                settings.key(),
                settings.usersKeysOnly(),
                settings.isLenient(),
                settings.takesImages());
    }
}

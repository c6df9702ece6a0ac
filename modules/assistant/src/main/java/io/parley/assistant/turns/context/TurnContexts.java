package io.parley.assistant.turns.context;

import io.parley.assistant.history.SystemPrompt;
import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelSelection;
import io.parley.contracts.assistant.Responses.ModelRequest;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses what a turn runs with: what its request says, else the conversation, else the user, else the settings. */
public final class TurnContexts {
    private final Clock clock;
    private final Bus bus;
    private final UserKeys keys;
    private final ModelCatalogue catalogue;
    private final TurnSettings settings;

    public TurnContexts(Clock clock, Bus bus, UserKeys keys, ModelCatalogue catalogue, TurnSettings settings) {
        this.clock = clock;
        this.bus = bus;
        this.keys = keys;
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** The choices in the request of a turn; each may be null. */
    public record Wanted(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions,
            @Nullable String timeZone) {
        ModelSelection selection() {
            return new ModelSelection(provider, model);
        }
    }

    /** Fails invalid if the caller cannot use the provider or the model that the request names. */
    public Future<TurnContext> of(Caller caller, Conversation conversation, Wanted wanted) {
        return requireKey(caller, conversation)
                .compose(ready -> bus.ask(Users.FIND, new Users.Find(caller)))
                .compose(user -> catalogue
                        .choose(caller, wanted.selection(), List.of(selection(conversation), selection(user)))
                        .map(choice -> of(user, conversation, choice, wanted)));
    }

    // What happens in the turn is sealed if the user's key is known here.
    private Future<?> requireKey(Caller caller, @Nullable Conversation conversation) {
        return conversation != null && conversation.encrypted()
                ? keys.require(caller.userId())
                : Future.succeededFuture();
    }

    /**
     * For a program: its own tools and those of Parley that it names. The text about Parley's tools, and the user's own instructions,
     * belong to Parley's assistant, so they are left out unless it is given tools.
     *
     * @param conversation null if there is none
     */
    public Future<TurnContext> of(Caller caller, @Nullable Conversation conversation, ModelRequest asked) {
        return requireKey(caller, conversation)
                .compose(ready -> bus.ask(Users.FIND, new Users.Find(caller)))
                .compose(user -> {
                    var preferred = Stream.concat(
                                    Stream.ofNullable(conversation).map(TurnContexts::selection),
                                    Stream.of(selection(user)))
                            .toList();
                    return catalogue
                            .choose(caller, new ModelSelection(asked.provider(), asked.model()), preferred)
                            .map(choice -> of(user, conversation, choice, asked));
                });
    }

    private TurnContext of(User user, @Nullable Conversation conversation, ModelChoice choice, ModelRequest asked) {
        var zone = TimeZones.rules(user.timeZone());
        var ofConversation = conversation == null ? null : conversation.instructions();
        var before = choice.provider() == null
                ? List.<String>of()
                : asked.tools().isEmpty()
                        ? Stream.of(settings.instructions(), ofConversation)
                                .filter(Objects::nonNull)
                                .toList()
                        : before(user, ofConversation, zone);
        return new TurnContext(
                choice,
                zone,
                conversation != null && conversation.encrypted(),
                before,
                Stream.ofNullable(asked.instructions()).toList(),
                ToolOffer.of(asked));
    }

    /** Fails limited if the caller has used up the tokens of the model. The offline commands use none. */
    public Future<?> requireTokens(Caller caller, TurnContext context) {
        var choice = context.choice();
        return choice.provider() == null
                ? Future.succeededFuture()
                : bus.ask(Quotas.CHECK_MODEL, new Quotas.CheckModel(caller, choice.model()));
    }

    private static ModelSelection selection(Conversation conversation) {
        return new ModelSelection(conversation.provider(), conversation.model());
    }

    private static ModelSelection selection(User user) {
        return new ModelSelection(user.defaultProvider(), user.defaultModel());
    }

    private TurnContext of(User user, Conversation conversation, ModelChoice choice, Wanted wanted) {
        var zone = TimeZones.rules(wanted.timeZone() == null ? user.timeZone() : wanted.timeZone());
        var after = Stream.ofNullable(wanted.instructions()).toList();
        // The offline commands read no instructions.
        var before = choice.provider() == null ? List.<String>of() : before(user, conversation.instructions(), zone);
        return new TurnContext(choice, zone, conversation.encrypted(), before, after);
    }

    private List<String> before(User user, @Nullable String ofConversation, ZoneId zone) {
        var base = SystemPrompt.base(LocalDate.now(clock.withZone(zone)), zone, user.name());
        return Stream.of(settings.instructions(), base, user.instructions(), ofConversation)
                .filter(Objects::nonNull)
                .toList();
    }
}

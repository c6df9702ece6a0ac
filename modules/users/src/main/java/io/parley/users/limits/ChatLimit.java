package io.parley.users.limits;

import io.parley.contracts.limits.Quotas.CheckModel;
import io.parley.contracts.limits.Quotas.Left;
import io.parley.contracts.limits.Quotas.SpendTokens;
import io.parley.contracts.limits.Quotas.TakeTurn;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.RateState;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How many turns of chat a user may start, and how many tokens they may use. A turn ends even if it uses the last ones up. */
public final class ChatLimit {
    private static final String TURNS = "turns";

    private final BucketStore store;
    private final BucketKeys keys;
    private final LimitSettings settings;

    public ChatLimit(BucketStore store, BucketKeys keys, LimitSettings settings) {
        this.store = store;
        this.keys = keys;
        this.settings = settings;
    }

    /** Fails limited if no turn or no token is left. */
    public Future<Left> take(TakeTurn command) {
        var userId = command.caller().userId();
        var buckets = turns(command);
        return requireTokens(keys.ofTokens(settings.tokens(), userId))
                .compose(enough -> store.take(buckets))
                .compose(wait -> left(buckets, wait.orElse(Duration.ZERO)).map(left -> {
                    if (wait.isPresent())
                        throw Problem.limited(TURNS, "Too many chat turns.", wait.get(), left.rates());
                    return left;
                }));
    }

    private List<Bucket> turns(TakeTurn command) {
        var limit = settings.turns();
        return limit.appliesTo(command.isLocal())
                ? keys.ofTurns(limit.value(), command.caller().userId())
                : List.of();
    }

    private Future<Left> left(List<Bucket> buckets, Duration wait) {
        if (buckets.isEmpty()) return Future.succeededFuture(new Left(List.of()));
        return store.missing(buckets).map(missing -> {
            var states = new ArrayList<RateState>();
            for (int at = 0; at < buckets.size(); at++)
                states.add(RateState.of(
                        TURNS, buckets.get(at).rate(), missing.get(at).toNanos(), wait.toNanos()));
            return new Left(states);
        });
    }

    public Future<None> giveBack(TakeTurn command) {
        return store.giveBack(turns(command)).map(None.NONE);
    }

    /** Fails limited if no token of the model is left. */
    public Future<None> check(CheckModel query) {
        return requireTokens(ofModel(query.caller().userId(), query.model())).map(None.NONE);
    }

    private Future<Void> requireTokens(List<Bucket> buckets) {
        if (buckets.isEmpty()) return Future.succeededFuture();
        return store.findWait(buckets).map(wait -> {
            if (wait.isPresent()) throw Problem.limited("tokens", "Too many tokens were used.", wait.get());
            return null;
        });
    }

    public Future<None> spend(SpendTokens command) {
        var buckets = new ArrayList<>(keys.ofTokens(settings.tokens(), command.userId()));
        buckets.addAll(ofModel(command.userId(), command.model()));
        return command.tokens() <= 0
                ? Future.succeededFuture(None.NONE)
                : store.charge(buckets, command.tokens()).map(None.NONE);
    }

    private List<Bucket> ofModel(UUID userId, String model) {
        return keys.ofTokens(settings.tokensByModel().getOrDefault(model, Rates.NONE), userId, model);
    }
}

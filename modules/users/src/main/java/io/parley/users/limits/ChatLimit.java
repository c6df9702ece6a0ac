package io.parley.users.limits;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.LimitChoices.Used;
import io.parley.contracts.limits.Quotas.CheckModel;
import io.parley.contracts.limits.Quotas.Left;
import io.parley.contracts.limits.Quotas.SpendTokens;
import io.parley.contracts.limits.Quotas.TakeTurn;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.RateState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How many turns of chat a user may start, and how many tokens they may use. A turn ends even if it uses the last ones up. */
public final class ChatLimit {
    private static final String TURNS = "turns";
    private static final String TOKENS = "tokens";

    private final BucketStore store;
    private final BucketKeys keys;
    private final LimitStore choices;
    private final LimitSettings settings;

    public ChatLimit(BucketStore store, BucketKeys keys, LimitStore choices, LimitSettings settings) {
        this.store = store;
        this.keys = keys;
        this.choices = choices;
        this.settings = settings;
    }

    Future<EffectiveLimits> effective(UUID userId) {
        return Future.all(choices.ofUser(userId), choices.ofRoleOf(userId)).map(both -> {
            ChosenLimits own = both.resultAt(0);
            ChosenLimits ofRole = both.resultAt(1);
            return new EffectiveLimits(own.orElse(ofRole), settings);
        });
    }

    /** Fails limited if no turn or no token is left. */
    public Future<Left> take(TakeTurn command) {
        var userId = command.caller().userId();
        return effective(userId).compose(limits -> {
            var buckets = turns(command, limits);
            return requireTokens(keys.ofTokens(limits.tokens(), userId))
                    .compose(enough -> store.take(buckets))
                    .compose(wait -> left(buckets, wait.orElse(Duration.ZERO)).map(left -> {
                        if (wait.isPresent())
                            throw Problem.limited(TURNS, "Too many chat turns.", wait.get(), left.rates());
                        return left;
                    }));
        });
    }

    private List<Bucket> turns(TakeTurn command, EffectiveLimits limits) {
        var limit = limits.turns();
        return limit.appliesTo(command.isLocal())
                ? keys.ofTurns(limit.value(), command.caller().userId())
                : List.of();
    }

    private Future<Left> left(List<Bucket> buckets, Duration wait) {
        return states(TURNS, buckets, wait).map(Left::new);
    }

    private Future<List<RateState>> states(String limit, List<Bucket> buckets, Duration wait) {
        if (buckets.isEmpty()) return Future.succeededFuture(List.of());
        return store.missing(buckets).map(missing -> {
            var states = new ArrayList<RateState>();
            for (int at = 0; at < buckets.size(); at++)
                states.add(RateState.of(
                        limit, buckets.get(at).rate(), missing.get(at).toNanos(), wait.toNanos()));
            return states;
        });
    }

    public Future<None> giveBack(TakeTurn command) {
        return effective(command.caller().userId())
                .compose(limits -> store.giveBack(turns(command, limits)))
                .map(None.NONE);
    }

    /** Fails limited if no token of the model is left. */
    public Future<None> check(CheckModel query) {
        var userId = query.caller().userId();
        return effective(userId)
                .compose(limits -> requireTokens(keys.ofTokens(limits.tokens(query.model()), userId, query.model())))
                .map(None.NONE);
    }

    private Future<Void> requireTokens(List<Bucket> buckets) {
        if (buckets.isEmpty()) return Future.succeededFuture();
        return store.findWait(buckets).map(wait -> {
            if (wait.isPresent()) throw Problem.limited(TOKENS, "Too many tokens were used.", wait.get());
            return null;
        });
    }

    public Future<None> spend(SpendTokens command) {
        if (command.tokens() <= 0) return Future.succeededFuture(None.NONE);
        var userId = command.userId();
        return effective(userId).compose(limits -> {
            var buckets = new ArrayList<>(keys.ofTokens(limits.tokens(), userId));
            buckets.addAll(keys.ofTokens(limits.tokens(command.model()), userId, command.model()));
            return store.charge(buckets, command.tokens()).map(None.NONE);
        });
    }

    /** @param stored what the user has stored */
    Future<Used> used(UUID userId, EffectiveLimits limits, Amount stored) {
        return Future.all(
                        states(TURNS, keys.ofTurns(limits.turns().value(), userId), Duration.ZERO),
                        states(TOKENS, keys.ofTokens(limits.tokens(), userId), Duration.ZERO))
                .map(both -> new Used(stored.rows(), stored.bytes(), used(both.resultAt(0)), used(both.resultAt(1))));
    }

    private static long used(List<RateState> states) {
        return states.stream()
                .mapToLong(state -> state.tokens() - state.remaining())
                .max()
                .orElse(0);
    }
}

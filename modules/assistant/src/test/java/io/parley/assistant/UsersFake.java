package io.parley.assistant;

import io.parley.contracts.limits.Quotas;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Knows every user by the same name and time zone. */
public final class UsersFake {
    private final BlockingQueue<Quotas.SpendTokens> spent = new LinkedBlockingQueue<>();
    private volatile @Nullable String usedUp;
    private volatile @Nullable String instructions;
    private volatile @Nullable String provider;
    private volatile @Nullable String model;

    public Future<?> answer(Bus bus) {
        return Future.all(
                bus.answer(Users.FIND, query -> Future.succeededFuture(user(query))),
                bus.answer(Quotas.CHECK_MODEL, query -> check(query.model())),
                bus.answer(Quotas.SPEND_TOKENS, command -> {
                    spent.add(command);
                    return Future.succeededFuture(None.NONE);
                }));
    }

    private Future<None> check(String asked) {
        return asked.equals(usedUp)
                ? Future.failedFuture(Problem.limited("tokens", "Too many tokens were used.", Duration.ofHours(1)))
                : Future.succeededFuture(None.NONE);
    }

    /** From now on, nobody has tokens of this model left. */
    public void useUp(@Nullable String ofModel) {
        usedUp = ofModel;
    }

    /** Whether a turn uses these tokens soon, or has used them. */
    public boolean seesSpent(Quotas.SpendTokens expected) throws InterruptedException {
        Quotas.@Nullable SpendTokens next;
        do next = spent.poll(10, TimeUnit.SECONDS);
        while (next != null && !next.equals(expected));
        return next != null;
    }

    /** From now on, every user has these. */
    public void set(@Nullable String instructions, @Nullable String provider, @Nullable String model) {
        this.instructions = instructions;
        this.provider = provider;
        this.model = model;
    }

    private User user(Users.Find query) {
        var caller = query.caller();
        return new User(
                caller.userId(),
                caller.userId() + "@example.org",
                false,
                null,
                "Ada",
                caller.role(),
                false,
                true,
                User.Theme.SYSTEM,
                "Europe/Berlin",
                instructions,
                provider,
                model,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}

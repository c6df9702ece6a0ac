package io.parley.assistant;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Knows every user by the same name and time zone. */
public final class UsersFake {
    private volatile @Nullable String instructions;
    private volatile @Nullable String provider;
    private volatile @Nullable String model;

    public Future<?> answer(Bus bus) {
        return bus.answer(Users.FIND, query -> Future.succeededFuture(user(query)));
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

package io.parley.users.tokens;

import io.parley.contracts.tokens.PersonalToken;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Created;
import io.parley.contracts.users.Sessions;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.crypto.RandomTokens;
import io.parley.storage.Database;
import io.parley.users.sessions.SessionRules;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules of personal tokens. */
public final class TokenRules {
    /** For so many requests at the same time to get a slot each. */
    private static final int MAX_ATTEMPTS = 20;

    private final TokenStore store;
    private final TokenUseStore use;
    private final SessionRules sessions;
    private final Clock clock;

    public TokenRules(Database database, SessionRules sessions, Clock clock) {
        this.store = new TokenStore(database);
        this.use = new TokenUseStore(database);
        this.sessions = sessions;
        this.clock = clock;
    }

    public Future<Created> create(Tokens.Create command) {
        checkExpiry(command.draft().expiresAt());
        return insert(command, MAX_ATTEMPTS);
    }

    private void checkExpiry(@Nullable Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant()))
            throw Problem.invalid("/expires_at", "must be in the future");
    }

    // Another request may take the same slot at the same moment, so each takes any of those that are free.
    private Future<Created> insert(Tokens.Create command, int attempts) {
        if (attempts == 0) return Future.failedFuture(Problem.unavailable());
        var token = RandomTokens.create(Tokens.PREFIX);
        return store.usedSlots(command.caller())
                .compose(used -> store.insert(command, token, freeSlot(used)))
                .compose(inserted -> inserted.map(made -> Future.succeededFuture(new Created(made, token)))
                        .orElseGet(() -> insert(command, attempts - 1)));
    }

    private static int freeSlot(List<Integer> used) {
        var free = IntStream.rangeClosed(1, Tokens.MAX_PER_USER)
                .filter(slot -> !used.contains(slot))
                .toArray();
        if (free.length == 0)
            throw Problem.conflict(
                    "", "You already have " + Tokens.MAX_PER_USER + " personal tokens. Revoke one first.");
        return free[ThreadLocalRandom.current().nextInt(free.length)];
    }

    public Future<PersonalToken> find(Tokens.Find query) {
        return store.find(query);
    }

    public Future<Page<PersonalToken>> list(Tokens.ListMine query) {
        return store.list(query);
    }

    public Future<Sessions.Ended> revoke(Tokens.Revoke command) {
        return store.revoke(command).map(sessions::announceEnded);
    }

    /** Ends all of a user's tokens. */
    public Future<Sessions.Ended> revokeAll(UUID userId) {
        return store.revokeAll(userId).map(sessions::announceEnded);
    }

    public Future<Tokens.Checked> check(Tokens.Check query) {
        return use.check(query);
    }
}

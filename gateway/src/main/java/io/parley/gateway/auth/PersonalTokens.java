package io.parley.gateway.auth;

import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.contracts.users.Users.Client;
import io.parley.gateway.contract.Identity;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.Sha256;
import io.parley.kernel.crypto.UserToken;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the user of a personal token, or of the access token of an authorized program. The answer of the users module is used for up to a
 * minute, which also limits how often the last use of a token is written. {@link EndedSessions} knows the tokens that end meanwhile.
 */
final class PersonalTokens {
    private static final Pattern FORM = Pattern.compile(
            Tokens.PREFIX + "[A-Za-z0-9_-]{43}|" + Grants.ACCESS_PREFIX + "[A-Za-z0-9_-]{" + UserToken.LENGTH + '}');
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    /** Each takes about 400 bytes. */
    private static final int MAX_KNOWN = 10_000;

    private final Bus bus;
    private final long maxAgeNanos;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    private record Known(Identity identity, long askedAt) {}

    /** @param endsKnownFor how long {@link EndedSessions} remembers a token that has ended */
    PersonalTokens(Bus bus, Duration endsKnownFor) {
        this.bus = bus;
        this.maxAgeNanos = (endsKnownFor.compareTo(MAX_AGE) < 0 ? endsKnownFor : MAX_AGE).toNanos();
    }

    static boolean areMeant(String token) {
        return token.startsWith(Tokens.PREFIX) || token.startsWith(Grants.ACCESS_PREFIX);
    }

    /** Fails with a 401 if the token is unknown, revoked or expired. */
    Future<Identity> authenticate(String token, Client client) {
        if (!FORM.matcher(token).matches()) return Future.failedFuture(Claims.invalid());
        var key = Base64.getEncoder().encodeToString(Sha256.of(token));
        var found = find(key);
        return found == null ? ask(key, token, client) : Future.succeededFuture(found);
    }

    private @Nullable Identity find(String key) {
        synchronized (known) {
            var found = known.get(key);
            return found != null
                            && System.nanoTime() - found.askedAt() < maxAgeNanos
                            && Instant.now().isBefore(found.identity().expiresAt())
                    ? found.identity()
                    : null;
        }
    }

    private Future<Identity> ask(String key, String token, Client client) {
        long askedAt = System.nanoTime();
        return bus.ask(Tokens.CHECK, new Tokens.Check(new Secret(token), client))
                .map(PersonalTokens::identity)
                .onSuccess(identity -> add(key, new Known(identity, askedAt)))
                .recover(Claims::refuseUnknown);
    }

    private void add(String key, Known checked) {
        synchronized (known) {
            known.put(key, checked);
        }
    }

    private static Identity identity(Checked token) {
        return new Identity(
                new Caller(token.userId(), token.role(), Set.copyOf(token.scopes())),
                token.id(),
                Objects.requireNonNullElse(token.expiresAt(), Instant.MAX),
                false);
    }
}

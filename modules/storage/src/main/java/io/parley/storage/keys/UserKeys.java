package io.parley.storage.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of users, each made when its user first encrypts something. A user without a key has nothing encrypted, which is known for
 * some seconds, so that others pay nothing. Every use fails unavailable if the keyset is missing, or did not wrap the key.
 */
public final class UserKeys {
    private static final Logger log = LoggerFactory.getLogger(UserKeys.class);

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    /** What a key takes in memory, rounded up from a heap dump. */
    private static final int KEY_BYTES = 8 * 1024;

    private static final int ABSENCE_BYTES = 256;
    private static final Duration KEY_KEPT = Duration.ofMinutes(10);

    /** Another process may make the key meanwhile; statements refuse to store in clear what belongs to something encrypted. */
    private static final Duration ABSENCE_KEPT = Duration.ofSeconds(5);

    private final KeysetSource keysets;
    private final WrappedKeys stored;
    private final Cache<UUID, Optional<UserKey>> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_BYTES)
            .weigher((UUID id, Optional<UserKey> key) ->
                    key.map(present -> present.size() * KEY_BYTES).orElse(ABSENCE_BYTES))
            .expireAfter(Expiry.writing((UUID id, Optional<UserKey> key) -> key.isPresent() ? KEY_KEPT : ABSENCE_KEPT))
            .build();

    public UserKeys(Vertx vertx, KeysetSettings settings, WrappedKeys stored) {
        this.keysets = new KeysetSource(vertx, settings);
        this.stored = stored;
    }

    /** Empty if the user has never encrypted anything. */
    public Future<Optional<UserKey>> find(UUID userId) {
        var cached = known.getIfPresent(userId);
        return cached == null ? load(userId) : Future.succeededFuture(cached);
    }

    /** The same, as it is stored now. */
    public Future<Optional<UserKey>> load(UUID userId) {
        return stored.find(userId)
                .compose(found -> found.isPresent()
                        ? unwrap(userId, found.get()).map(Optional::of)
                        : Future.succeededFuture(remembered(userId)));
    }

    // One that was made meanwhile stays.
    private Optional<UserKey> remembered(UUID userId) {
        var other = known.asMap().putIfAbsent(userId, Optional.empty());
        return other == null ? Optional.empty() : other;
    }

    /** Makes the key if there is none yet. */
    public Future<UserKey> require(UUID userId) {
        return find(userId).compose(found -> found.map(Future::succeededFuture).orElseGet(() -> create(userId)));
    }

    private Future<UserKey> create(UUID userId) {
        return keysets.current()
                .map(keyset -> UserKey.generate(userId).wrap(keyset))
                .compose(wrapped -> stored.insert(userId, wrapped))
                .compose(wrapped -> unwrap(userId, wrapped));
    }

    private Future<UserKey> unwrap(UUID userId, Buffer wrapped) {
        return keysets.current().compose(keyset -> unwrap(userId, keyset, wrapped));
    }

    private Future<UserKey> unwrap(UUID userId, Keyset keyset, Buffer wrapped) {
        try {
            var key = UserKey.unwrap(userId, keyset, wrapped);
            known.put(userId, Optional.of(key));
            return Future.succeededFuture(key);
        } catch (GeneralSecurityException failure) {
            log.error("No key of the keyset unwraps the key of the user {}", userId);
            return Future.failedFuture(Problem.unavailable());
        }
    }
}

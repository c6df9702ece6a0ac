package io.parley.assistant.turns;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the provider keys of users in memory. */
final class ApiKeysFake {
    private final Map<UUID, Map<String, String>> keys = new ConcurrentHashMap<>();
    private final ReceivedQueries received;

    ApiKeysFake(ReceivedQueries received) {
        this.received = received;
    }

    Future<?> answer(Bus bus) {
        return Future.all(
                received.answer(bus, ApiKeys.LIST, this::list), received.answer(bus, ApiKeys.REVEAL, this::reveal));
    }

    /** From now on, the user has no other key. */
    void has(Caller owner, String provider, String key) {
        keys.put(owner.userId(), Map.of(provider, key));
    }

    void clear() {
        keys.clear();
    }

    private Future<Page<ApiKey>> list(ApiKeys.ListMine query) {
        var own = keys.getOrDefault(query.caller().userId(), Map.of()).keySet().stream()
                .map(provider -> new ApiKey(
                        Ids.next(),
                        query.caller().userId(),
                        provider,
                        ApiKeys.DEFAULT_ALIAS,
                        "…",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null))
                .toList();
        return Future.succeededFuture(new Page<>(own, null));
    }

    private Future<Secret> reveal(ApiKeys.Reveal query) {
        @Nullable String key = keys.getOrDefault(query.caller().userId(), Map.of()).get(query.provider());
        return key == null
                ? Future.failedFuture(Problem.notFound("provider key"))
                : Future.succeededFuture(new Secret(key));
    }
}

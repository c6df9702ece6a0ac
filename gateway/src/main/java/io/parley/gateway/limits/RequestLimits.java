package io.parley.gateway.limits;

import io.parley.contracts.limits.RequestCounts;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.contract.LimitStep;
import io.parley.gateway.observe.Exchange;
import io.parley.gateway.origin.LocalClients;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts the requests of all event loops of a process, and with a little delay those of the other nodes. */
public final class RequestLimits implements LimitStep {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RequestLimitSettings settings;
    private final TrustedProxies proxies;
    private final LimitOverrides overrides = new LimitOverrides();
    private final SharedCounts shared;
    private final CountedRate<UUID> ofUsers;
    private final CountedRate<String> ofAddresses;
    private final InProgress requests = new InProgress();
    private final InProgress streams = new InProgress();
    private final AtomicBoolean isFollowing = new AtomicBoolean();

    /** @param isClustered whether there may be other nodes */
    public RequestLimits(RequestLimitSettings settings, TrustedProxies proxies, boolean isClustered) {
        this.settings = settings;
        this.proxies = proxies;
        this.shared = new SharedCounts(isClustered);
        this.ofUsers = new CountedRate<>("requests", "Too many requests.", shared);
        this.ofAddresses = new CountedRate<>("address", "Too many requests without a valid access token.", shared);
    }

    /** Exchanges counts with the other nodes, and reads what administrators choose, while the first verticle that calls this is deployed. */
    public Future<Void> share(Vertx vertx, Bus bus) {
        if (!isFollowing.compareAndSet(false, true)) return Future.succeededFuture();
        overrides.follow(vertx, bus);
        shared.publishAlways(vertx, bus);
        return bus.subscribe(RequestCounts.COUNTED, this::charge);
    }

    private void charge(RequestCounts notice) {
        if (shared.isOwn(notice)) return;
        for (var group : notice.groups()) {
            var rates = Rates.parse(group.rates());
            boolean isOfUsers = group.limit().equals(ofUsers.limit());
            group.counts().forEach((key, count) -> {
                if (isOfUsers) ofUsers.charge(UUID.fromString(key), rates, count);
                else ofAddresses.charge(key, rates, count);
            });
        }
    }

    @Override
    public Future<Void> countAnonymous(HttpServerRequest request) {
        return Future.succeededFuture().map(start -> {
            var limit = settings.requestsPerAddress();
            if (limit.appliesTo(LocalClients.sent(request)))
                ofAddresses.count(
                        request, ClientNetwork.of(proxies.client(request)).text(), limit.value());
            return null;
        });
    }

    @Override
    public Future<Void> admit(
            HttpServerRequest request, Identity identity, boolean isStream, Supplier<Future<Void>> work) {
        var userId = identity.caller().userId();
        Exchange.current().ifPresent(exchange -> exchange.signedIn(userId));
        var chosen = overrides.of(identity.caller());
        boolean isLocal = LocalClients.sent(request);
        var rate = chosen(chosen.requests(), settings.requests());
        if (rate.appliesTo(isLocal)) ofUsers.count(request, userId, rate.value());
        if (isStream) {
            int max = chosen.streams() == null ? settings.streams() : chosen.streams();
            return whileInProgress(streams, "streams", "streams", max, userId, work);
        }
        var concurrent = chosen(chosen.concurrent(), settings.concurrent());
        return concurrent.appliesTo(isLocal)
                ? whileInProgress(requests, "concurrent", "requests in progress", concurrent.value(), userId, work)
                : work.get();
    }

    /** The bytes of one import, if an administrator has chosen that for the user or their role. */
    public OptionalLong importBytes(Caller caller) {
        var chosen = overrides.of(caller).importBytes();
        return chosen == null ? OptionalLong.empty() : OptionalLong.of(chosen);
    }

    // What an administrator has chosen applies to every client.
    private static <T> Limit<T> chosen(@Nullable T value, Limit<T> setting) {
        return value == null ? setting : Limit.forEveryone(value);
    }

    private static Future<Void> whileInProgress(
            InProgress all, String limit, String what, int max, UUID userId, Supplier<Future<Void>> work) {
        if (!all.begin(userId, max))
            throw Problem.limited(limit, "You already have " + max + " open " + what + ".", SOON);
        return Future.succeededFuture().compose(begun -> work.get()).onComplete(done -> all.end(userId));
    }
}

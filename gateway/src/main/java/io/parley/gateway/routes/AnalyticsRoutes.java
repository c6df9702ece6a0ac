package io.parley.gateway.routes;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.FindConversationStats;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.json.Times;
import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Usage figures: each module counts its own rows, and the answer is one table. */
final class AnalyticsRoutes {
    private static final List<Address<DateRange, Analytics.Usage>> COUNTING =
            List.of(Analytics.MESSAGES, Analytics.CONVERSATIONS, Analytics.TASKS);

    private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

    private final Bus bus;

    AnalyticsRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on("findUsage", this::usage);
        operations.on(
                "findConversationStats",
                request -> bus.ask(
                        Analytics.CONVERSATION_STATS,
                        new FindConversationStats(request.caller(), request.pathId("id"))));
    }

    private Future<UsageTable> usage(Request request) {
        var range = range(request);
        var counts = COUNTING.stream().map(module -> bus.ask(module, range)).toList();
        return Future.all(counts)
                .map(all ->
                        UsageTable.of(range, counts.stream().map(Future::result).toList()));
    }

    private static DateRange range(Request request) {
        var query = request.query();
        var now = Instant.now();
        var to = Objects.requireNonNullElse(query.time("to"), now);
        var from = Objects.requireNonNullElseGet(query.time("from"), () -> defaultFrom(to));
        if (to.equals(now) && !from.isBefore(now))
            throw Problem.invalid("from", "must be in the past if to is missing");
        return new DateRange(request.caller(), from, to, query.requiredChoice("bucket", Bucket.class));
    }

    private static Instant defaultFrom(Instant to) {
        var from = to.minus(DEFAULT_PERIOD);
        return from.isBefore(Times.FIRST) ? Times.FIRST : from;
    }
}

package io.parley.gateway.routes;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.FindConversationStats;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** HTTP for what was done: every module counts its own, and one table is answered. */
public final class AnalyticsRoutes {
    private static final List<Address<DateRange, Analytics.Usage>> COUNTING =
            List.of(Analytics.MESSAGES, Analytics.CONVERSATIONS, Analytics.TASKS);

    private final Bus bus;

    public AnalyticsRoutes(Bus bus) {
        this.bus = bus;
    }

    public void mount(Operations operations) {
        operations.on("findUsage", this::usage);
        operations.on(
                "findConversationStats",
                request -> bus.ask(
                        Analytics.CONVERSATION_STATS,
                        new FindConversationStats(request.caller(), request.pathId("id"))));
    }

    private Future<UsageTable> usage(Request request) {
        var span = new DateRange(
                request.caller(),
                request.given("from", Instant.class),
                request.given("to", Instant.class),
                request.chosen("bucket", Bucket.class));
        var asked = COUNTING.stream().map(module -> bus.ask(module, span)).toList();
        return Future.all(asked)
                .map(all ->
                        UsageTable.of(span, asked.stream().map(Future::result).toList()));
    }
}

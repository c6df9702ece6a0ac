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

/** Usage figures: each module counts its own rows, and the answer is one table. */
final class AnalyticsRoutes {
    private static final List<Address<DateRange, Analytics.Usage>> COUNTING =
            List.of(Analytics.MESSAGES, Analytics.CONVERSATIONS, Analytics.TASKS);

    private final Bus bus;

    AnalyticsRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on("findUsage", this::usage);
        operations.on(
                "findConversationStats",
                request -> bus.ask(Analytics.CONVERSATION_STATS, new FindConversationStats(request.caller(), request.pathId("id"))));
    }

    private Future<UsageTable> usage(Request request) {
        var span = new DateRange(
                request.caller(),
                request.query().required("from", Instant.class),
                request.query().required("to", Instant.class),
                request.query().requiredChoice("bucket", Bucket.class));
        var asked = COUNTING.stream().map(module -> bus.ask(module, span)).toList();
        return Future.all(asked)
                .map(all ->
                        UsageTable.of(span, asked.stream().map(Future::result).toList()));
    }
}

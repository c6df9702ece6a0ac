package io.parley.gateway.routes;

import io.parley.contracts.assistant.Summaries;
import io.parley.gateway.contract.LateReply;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Summaries of conversations. */
final class SummaryRoutes {
    private final Bus bus;

    private record SummaryDraft(@Nullable UUID upToMessageId) {}

    SummaryRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "findSummary",
                request -> bus.ask(Summaries.FIND, new Summaries.Find(request.caller(), request.pathId("id"))));
        operations.on("createSummary", this::create);
    }

    // A model writes it, which may take minutes.
    private Future<LateReply> create(Request request) {
        var upTo = request.hasBody() ? request.body(SummaryDraft.class).upToMessageId() : null;
        var command = new Summaries.Create(request.caller(), request.pathId("id"), upTo);
        return Future.succeededFuture(new LateReply(bus.ask(Summaries.CREATE, command, Summaries.LONGEST)));
    }
}

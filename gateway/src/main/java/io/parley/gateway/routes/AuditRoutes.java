package io.parley.gateway.routes;

import io.parley.contracts.audit.Audit;
import io.parley.contracts.audit.Audit.ListAll;
import io.parley.contracts.audit.AuditedEvent;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Download;
import io.parley.gateway.http.MediaTypes;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Security events: the caller's own, and those of all accounts for administrators. */
final class AuditRoutes {
    /** Of lines; an event takes at most a few kilobytes. */
    private static final int PAGE = 200;

    private final Bus bus;
    private final BytesInFlight memory;

    AuditRoutes(Bus bus, BytesInFlight memory) {
        this.bus = bus;
        this.memory = memory;
    }

    void mount(Operations operations) {
        operations.on(
                "listSecurityEvents",
                request -> bus.ask(
                        Audit.LIST_OWN,
                        new Audit.ListOwn(
                                request.caller(),
                                period(request),
                                request.query().pageRequest())));
        operations.on(
                "listAuditedEvents",
                request -> request.accepts(MediaTypes.JSON_LINES)
                        ? lines(request)
                        : bus.ask(Audit.LIST, query(request, request.query().pageRequest())));
    }

    private static Audit.Period period(Request request) {
        return new Audit.Period(
                request.query().text("type"),
                request.query().time("from"),
                request.query().time("to"));
    }

    private static ListAll query(Request request, PageRequest page) {
        return new ListAll(
                request.caller(),
                request.query().uuid("actor_id"),
                request.query().uuid("user_id"),
                request.query().text("ip"),
                period(request),
                page);
    }

    // The first page before the answer begins, so that a failure still has its status.
    private Future<Download> lines(Request request) {
        return page(request, null)
                .map(first -> new Download(
                        MediaTypes.JSON_LINES,
                        "parley-audit.jsonl",
                        memory,
                        writer -> writeFrom(request, first, writer)));
    }

    private Future<Page<AuditedEvent>> page(Request request, @Nullable Cursor after) {
        return bus.ask(Audit.LIST, query(request, new PageRequest(after, PAGE, PageRequest.Order.ASC)));
    }

    private Future<Void> writeFrom(Request request, Page<AuditedEvent> page, Function<Buffer, Future<Void>> writer) {
        var lines = Buffer.buffer();
        for (var event : page.items()) lines.appendBuffer(JsonForm.write(event)).appendByte((byte) '\n');
        var next = page.nextCursor();
        return writer.apply(lines)
                .compose(written -> next == null
                        ? Future.succeededFuture()
                        : page(request, next).compose(further -> writeFrom(request, further, writer)));
    }
}

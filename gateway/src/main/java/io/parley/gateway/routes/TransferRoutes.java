package io.parley.gateway.routes;

import io.parley.contracts.audit.Audit;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Download;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.MediaTypes;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.transfer.Exporter;
import io.parley.transfer.ImportReport;
import io.parley.transfer.Importer;
import io.parley.transfer.archive.ArchiveLimits;
import io.parley.transfer.archive.ArchiveTooLargeException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Export and import of everything that a user has. */
final class TransferRoutes {
    /** Per event loop, because a large line can take a few dozen megabytes of memory. */
    private static final int MAX_RUNNING_IMPORTS = 2;

    private final Vertx vertx;
    private final Bus bus;
    private final ArchiveLimits limits;
    private int runningImports;

    TransferRoutes(Vertx vertx, Bus bus, ArchiveLimits limits) {
        this.vertx = vertx;
        this.bus = bus;
        this.limits = limits;
    }

    void mount(Operations operations) {
        operations.on(
                "exportEverything",
                request -> record(own(SecurityEventType.EXPORT_STARTED, request))
                        .map(recorded -> new Download(
                                MediaTypes.JSON_LINES, writer -> new Exporter(bus, request.caller(), writer).run())));
        operations.on("importEverything", this::importEverything);
    }

    private Future<ImportReport> importEverything(Request request) {
        if (runningImports == MAX_RUNNING_IMPORTS) return Future.failedFuture(Problem.unavailable());
        runningImports++;
        var upload = request.upload();
        var importer = new Importer(
                vertx,
                bus,
                request.caller(),
                limits,
                request.idempotencyKey().map(key -> request.newId()),
                upload::extend);
        return upload.forEachChunk(importer::take)
                .compose(read -> importer.finish())
                .compose(report -> record(finished(report, request)).map(report))
                .recover(failure -> importer.abandon().transform(abandoned -> Future.failedFuture(shown(failure))))
                .onComplete(done -> runningImports--);
    }

    private Future<None> record(SecurityEvent event) {
        return bus.ask(Audit.APPEND, new Audit.Append(event));
    }

    private static SecurityEvent finished(ImportReport report, Request request) {
        return own(SecurityEventType.IMPORT_FINISHED, request)
                .with("imported", report.imported())
                .with("failed", report.failed().size());
    }

    private static SecurityEvent own(SecurityEventType type, Request request) {
        return SecurityEvent.own(type, request.caller().userId(), request.origin());
    }

    private static Throwable shown(Throwable failure) {
        return failure instanceof ArchiveTooLargeException
                ? HttpError.tooLarge(String.valueOf(failure.getMessage()))
                : failure;
    }
}

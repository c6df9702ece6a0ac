package io.parley.gateway.routes;

import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Download;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.MediaTypes;
import io.parley.kernel.Bus;
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
                request -> Future.succeededFuture(new Download(
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
                .recover(failure -> importer.abandon().transform(abandoned -> Future.failedFuture(shown(failure))))
                .onComplete(done -> runningImports--);
    }

    private static Throwable shown(Throwable failure) {
        return failure instanceof ArchiveTooLargeException
                ? HttpError.tooLarge(String.valueOf(failure.getMessage()))
                : failure;
    }
}

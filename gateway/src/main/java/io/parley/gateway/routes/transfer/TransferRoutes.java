package io.parley.gateway.routes.transfer;

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
import io.parley.kernel.async.BytesInFlight;
import io.parley.transfer.Exporter;
import io.parley.transfer.ImportReport;
import io.parley.transfer.Importer;
import io.parley.transfer.archive.ArchiveTooLargeException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/** Export and import of everything that a user has. */
public final class TransferRoutes {
    private final Vertx vertx;
    private final Bus bus;
    private final BytesInFlight memory;
    private final RunningImports imports;

    public TransferRoutes(Vertx vertx, Bus bus, BytesInFlight memory, RunningImports imports) {
        this.vertx = vertx;
        this.bus = bus;
        this.memory = memory;
        this.imports = imports;
    }

    public void mount(Operations operations) {
        operations.on(
                "exportEverything",
                request ->
                        record(own(SecurityEventType.EXPORT_STARTED, request)).map(recorded -> download(request)));
        operations.on("importEverything", this::importEverything);
    }

    private Download download(Request request) {
        return new Download(
                MediaTypes.JSON_LINES,
                "parley-export.jsonl",
                memory,
                writer -> new Exporter(bus, request.caller(), writer).run());
    }

    private Future<ImportReport> importEverything(Request request) {
        return imports.run(request.caller().userId(), request.upload(), () -> read(request));
    }

    private Future<ImportReport> read(Request request) {
        var upload = request.upload();
        var importer = new Importer(
                vertx,
                bus,
                request.caller(),
                imports.archiveLimits(),
                request.idempotencyKey().map(key -> request.newId()),
                upload::extend);
        return upload.forEachChunk(importer.upTo(imports.maxBytes(request.caller())))
                .compose(read -> importer.finish())
                .compose(report -> record(finished(report, request)).map(report))
                .recover(failure ->
                        importer.abandon().transform(abandoned -> Future.failedFuture(shown(failure, importer))));
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

    private static Throwable shown(Throwable failure, Importer importer) {
        var detail = String.valueOf(failure.getMessage());
        if (failure instanceof Importer.TooLargeException)
            return HttpError.tooLarge(detail, Map.of("report", importer.report()));
        return failure instanceof ArchiveTooLargeException ? HttpError.tooLarge(detail) : failure;
    }
}

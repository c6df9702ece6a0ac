package io.parley.gateway.routes;

import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Download;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.transfer.Exporter;
import io.parley.transfer.Importer;
import io.parley.transfer.ImportReport;
import io.vertx.core.Future;

/** HTTP for all that a user has, out and in. */
public final class TransferRoutes {
    /** On one event loop: each may hold a few dozen megabytes of a large line. */
    private static final int MAX_IMPORTS = 2;

    private final Bus bus;
    private int imports;

    public TransferRoutes(Bus bus) {
        this.bus = bus;
    }

    public void mount(Operations operations) {
        operations.on(
                "exportEverything",
                request -> Future.succeededFuture(
                        new Download("application/x-ndjson", out -> new Exporter(bus, request.caller(), out).run())));
        operations.on("importEverything", this::importEverything);
    }

    private Future<ImportReport> importEverything(Request request) {
        if (imports == MAX_IMPORTS) return Future.failedFuture(Problem.unavailable());
        imports++;
        var importer = new Importer(bus, request.caller(), request.key().map(key -> request.newId()));
        return request.upload()
                .to(importer::take)
                .compose(taken -> importer.finish())
                .recover(failure -> importer.abandon().transform(left -> Future.failedFuture(failure)))
                .onComplete(done -> imports--);
    }
}

package io.parley.gateway.routes.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Upload;
import io.parley.kernel.Bus;
import io.parley.transfer.files.FileContent;
import io.parley.transfer.files.FileUpload;
import io.vertx.core.Future;

/** Files. */
public final class FileRoutes {
    private static final String NAMELESS = "file";

    private final Bus bus;
    private final FileTransfers transfers;

    public FileRoutes(Bus bus, FileTransfers transfers) {
        this.bus = bus;
        this.transfers = transfers;
    }

    public void mount(Operations operations) {
        operations.on("uploadFile", this::upload);
        operations.on("listFiles", this::list);
        operations.on(
                "findFile", request -> bus.ask(Files.FIND, new Files.Find(request.caller(), request.pathId("id"))));
        operations.on("downloadFile", this::download);
        operations.on(
                "deleteFile",
                request -> bus.ask(
                        Files.DELETE, new Files.Delete(request.caller(), request.pathId("id"), request.versions())));
        operations.on(
                "restoreFile",
                request -> bus.ask(Files.RESTORE, new Files.Restore(request.caller(), request.pathId("id"))));
    }

    private Future<StoredFile> upload(Request request) {
        return transfers.run(request.caller().userId(), FileUpload.MEMORY, () -> take(request));
    }

    private Future<StoredFile> take(Request request) {
        var name = request.query().text("name");
        var encrypted = request.query().flag("encrypted");
        var begin = new Files.Begin(
                request.caller(),
                request.newId(),
                name == null ? NAMELESS : name,
                null,
                encrypted,
                expectedSize(request));
        return request.upload()
                .waitFor(FileUpload.begin(bus, begin))
                .compose(file -> file.existing()
                        .map(existing -> request.upload().discard().map(existing))
                        .orElseGet(() -> store(request.upload(), file)));
    }

    // What is too large is refused anyway, when so much has arrived.
    private long expectedSize(Request request) {
        long length = request.upload().length().orElse(0);
        return length > transfers.maxBytes() ? 0 : length;
    }

    private Future<StoredFile> store(Upload upload, FileUpload file) {
        return upload.forEachChunk(chunk -> file.size() + chunk.length() > transfers.maxBytes()
                        ? Future.failedFuture(tooLarge())
                        : file.take(chunk))
                .compose(arrived -> file.finish())
                .recover(failure -> file.abandon().transform(abandoned -> Future.failedFuture(failure)));
    }

    private HttpError tooLarge() {
        return HttpError.tooLarge("A file must not be larger than " + transfers.maxBytes() + " bytes.");
    }

    private Future<? extends Record> list(Request request) {
        return bus.ask(
                Files.LIST,
                new Files.ListMine(
                        request.caller(),
                        request.query().required("deleted", Boolean.class),
                        request.query().pageRequest()));
    }

    private Future<FileDownload> download(Request request) {
        return bus.ask(Files.FIND, new Files.Find(request.caller(), request.pathId("id")))
                .map(file -> new FileDownload(file, new FileContent(bus, request.caller(), file), transfers));
    }
}

package io.parley.transfer;

import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.transfer.archive.ArchiveFile;
import io.parley.transfer.archive.ArchiveLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Imports a document of conversations and tasks while it arrives, or a zip archive of such documents when it has arrived: an
 * export of Parley, of ChatGPT, Claude, Open WebUI or LibreChat, or lines in the form of OpenAI's chat API or of ShareGPT.
 * Each line is stored completely or not at all. Pass the chunks one after another, never two at once.
 */
public final class Importer {
    private final Vertx vertx;
    private final Bus bus;
    private final Caller caller;
    private final ArchiveLimits limits;
    private final Optional<UUID> namespace;
    private final Runnable progress;
    private final ReportBuilder report = new ReportBuilder();
    private final Buffer start = Buffer.buffer();
    private @Nullable ImportInput input;

    /**
     * @param namespace derives an id for each line without one, from its line number. Importing the same document again
     *     with the same namespace creates no duplicates. If it is empty, such lines are new ones every time.
     * @param progress is called now and then, because a large archive takes minutes after its last chunk
     */
    public Importer(
            Vertx vertx, Bus bus, Caller caller, ArchiveLimits limits, Optional<UUID> namespace, Runnable progress) {
        this.vertx = vertx;
        this.bus = bus;
        this.caller = caller;
        this.limits = limits;
        this.namespace = namespace;
        this.progress = progress;
    }

    /**
     * Succeeds when everything that this chunk completes is stored; pass the next chunk then. An invalid line does not fail
     * the future but is reported by {@link #finish}. Fails only if nothing more can be imported: unauthenticated if the
     * account was deleted, with {@link io.parley.transfer.archive.ArchiveTooLargeException}, or with an unexpected error.
     */
    public Future<Void> take(Buffer chunk) {
        if (input != null) return input.take(chunk);
        start.appendBuffer(chunk);
        return start.length() < ArchiveFile.START ? Future.succeededFuture() : begin().take(start.copy());
    }

    /** Takes chunks as {@link #take} does, but fails with {@link TooLargeException} when there are more than so many bytes. */
    public Function<Buffer, Future<Void>> upTo(long bytes) {
        var taken = new AtomicLong();
        return chunk -> taken.addAndGet(chunk.length()) > bytes
                ? Future.failedFuture(new TooLargeException(bytes))
                : take(chunk);
    }

    /** Call after the last chunk. Fails as {@link #take} does, and invalid if an archive is broken. */
    public Future<ImportReport> finish() {
        var begun = input == null ? begin() : input;
        var rest = start.length() < ArchiveFile.START ? begun.take(start.copy()) : Future.<Void>succeededFuture();
        return rest.compose(taken -> begun.finish()).map(done -> report());
    }

    /** Removes what was stored of a line that is not complete. Call it if the document ends early. */
    public Future<Void> abandon() {
        return input == null ? Future.succeededFuture() : input.abandon();
    }

    /** What has become of the lines so far. */
    public ImportReport report() {
        return report.report();
    }

    /** The number of lines that are stored so far. */
    public int stored() {
        return report.stored();
    }

    private ImportInput begin() {
        var begun = ArchiveFile.isArchive(start.getBytes())
                ? new ArchiveImport(vertx, limits, this::document, report, progress)
                : document(null);
        input = begun;
        return begun;
    }

    private DocumentImport document(@Nullable String file) {
        var space = file == null ? namespace : namespace.map(whole -> Ids.within(whole, file));
        return new DocumentImport(new LineImport(vertx, bus, caller, space), report, file);
    }

    /** The import has more bytes than it may have; what came before is stored. */
    public static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super(
                    "An import must not be larger than " + limit + " bytes. Send the rest as another one.",
                    null,
                    false,
                    false);
        }
    }
}

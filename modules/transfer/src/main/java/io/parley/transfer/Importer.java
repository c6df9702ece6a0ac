package io.parley.transfer;

import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Futures;
import io.parley.transfer.document.DocumentPart;
import io.parley.transfer.document.DocumentReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Imports a document of conversations and tasks while it arrives: an export, JSON Lines in the form of OpenAI's chat API, or
 * the {@code conversations.json} of a ChatGPT export. Each line is stored completely or not at all. Pass the chunks one
 * after another, never two at once.
 */
public final class Importer {
    /** A document with more invalid lines than this is probably of another format, so reading stops. */
    static final int MAX_FAILED_LINES = 1000;

    private final DocumentReader document = new DocumentReader();
    private final LineImport lines;
    private final List<FailedLine> failed = new ArrayList<>();
    private int imported;

    /** The last line that failed or was skipped; its remaining parts are ignored. 0 before the first one. */
    private int ignoredLine;

    /** Every import of the same document creates new conversations and tasks for the lines without an id. */
    public Importer(Bus bus, Caller caller) {
        this(bus, caller, Optional.empty());
    }

    /**
     * @param namespace derives an id for each line without one, from its line number. Importing the same document again
     *     with the same namespace creates no duplicates; the lines that exist already count as imported.
     */
    public Importer(Bus bus, Caller caller, Optional<UUID> namespace) {
        this.lines = new LineImport(bus, caller, namespace);
    }

    /**
     * Succeeds when everything that this chunk completes is stored; pass the next chunk then. An invalid line does not fail
     * the future but is reported by {@link #finish}. Fails only if nothing more can be imported: unauthenticated if the
     * account was deleted, or with an unexpected error.
     */
    public Future<Void> take(Buffer chunk) {
        if (isStopped()) return Future.succeededFuture();
        document.feed(chunk);
        return Futures.loop(this::importNextPart);
    }

    /** Call after the last chunk. Fails as {@link #take} does. */
    public Future<ImportReport> finish() {
        if (isStopped()) return Future.succeededFuture(report());
        document.end();
        return Futures.loop(this::importNextPart).compose(done -> abandon()).map(done -> report());
    }

    /** Removes what was stored of a line that is not complete. Call it if the document ends early. */
    public Future<Void> abandon() {
        return lines.cancel().mapEmpty();
    }

    /** The number of lines imported so far. */
    public int imported() {
        return imported;
    }

    private ImportReport report() {
        return new ImportReport(imported, List.copyOf(failed));
    }

    private boolean isStopped() {
        return failed.size() > MAX_FAILED_LINES;
    }

    private Future<Boolean> importNextPart() {
        if (isStopped()) return Future.succeededFuture(false);
        var part = document.next();
        if (part == null) return Future.succeededFuture(false);
        return importPart(part).recover(failure -> fail(part.line(), failure)).map(true);
    }

    private Future<Void> importPart(DocumentPart part) {
        if (part.line() == ignoredLine) return Future.succeededFuture();
        if (part instanceof DocumentPart.Message message) return lines.add(message);
        if (part instanceof DocumentPart.End end) return lines.finish(end).onSuccess(done -> imported++);
        return Future.failedFuture(((DocumentPart.Invalid) part).problem());
    }

    private Future<Void> fail(int line, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() == Kind.UNAUTHENTICATED)
            return abandon().compose(abandoned -> Future.failedFuture(failure));
        ignoredLine = line;
        boolean isDuplicate = lines.isAlreadyImported();
        return lines.cancel().map(isPublished -> {
            if (isDuplicate || isPublished) imported++;
            else addFailed(line, problem);
            return null;
        });
    }

    private void addFailed(int line, Problem problem) {
        failed.add(
                failed.size() < MAX_FAILED_LINES
                        ? FailedLine.of(line, problem)
                        : new FailedLine(line, "too many lines failed; the rest of the document was not read"));
    }
}

package io.parley.transfer;

import io.parley.kernel.async.Futures;
import io.parley.transfer.archive.ArchiveCheck;
import io.parley.transfer.archive.ArchiveEntry;
import io.parley.transfer.archive.ArchiveFile;
import io.parley.transfer.archive.ArchiveLimits;
import io.parley.transfer.archive.EntryReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Imports the files of a zip archive one after another, when all of it has arrived. */
final class ArchiveImport implements ImportInput {
    /** Bytes. */
    private static final int CHUNK = 64 * 1024;

    private final Vertx vertx;
    private final ArchiveLimits limits;
    private final Function<String, DocumentImport> documents;
    private final ReportBuilder report;
    private final Runnable progress;
    private @Nullable ArchiveFile archive;
    private @Nullable DocumentImport document;

    /**
     * @param documents imports the file with this name
     * @param progress is called after each piece, because a large archive takes minutes
     */
    ArchiveImport(
            Vertx vertx,
            ArchiveLimits limits,
            Function<String, DocumentImport> documents,
            ReportBuilder report,
            Runnable progress) {
        this.vertx = vertx;
        this.limits = limits;
        this.documents = documents;
        this.report = report;
        this.progress = progress;
    }

    @Override
    public Future<Void> take(Buffer chunk) {
        return vertx.executeBlocking(() -> {
            if (archive == null) archive = ArchiveFile.create(limits);
            archive.append(chunk.getBytes());
            return null;
        });
    }

    @Override
    public Future<Void> finish() {
        var whole = archive;
        if (whole == null) return Future.succeededFuture();
        return vertx.executeBlocking(whole::entries)
                .compose(entries -> importAll(whole, entries))
                .eventually(this::abandon);
    }

    @Override
    public Future<Void> abandon() {
        var open = archive;
        var unfinished = document;
        archive = null;
        document = null;
        return (unfinished == null ? Future.<Void>succeededFuture() : unfinished.abandon())
                .eventually(() -> vertx.executeBlocking(() -> {
                    if (open != null) open.close();
                    return null;
                }));
    }

    private Future<Void> importAll(ArchiveFile open, List<ArchiveEntry> entries) {
        var readable = entries.stream().filter(ArchiveEntry::isJson).toList();
        return check(open, readable).compose(checked -> {
            entries.stream().filter(entry -> !entry.isJson()).forEach(this::noteOther);
            var next = readable.iterator();
            return Futures.loop(() -> importNext(open, next));
        });
    }

    private void noteOther(ArchiveEntry entry) {
        report.note(
                null,
                entry.name(),
                entry.name().toLowerCase(Locale.ROOT).endsWith(".zip")
                        ? "was not read: it is an archive in an archive"
                        : "was not read: it is not JSON");
    }

    private Future<Void> check(ArchiveFile open, List<ArchiveEntry> readable) {
        var check = new ArchiveCheck(open, limits, readable);
        return Futures.loop(() -> vertx.executeBlocking(check::next).onSuccess(more -> progress.run()))
                .eventually(() -> vertx.executeBlocking(() -> {
                    check.close();
                    return null;
                }));
    }

    private Future<Boolean> importNext(ArchiveFile open, Iterator<ArchiveEntry> entries) {
        if (!entries.hasNext() || report.isFull()) return Future.succeededFuture(false);
        var entry = entries.next();
        var file = documents.apply(entry.name());
        document = file;
        return vertx.executeBlocking(() -> new EntryReader(open, entry))
                .compose(reader -> Futures.loop(() -> importChunk(file, reader))
                        .eventually(() -> vertx.executeBlocking(() -> {
                            reader.close();
                            return null;
                        })))
                .compose(read -> file.finish())
                .map(true);
    }

    private Future<Boolean> importChunk(DocumentImport file, EntryReader reader) {
        if (report.isFull()) return Future.succeededFuture(false);
        return vertx.executeBlocking(() -> reader.read(CHUNK)).compose(bytes -> {
            progress.run();
            return bytes.length == 0
                    ? Future.succeededFuture(false)
                    : file.take(Buffer.buffer(bytes)).map(true);
        });
    }
}

package io.parley.transfer;

import io.parley.contracts.files.Files;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.transfer.LineImport.Outcome;
import io.parley.transfer.files.FileUpload;
import io.parley.transfer.lines.FileLine.Part;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores exported files, whose parts are lines that follow each other. */
final class FileImport {
    private final Bus bus;
    private final Caller caller;
    private @Nullable FileUpload upload;

    /** The first part of the file that is being read. */
    private @Nullable Part first;

    private int nextPart;
    private long taken;

    /** A file of which a part was refused; the rest of its parts is passed over. */
    private @Nullable UUID refused;

    FileImport(Bus bus, Caller caller) {
        this.bus = bus;
        this.caller = caller;
    }

    /** Fails invalid, pointing into the line, or as the files module does. */
    Future<Outcome> take(Part part) {
        if (part.number() > 0 && part.id().equals(refused)) return Future.succeededFuture(Outcome.CONTINUED);
        return (part.number() == 0 ? begin(part) : continued(part))
                .compose(begun -> append(begun, part))
                .onFailure(failure -> refused = part.id());
    }

    private Future<FileUpload> begin(Part part) {
        refused = null;
        return abandon()
                .compose(abandoned -> FileUpload.begin(
                        bus,
                        new Files.Begin(
                                caller,
                                part.id(),
                                part.name(),
                                part.createdAt(),
                                part.encrypted(),
                                Math.max(0, part.size()))))
                .onSuccess(begun -> {
                    upload = begun;
                    first = part;
                    nextPart = 0;
                    taken = 0;
                });
    }

    private Future<FileUpload> continued(Part part) {
        return upload != null && first != null && first.id().equals(part.id()) && part.number() == nextPart
                ? Future.succeededFuture(upload)
                : Future.failedFuture(Problem.invalid("/part", "must follow the part before it, of the same file"));
    }

    private Future<Outcome> append(FileUpload begun, Part part) {
        nextPart++;
        taken += part.data().length;
        if (taken > part.size()) return Future.failedFuture(Problem.invalid("/size", "is less than the content has"));
        if (begun.existing().isPresent()) return Future.succeededFuture(ended(part, Outcome.UNCHANGED));
        return begun.take(Buffer.buffer(part.data()))
                .compose(stored ->
                        taken < part.size() ? Future.succeededFuture(Outcome.CONTINUED) : finish(begun, part));
    }

    private Future<Outcome> finish(FileUpload begun, Part part) {
        return begun.finishIf(part.sha256()).map(finished -> {
            if (finished.isEmpty()) throw Problem.invalid("/sha256", "is not the sum of the content");
            return ended(part, Outcome.IMPORTED);
        });
    }

    private Outcome ended(Part part, Outcome outcome) {
        if (taken < part.size()) return Outcome.CONTINUED;
        upload = null;
        return outcome;
    }

    /** The name of a file whose last part is missing. */
    Optional<String> unfinished() {
        boolean isUnfinished = upload != null && upload.existing().isEmpty();
        return isUnfinished && first != null ? Optional.of(first.name()) : Optional.empty();
    }

    /** Removes what was stored of a file whose last part is missing. */
    Future<Void> abandon() {
        var unfinished = upload;
        upload = null;
        return unfinished == null || unfinished.existing().isPresent()
                ? Future.succeededFuture()
                : unfinished.abandon();
    }
}

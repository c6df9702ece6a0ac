package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Futures;
import io.parley.transfer.document.DocumentPart;
import io.parley.transfer.document.DocumentReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Imports one document while it arrives. Each line is stored completely or not at all. */
final class DocumentImport implements ImportInput {
    private final DocumentReader document = new DocumentReader(DocumentImport::isConversation);
    private final LineImport lines;
    private final ReportBuilder report;
    private final @Nullable String file;
    private final int failuresBefore;
    private final int storedBefore;
    private boolean isRecognised;

    /** The last line that failed or was skipped; its remaining parts are ignored. 0 before the first one. */
    private int ignoredLine;

    /** @param file its name in an archive; null without an archive */
    DocumentImport(LineImport lines, ReportBuilder report, @Nullable String file) {
        this.lines = lines;
        this.report = report;
        this.file = file;
        this.failuresBefore = report.failures();
        this.storedBefore = report.stored();
    }

    private static boolean isConversation(ObjectNode head) {
        return Formats.of(head).isPresent() || LineImport.isTyped(head);
    }

    @Override
    public Future<Void> take(Buffer chunk) {
        if (report.isFull()) return Future.succeededFuture();
        document.feed(chunk);
        return Futures.loop(this::importNextPart);
    }

    @Override
    public Future<Void> finish() {
        if (report.isFull()) return abandon();
        document.end();
        return Futures.loop(this::importNextPart)
                .onSuccess(done -> lines.unfinishedFile().ifPresent(this::noteUnfinished))
                .compose(done -> abandon())
                .onSuccess(done -> noteIfOther());
    }

    @Override
    public Future<Void> abandon() {
        return lines.cancel().mapEmpty();
    }

    private void noteUnfinished(String name) {
        report.note(null, file, "the last parts of the file " + name + " are missing, so it is not imported");
    }

    // An archive has other files than conversations.
    private void noteIfOther() {
        if (file == null || isRecognised || report.stored() > storedBefore) return;
        report.forgetFailures(failuresBefore);
        report.note(null, file, "has no conversations");
    }

    private Future<Boolean> importNextPart() {
        if (report.isFull()) return Future.succeededFuture(false);
        var part = document.next();
        if (part == null) return Future.succeededFuture(false);
        return importPart(part).recover(failure -> fail(part.line(), failure)).map(true);
    }

    private Future<Void> importPart(DocumentPart part) {
        if (part.line() == ignoredLine) return Future.succeededFuture();
        if (part instanceof DocumentPart.Message message) return lines.add(message);
        if (part instanceof DocumentPart.End end)
            return lines.finish(end)
                    .onSuccess(outcome -> count(part.line(), outcome))
                    .mapEmpty();
        return Future.failedFuture(((DocumentPart.Invalid) part).problem());
    }

    private void count(int line, LineImport.Outcome outcome) {
        report.count(outcome);
        lines.takeNotes().forEach(detail -> report.note(line, file, detail));
    }

    private Future<Void> fail(int line, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() == Kind.UNAUTHENTICATED)
            return abandon().compose(abandoned -> Future.failedFuture(failure));
        ignoredLine = line;
        return lines.cancel().map(outcome -> {
            outcome.ifPresentOrElse(stored -> count(line, stored), () -> addFailed(line, problem));
            return null;
        });
    }

    private void addFailed(int line, Problem problem) {
        lines.takeNotes();
        if (!LineImport.isUnrecognised(problem)) isRecognised = true;
        report.fail(LineRemark.of(line, file, problem));
    }
}

package io.parley.transfer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the report of an import of one document, or of an archive with several. */
final class ReportBuilder {
    /** A document with more invalid lines than this is probably of another format, so reading stops. */
    static final int MAX_FAILED_LINES = 1000;

    private static final int MAX_NOTES = 1000;

    private final List<LineRemark> failed = new ArrayList<>();
    private final List<LineRemark> notes = new ArrayList<>();
    private int imported;
    private int updated;
    private int unchanged;

    /** Nothing more is to be read. */
    boolean isFull() {
        return failed.size() > MAX_FAILED_LINES;
    }

    /** The number of lines that are stored now. */
    int stored() {
        return imported + updated + unchanged;
    }

    int failures() {
        return failed.size();
    }

    void count(LineImport.Outcome outcome) {
        switch (outcome) {
            case IMPORTED -> imported++;
            case UPDATED -> updated++;
            case UNCHANGED -> unchanged++;
            case CONTINUED -> {}
        }
    }

    void fail(LineRemark remark) {
        if (isFull()) return;
        failed.add(
                failed.size() < MAX_FAILED_LINES
                        ? remark
                        : new LineRemark(
                                remark.line(),
                                remark.file(),
                                "too many lines failed; the rest of the document was not read"));
    }

    /** Takes back the failures from this number on. */
    void forgetFailures(int from) {
        failed.subList(from, failed.size()).clear();
    }

    void note(@Nullable Integer line, @Nullable String file, String detail) {
        if (notes.size() > MAX_NOTES) return;
        notes.add(new LineRemark(line, file, notes.size() == MAX_NOTES ? "there are more notes than these" : detail));
    }

    ImportReport report() {
        return new ImportReport(imported, updated, unchanged, List.copyOf(failed), List.copyOf(notes));
    }
}

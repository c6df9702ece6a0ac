package io.parley.transfer.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Futures;
import io.parley.transfer.lines.FileLine;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes all files of a user, each as lines with a part of its content. */
public final class FileExport {
    private static final int FILES_PER_PAGE = 50;
    private static final byte[] EMPTY = {};

    private final Bus bus;
    private final Caller caller;
    private final Function<Buffer, Future<Void>> output;
    private int lines;
    private @Nullable Cursor cursor;

    public FileExport(Bus bus, Caller caller, Function<Buffer, Future<Void>> output) {
        this.bus = bus;
        this.caller = caller;
        this.output = output;
    }

    /** Returns the number of lines. */
    public Future<Integer> run() {
        return Futures.loop(this::writePage).map(written -> lines);
    }

    // Returns whether there is another page.
    private Future<Boolean> writePage() {
        var request = new PageRequest(cursor, FILES_PER_PAGE, Order.ASC);
        return bus.ask(Files.LIST, new Files.ListMine(caller, false, request)).compose(page -> {
            cursor = page.nextCursor();
            return writeAll(page.items().iterator()).map(written -> cursor != null);
        });
    }

    private Future<Void> writeAll(Iterator<StoredFile> files) {
        return Futures.loop(() -> files.hasNext() ? write(files.next()).map(true) : Future.succeededFuture(false));
    }

    // One that is deleted before its first part is written is left out; after that, the import tells that parts are
    // missing.
    private Future<Void> write(StoredFile file) {
        if (file.size() == 0) return writeLine(FileLine.of(file, 0, EMPTY));
        var part = new int[1];
        return new FileContent(bus, caller, file)
                .forEachChunk(chunk -> writeLine(FileLine.of(file, part[0]++, chunk.getBytes())))
                .recover(failure -> isGone(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND;
    }

    private Future<Void> writeLine(FileLine line) {
        return output.apply(JsonForm.write(line).appendByte((byte) '\n')).onSuccess(written -> lines++);
    }
}

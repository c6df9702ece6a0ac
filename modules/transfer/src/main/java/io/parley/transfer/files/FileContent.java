package io.parley.transfer.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Reads the content of a file, or a part of it, one chunk after the other. */
public final class FileContent {
    /** Bytes: a chunk as it comes from the database, and one that is being written. */
    public static final int MEMORY = 2 * Files.CHUNK_BYTES;

    private final Bus bus;
    private final Caller caller;
    private final StoredFile file;

    public FileContent(Bus bus, Caller caller, StoredFile file) {
        this.bus = bus;
        this.caller = caller;
        this.file = file;
    }

    /** As the other one, for all of the content. */
    public Future<Void> forEachChunk(Function<Buffer, Future<Void>> consumer) {
        return forEachChunk(0, file.size(), consumer);
    }

    /**
     * Passes each chunk to the consumer after it has taken the one before. Fails with the consumer's failure, or as
     * {@link Files#READ} does.
     *
     * @param from the first byte
     * @param to the byte after the last one
     */
    public Future<Void> forEachChunk(long from, long to, Function<Buffer, Future<Void>> consumer) {
        var position = new long[] {from};
        return Futures.loop(() -> {
            if (position[0] >= to) return Future.succeededFuture(false);
            long start = position[0];
            int number = (int) (start / Files.CHUNK_BYTES);
            return bus.ask(Files.READ, new Files.Read(caller, file.id(), number))
                    .compose(chunk -> {
                        var part = part(chunk.data(), start, to);
                        position[0] = start + part.length();
                        return part.length() == 0 ? Future.failedFuture("a chunk is short") : consumer.apply(part);
                    })
                    .map(true);
        });
    }

    private static Buffer part(byte[] data, long from, long to) {
        int offset = (int) (from % Files.CHUNK_BYTES);
        int end = (int) Math.min(data.length, offset + to - from);
        return offset == 0 && end == data.length
                ? Buffer.buffer(data)
                : Buffer.buffer(data).getBuffer(offset, end);
    }
}

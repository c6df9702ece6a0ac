package io.parley.transfer.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.async.Futures;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores a file while its content arrives, one chunk after the other. Pass the next bytes when the future of those before has
 * succeeded. For one event loop only.
 */
public final class FileUpload {
    /** Bytes: a chunk that is being filled, and one that is on its way. */
    public static final int MEMORY = 2 * Files.CHUNK_BYTES;

    private final Bus bus;
    private final Caller caller;
    private final UUID id;
    private final long keptRoom;
    private final Optional<StoredFile> existing;
    private final MessageDigest digest = Sha256.digest();
    private Buffer pending = Buffer.buffer();
    private int chunks;
    private long appended;
    private long size;

    private FileUpload(Bus bus, Files.Begin begun, Optional<StoredFile> existing) {
        this.bus = bus;
        this.caller = begun.caller();
        this.id = begun.id();
        this.keptRoom = begun.keptRoom();
        this.existing = existing;
    }

    /** Fails as {@link Files#BEGIN} does. */
    public static Future<FileUpload> begin(Bus bus, Files.Begin command) {
        return bus.ask(Files.BEGIN, command).map(begun -> new FileUpload(bus, command, begun.found()));
    }

    /** The file that the caller has under this id already: then nothing is to be passed. */
    public Optional<StoredFile> existing() {
        return existing;
    }

    /** Bytes that have been passed so far. */
    public long size() {
        return size;
    }

    /** Fails as {@link Files#APPEND} does. */
    public Future<Void> take(Buffer bytes) {
        size += bytes.length();
        digest.update(bytes.getBytes());
        pending.appendBuffer(bytes);
        return Futures.loop(() -> pending.length() < Files.CHUNK_BYTES
                ? Future.succeededFuture(false)
                : append(Files.CHUNK_BYTES).map(true));
    }

    private Future<Void> append(int length) {
        var data = pending.getBytes(0, length);
        pending = pending.getBuffer(length, pending.length());
        appended += length;
        return bus.ask(Files.APPEND, new Files.Append(caller, id, chunks++, data, appended <= keptRoom))
                .mapEmpty();
    }

    /** Call it once, after everything was passed. Fails as {@link Files#FINISH} does. */
    public Future<StoredFile> finish() {
        return finish(HexFormat.of().formatHex(digest.digest()));
    }

    /** The same, unless the content has another sum: then the future is empty, and the file is to be abandoned. */
    public Future<Optional<StoredFile>> finishIf(String sha256) {
        var sum = HexFormat.of().formatHex(digest.digest());
        return sum.equals(sha256) ? finish(sum).map(Optional::of) : Future.succeededFuture(Optional.empty());
    }

    private Future<StoredFile> finish(String sha256) {
        var rest = pending.length() == 0 ? Future.<Void>succeededFuture() : append(pending.length());
        return rest.compose(appended -> bus.ask(Files.FINISH, new Files.Finish(caller, id, size, sha256)));
    }

    /** Removes what has been stored. */
    public Future<Void> abandon() {
        return bus.ask(Files.ABANDON, new Files.Abandon(caller, id)).mapEmpty();
    }
}

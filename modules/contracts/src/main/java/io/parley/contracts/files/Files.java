package io.parley.contracts.files;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the files module answers. A request that names a file fails not-found if there is no such file, if it is in the trash, or if
 * not all of it has arrived; and forbidden if it belongs to another user.
 *
 * <p>A file is stored piece by piece, so that no more than a piece of it is in memory: begin, append all chunks in their order,
 * finish. Nobody sees it before it is finished. What is not finished within a day is purged.
 */
public final class Files {
    /** Bytes. Each chunk of a file but the last has as many. */
    public static final int CHUNK_BYTES = 256 * 1024;

    /** Bytes: more than anybody has room for, and not so much that a sum overflows. */
    private static final long MOST_KEPT = 1L << 60;

    /**
     * Begins a file, or begins it again if it was not finished. If the caller has it already, the reply is that file. Fails full if the
     * caller has no room for as much as is expected.
     */
    public static final Address<Begin, Begun> BEGIN = new Address<>("files.begin");

    /** Fails full if the caller has no room for the chunk, and not-found unless the file is begun and not finished. */
    public static final Address<Append, None> APPEND = new Address<>("files.append");

    /** Makes the file visible. Fails invalid unless the chunks have the given size. */
    public static final Address<Finish, StoredFile> FINISH = new Address<>("files.finish");

    /** Removes a file that is not finished; has no effect on others. */
    public static final Address<Abandon, None> ABANDON = new Address<>("files.abandon");

    public static final Address<Find, StoredFile> FIND = new Address<>("files.find");

    /** Ordered by creation; the trash is ordered by deletion. */
    public static final Address<ListMine, Page<StoredFile>> LIST = new Address<>("files.list");

    /** Reads one chunk; fails not-found if the file has fewer. */
    public static final Address<Read, Chunk> READ = new Address<>("files.read");

    /** Moves the file to the trash; fails stale unless it has one of the given versions. */
    public static final Address<Delete, None> DELETE = new Address<>("files.delete");

    /** Restores the file from the trash; has no effect if it is not in the trash. */
    public static final Address<Restore, StoredFile> RESTORE = new Address<>("files.restore");

    /**
     * @param name is cleaned
     * @param createdAt of a file that was exported; null is now
     * @param encrypted whether name, sum and content are stored encrypted; null leaves it to the choice of the user
     * @param expectedSize how many bytes are going to arrive; 0 if nobody knows
     */
    public record Begin(
            Caller caller,
            UUID id,
            String name,
            @Nullable Instant createdAt,
            @Nullable Boolean encrypted,
            long expectedSize) {
        public Begin {
            name = FileNames.clean(name);
            if (expectedSize < 0) throw Problem.invalid("expected_size", "must be at least 0");
        }

        public Begin(Caller caller, UUID id, String name, @Nullable Instant createdAt, @Nullable Boolean encrypted) {
            this(caller, id, name, createdAt, encrypted, 0);
        }

        public Begin(Caller caller, UUID id, String name, @Nullable Instant createdAt) {
            this(caller, id, name, createdAt, null);
        }

        public Begin(Caller caller, String name) {
            this(caller, Ids.next(), name, null);
        }

        /** Bytes for which room is kept until they arrive. A file of a single chunk gets its room when it arrives. */
        public long keptRoom() {
            return expectedSize > CHUNK_BYTES ? Math.min(expectedSize, MOST_KEPT) : 0;
        }
    }

    /** @param existing the file that the caller has under this id already, perhaps in the trash; null if it is begun now */
    public record Begun(@Nullable StoredFile existing) {
        public Optional<StoredFile> found() {
            return Optional.ofNullable(existing);
        }
    }

    /**
     * @param number of the chunk, from 0
     * @param hasRoom whether it is a part of what room was kept for
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    public record Append(Caller caller, UUID id, int number, byte[] data, boolean hasRoom) {
        public Append(Caller caller, UUID id, int number, byte[] data) {
            this(caller, id, number, data, false);
        }

        public Append {
            if (number < 0) throw Problem.invalid("number", "must be at least 0");
            if (data.length < 1 || data.length > CHUNK_BYTES)
                throw Problem.invalid("data", "must have 1 to " + CHUNK_BYTES + " bytes");
        }
    }

    /**
     * @param size of all chunks, in bytes
     * @param sha256 of all chunks, 64 hexadecimal digits
     */
    public record Finish(Caller caller, UUID id, long size, String sha256) {}

    public record Abandon(Caller caller, UUID id) {}

    public record Find(Caller caller, UUID id) {}

    public record ListMine(Caller caller, boolean deleted, PageRequest page) {}

    /** @param number of the chunk, from 0 */
    public record Read(Caller caller, UUID id, int number) {}

    @SuppressWarnings("ArrayRecordComponent") // only carried
    public record Chunk(byte[] data) {}

    public record Delete(Caller caller, UUID id, Versions versions) {}

    public record Restore(Caller caller, UUID id) {}

    private Files() {}
}

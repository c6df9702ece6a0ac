package io.parley.contracts.search;

import io.parley.kernel.Micros;
import io.parley.kernel.OpaqueCursor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A position in search results, which are ordered by rank, then by time, then by id, descending. It means the same to every
 * module, so after a merged page each of them continues at the right hit.
 *
 * @param asOf when the first page was read; later pages leave out rows that were created since. Truncated to microseconds.
 * @param at when the last hit of the page was created, truncated to microseconds, the precision of PostgreSQL
 */
public record RankCursor(Instant asOf, float rank, Instant at, UUID id) implements OpaqueCursor {
    private static final int BYTES = Long.BYTES * 4 + Float.BYTES;

    public RankCursor {
        asOf = Micros.truncate(asOf);
        at = Micros.truncate(at);
    }

    /** Base64url without padding, opaque to callers. */
    @Override
    public String text() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(Micros.of(asOf))
                .putFloat(rank)
                .putLong(Micros.of(at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Returns empty if the text does not have the form of {@link #text}. */
    public static Optional<RankCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == BYTES ? Optional.of(read(ByteBuffer.wrap(bytes))) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static RankCursor read(ByteBuffer bytes) {
        return new RankCursor(
                Micros.toInstant(bytes.getLong()),
                bytes.getFloat(),
                Micros.toInstant(bytes.getLong()),
                new UUID(bytes.getLong(), bytes.getLong()));
    }
}

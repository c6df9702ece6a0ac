package io.parley.contracts.search;

import io.parley.kernel.Micros;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A place among what was found, best first: by rank, within a rank by time and within that by id. It says the same in
 * the pages of all who search, so that pages which are merged go on where they were cut.
 *
 * @param asOf when the first page was read: what was made later is left out of the pages behind it
 * @param at in microseconds, as PostgreSQL keeps it
 */
public record RankCursor(Instant asOf, float rank, Instant at, UUID id) {
    private static final int BYTES = Long.BYTES * 4 + Float.BYTES;

    public RankCursor {
        asOf = Micros.truncate(asOf);
        at = Micros.truncate(at);
    }

    public String text() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(Micros.of(asOf))
                .putFloat(rank)
                .putLong(Micros.of(at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Nothing where the text is not one that {@link #text} has made. */
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

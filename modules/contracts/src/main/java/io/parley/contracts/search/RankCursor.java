package io.parley.contracts.search;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        asOf = asOf.truncatedTo(ChronoUnit.MICROS);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    public String text() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(micros(asOf))
                .putFloat(rank)
                .putLong(micros(at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
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
                instant(bytes.getLong()),
                bytes.getFloat(),
                instant(bytes.getLong()),
                new UUID(bytes.getLong(), bytes.getLong()));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}

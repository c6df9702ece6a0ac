package io.parley.kernel;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A position in a list that is ordered by a time and then by id: the last row of a page (keyset paging). It grants no
 * rights, because every list is filtered by its owner anyway.
 *
 * @param at truncated to microseconds, the precision of PostgreSQL
 */
public record Cursor(Instant at, UUID id) implements OpaqueCursor {
    private static final int BYTES = Long.BYTES * 3;

    public Cursor {
        at = Micros.truncate(at);
    }

    @Override
    public String text() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(Micros.of(at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Returns empty if the text does not have the form of {@link #text}. */
    public static Optional<Cursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == BYTES ? Optional.of(read(ByteBuffer.wrap(bytes))) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Cursor read(ByteBuffer bytes) {
        return new Cursor(Micros.toInstant(bytes.getLong()), new UUID(bytes.getLong(), bytes.getLong()));
    }
}

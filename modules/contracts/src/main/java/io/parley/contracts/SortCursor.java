package io.parley.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.OpaqueCursor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list that is sorted by a field and then by id: the last row of a page. Rows without the field come last.
 *
 * @param sort the field
 * @param key the row's value of it, in a form of the module that sorts; null if it has none
 */
public record SortCursor(String sort, @Nullable String key, UUID id) implements OpaqueCursor {
    private static final int ID_BYTES = Long.BYTES * 2;

    /** The cursor of a list that is sorted by this constant of an enumeration of fields. */
    public static SortCursor of(Enum<?> sort, @Nullable String key, UUID id) {
        return new SortCursor(sort.name().toLowerCase(Locale.ROOT), key, id);
    }

    /** Whether it is a position in a list that is sorted by this field. */
    public boolean isOf(Enum<?> field) {
        return sort.equals(field.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String text() {
        byte[] rest = (sort + (key == null ? "" : "=" + key)).getBytes(UTF_8);
        var bytes = ByteBuffer.allocate(ID_BYTES + rest.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(rest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Returns empty if the text does not have the form of {@link #text}. */
    public static Optional<SortCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length > ID_BYTES ? Optional.of(read(ByteBuffer.wrap(bytes))) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private static SortCursor read(ByteBuffer bytes) throws CharacterCodingException {
        var id = new UUID(bytes.getLong(), bytes.getLong());
        var rest = UTF_8.newDecoder().decode(bytes).toString();
        if (rest.indexOf(0) >= 0) throw new IllegalArgumentException("NUL");
        int equals = rest.indexOf('=');
        return equals < 0
                ? new SortCursor(rest, null, id)
                : new SortCursor(rest.substring(0, equals), rest.substring(equals + 1), id);
    }
}

package io.parley.contracts.limits;

import io.parley.kernel.Address;
import java.util.List;
import java.util.UUID;

/** How much of a user's a module has stored, the trash included. */
public final class Stored {
    public static final List<String> MODULES = List.of("conversations", "messages", "tasks", "files");

    /** Reads all rows of the user. */
    public static Address<Count, Amount> of(String module) {
        return new Address<>(module + ".stored");
    }

    public record Count(UUID userId) {}

    /** @param bytes of the rows, as PostgreSQL compresses them, without indexes */
    public record Amount(long rows, long bytes) {
        public static final Amount NONE = new Amount(0, 0);

        public Amount plus(Amount other) {
            return new Amount(rows + other.rows, bytes + other.bytes);
        }
    }

    private Stored() {}
}

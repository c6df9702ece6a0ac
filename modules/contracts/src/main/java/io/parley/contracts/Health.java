package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.None;
import java.util.List;

/** Whether a module can do its work just now. */
public final class Health {
    public static final List<String> MODULES =
            List.of("users", "conversations", "messages", "tasks", "idempotency", "changes", "assistant");

    /** Replies when the module and what it needs can be reached; fails unavailable or timeout otherwise. */
    public static Address<Check, None> of(String module) {
        return new Address<>(module + ".health");
    }

    public record Check() {}

    private Health() {}
}

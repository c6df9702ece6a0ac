package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.None;
import java.util.List;

/** Whether a module can answer at the moment. */
public final class Health {
    public static final List<String> MODULES = List.of(
            "users", "conversations", "messages", "tasks", "files", "idempotency", "changes", "audit", "webhooks", "assistant");

    /** Replies if the module and its database can be reached; fails unavailable or timeout otherwise. */
    public static Address<Check, None> of(String module) {
        return new Address<>(module + ".health");
    }

    public record Check() {}

    private Health() {}
}

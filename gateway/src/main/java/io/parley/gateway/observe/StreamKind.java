package io.parley.gateway.observe;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What a stream of events is about. */
enum StreamKind {
    CHAT,
    EVENTS;

    /** The change stream, and subscriptions of MCP. */
    private static final Set<String> OF_CHANGES = Set.of("followChanges", "mcp");

    @SuppressWarnings("ImmutableEnumChecker") // counts for the whole process
    private final LongAdder open = new LongAdder();

    LongAdder open() {
        return open;
    }

    static StreamKind of(Endpoint endpoint) {
        return OF_CHANGES.contains(endpoint.operation()) ? EVENTS : CHAT;
    }
}

package io.parley.gateway.observe;

import java.util.concurrent.atomic.LongAdder;

/** What a stream of events is about. */
enum StreamKind {
    CHAT,
    EVENTS;

    @SuppressWarnings("ImmutableEnumChecker") // counts for the whole process
    private final LongAdder open = new LongAdder();

    LongAdder open() {
        return open;
    }

    static StreamKind of(Endpoint endpoint) {
        return endpoint.operation().equals("followChanges") ? EVENTS : CHAT;
    }
}

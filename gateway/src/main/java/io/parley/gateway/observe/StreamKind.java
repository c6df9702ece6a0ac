package io.parley.gateway.observe;

/** What a stream of events is about. */
enum StreamKind {
    CHAT,
    EVENTS;

    static StreamKind of(Endpoint endpoint) {
        return endpoint.operation().equals("followChanges") ? EVENTS : CHAT;
    }
}

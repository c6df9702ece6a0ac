package io.parley.gateway.streams;

/** Writes a turn as server-sent events, as fast as the client reads them. */
public interface EventStreamReader extends TurnFollower.Reader {
    SseWriter writer();

    @Override
    default boolean isReady() {
        return writer().isReady();
    }

    @Override
    default void onCaughtUp() {
        writer().begin();
    }
}

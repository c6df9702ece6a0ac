package io.parley.assistant.models;

import java.time.Duration;

/**
 * The time-outs, retries and sizes of requests to a provider.
 *
 * @param connect for opening a connection
 * @param firstByte from sending the request to the first byte of the answer; a model that must be loaded first takes
 *     minutes
 * @param silence between two pieces of an answer; comments that keep the connection open count as pieces
 * @param whole from the first attempt to the end of the answer, including pauses
 * @param retries after the first attempt. Only a request that got no answer is sent again: 429, 503, or no connection.
 * @param pause before the first retry if the provider names none; twice as long before the second
 * @param longestPause if the provider asks for a longer pause than this, the request fails at once
 * @param maxReply the bytes of an answer, everything counted
 */
public record ModelLimits(
        Duration connect,
        Duration firstByte,
        Duration silence,
        Duration whole,
        int retries,
        Duration pause,
        Duration longestPause,
        int maxReply) {
    public static final ModelLimits DEFAULT = new ModelLimits(
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            1024 * 1024);

    /** The same limits for one answer of a turn, which may use the whole time of the turn. */
    public ModelLimits within(Duration turn, int maxReply) {
        return new ModelLimits(connect, firstByte, silence, turn, retries, pause, longestPause, maxReply);
    }
}

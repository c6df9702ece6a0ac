package io.parley.assistant.models;

import java.time.Duration;

/**
 * How long a provider may take, and how often it is asked again.
 *
 * @param connect until a connection is there
 * @param firstByte from asking until the answer begins; a model that has to be loaded first takes minutes
 * @param silence between two pieces of an answer; comments that a provider sends to keep the line open count as well
 * @param whole from the first attempt to the end of the answer, waiting included
 * @param retries after the first attempt, and only where nothing has been answered: 429, 503, or no connection
 * @param pause before the first retry where the provider does not say; twice as long before the second
 * @param longestPause what a provider may ask for; where it wants more, nobody waits
 */
public record ModelLimits(
        Duration connect,
        Duration firstByte,
        Duration silence,
        Duration whole,
        int retries,
        Duration pause,
        Duration longestPause) {
    public static final ModelLimits DEFAULT = new ModelLimits(
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20));

    /** The same for one answer of a turn, which may take all the time that the turn has. */
    public ModelLimits within(Duration turn) {
        return new ModelLimits(connect, firstByte, silence, turn, retries, pause, longestPause);
    }
}

package io.parley.assistant.summaries;

import java.time.Duration;

/**
 * The operator's settings for summaries.
 *
 * @param inTurns whether a turn summarises what does not fit; if not, it leaves that out
 * @param tokens of a summary, as estimated
 * @param historyTokens the largest part of a conversation that is sent to a model, in estimated tokens
 * @param historyBytes the largest part of a conversation that is read
 * @param time for all requests to the model together
 */
public record SummaryLimits(boolean inTurns, int tokens, int historyTokens, int historyBytes, Duration time) {
    /**
     * A conversation grows by less than one piece between two summaries, so this concerns only one that was imported, or left
     * to grow while summaries were off: to summarise all of 10 000 messages would take some 85 requests.
     */
    private static final int MOST_PIECES = 8;

    /** The room for messages beside the previous summary in one request, in estimated tokens. */
    int room(int previousTokens) {
        return Math.max(historyTokens / 2, historyTokens - SummaryPrompt.OVERHEAD - previousTokens);
    }

    /** The newest messages that are read for a summary, in estimated tokens. */
    int mostTokens() {
        return (int) Math.min(Integer.MAX_VALUE, (long) MOST_PIECES * room(tokens));
    }
}

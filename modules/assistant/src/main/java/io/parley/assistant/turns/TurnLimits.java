package io.parley.assistant.turns;

import java.time.Duration;

/**
 * The limits of one turn.
 *
 * @param timeout after which it fails
 * @param historyTokens the largest part of the conversation that is sent to the model, in estimated tokens
 */
public record TurnLimits(Duration timeout, int historyTokens) {}

package io.parley.assistant.turns.context;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The operator's settings for turns.
 *
 * @param timeout after which it fails
 * @param instructions of the operator, for every turn; null if there are none
 * @param modelTitles whether a model makes the titles of conversations
 * @param historyTokens the largest part of the conversation that is sent to the model, in estimated tokens
 * @param historyBytes the largest part of the conversation that is read for that
 * @param fileBytes of the files that the model is sent with one request
 */
public record TurnSettings(
        Duration timeout,
        @Nullable String instructions,
        boolean modelTitles,
        int historyTokens,
        int historyBytes,
        int fileBytes) {}

package io.parley.assistant.history;

import io.parley.assistant.models.Prompt.Attached;
import io.parley.contracts.messages.Message;
import org.jspecify.annotations.Nullable;

/**
 * A stored message that a model is sent.
 *
 * @param attached to it by the provider that is asked; null if nothing
 */
public record HistoryMessage(Message message, @Nullable Attached attached) {}

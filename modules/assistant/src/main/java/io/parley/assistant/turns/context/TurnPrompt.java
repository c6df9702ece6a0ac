package io.parley.assistant.turns.context;

import io.parley.assistant.history.HistoryMessage;
import java.util.List;

/**
 * The beginning of a prompt, before the turn's own messages.
 *
 * @param context that of the turn, with the summary of what is left out of the messages
 * @param messages of the conversation, oldest first
 */
public record TurnPrompt(TurnContext context, List<HistoryMessage> messages) {}

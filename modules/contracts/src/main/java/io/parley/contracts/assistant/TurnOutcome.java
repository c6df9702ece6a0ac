package io.parley.contracts.assistant;

import io.parley.contracts.messages.Message;
import java.util.List;

/**
 * A turn that has ended, with the messages that it stored.
 *
 * @param messages in their order; the first one is the user's, unless that was stored by an earlier turn
 */
public record TurnOutcome(Turn turn, List<Message> messages) {
    public TurnOutcome {
        messages = List.copyOf(messages);
    }
}

package io.parley.contracts.assistant;

import io.parley.kernel.Json;
import java.util.UUID;

/**
 * Something that happened in a turn.
 *
 * @param number of the event in its turn, counted from 1 without gaps
 * @param data a JSON object; its members depend on the type
 */
public record TurnEvent(UUID turnId, int number, Type type, Json data) {
    public enum Type {
        /** {@code turn_id} and the {@code user_message}. */
        TURN_STARTED("turn.started"),
        /** {@code up_to_message_id} of a summary that stands for the messages up to there from now on. */
        SUMMARY_CREATED("summary.created"),
        /** {@code text}, to append to the text of the deltas before. */
        CONTENT_DELTA("content.delta"),
        /** {@code text} of what the model thinks before it answers, to append to that of the deltas before. */
        REASONING_DELTA("reasoning.delta"),
        /** {@code id}, {@code name} and {@code arguments}. */
        TOOL_CALL("tool.call"),
        /** {@code tool_call_id} and {@code result}. */
        TOOL_RESULT("tool.result"),
        /** The {@code messages} of the turn, its {@code usage} and {@code finish_reason}, and the {@code current_leaf}. */
        TURN_COMPLETED("turn.completed"),
        /** The {@code problem}, the {@code messages} stored so far, the {@code finish_reason} and the {@code current_leaf}. */
        TURN_FAILED("turn.failed"),
        /** The {@code messages} stored so far, the {@code finish_reason} and the {@code current_leaf}. */
        TURN_CANCELLED("turn.cancelled");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The name that clients see. */
        public String text() {
            return text;
        }

        /** Whether this event ends its turn. */
        public boolean isLast() {
            return this == TURN_COMPLETED || this == TURN_FAILED || this == TURN_CANCELLED;
        }
    }
}

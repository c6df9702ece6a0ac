package io.parley.contracts.assistant;

import io.parley.kernel.Json;
import java.util.UUID;

/**
 * Something that happened in a turn.
 *
 * @param number its place in the turn, from 1 on without gaps
 * @param data a JSON object whose members the type tells
 */
public record TurnEvent(UUID turnId, int number, Type type, Json data) {
    public enum Type {
        /** {@code turn_id} and the {@code user_message}. */
        TURN_STARTED("turn.started"),
        /** {@code text}, which comes behind that of the deltas before. */
        CONTENT_DELTA("content.delta"),
        /** {@code id}, {@code name} and {@code arguments}. */
        TOOL_CALL("tool.call"),
        /** {@code tool_call_id} and {@code result}. */
        TOOL_RESULT("tool.result"),
        /** The {@code messages} of the turn, and its {@code usage}. */
        TURN_COMPLETED("turn.completed"),
        /** The {@code problem}, and the {@code messages} that there are. */
        TURN_FAILED("turn.failed"),
        /** The {@code messages} that there are. */
        TURN_CANCELLED("turn.cancelled");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As clients know it. */
        public String text() {
            return text;
        }

        /** Whether nothing happens after it. */
        public boolean isLast() {
            return this == TURN_COMPLETED || this == TURN_FAILED || this == TURN_CANCELLED;
        }
    }
}

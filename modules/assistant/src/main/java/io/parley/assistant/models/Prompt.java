package io.parley.assistant.models;

import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model.
 *
 * @param model the provider's name for it
 * @param messages oldest first
 * @param tools that the model may call
 * @param zone in which the user's days begin and end
 */
public record Prompt(String model, List<Line> messages, List<ToolDescription> tools, ZoneId zone) {

    /**
     * One message as a model sees it.
     *
     * @param toolCalls of an assistant message: a JSON array in OpenAI's form
     * @param toolCallId of a tool message: the call that it answers
     */
    public record Line(
            Role role,
            @Nullable String content,
            @Nullable Json toolCalls,
            @Nullable String toolCallId) {

        public static Line text(Role role, @Nullable String content) {
            return new Line(role, content, null, null);
        }

        public static Line calls(@Nullable String content, @Nullable Json toolCalls) {
            return new Line(Role.ASSISTANT, content, toolCalls, null);
        }

        public static Line result(String toolCallId, String result) {
            return new Line(Role.TOOL, result, null, toolCallId);
        }
    }
}

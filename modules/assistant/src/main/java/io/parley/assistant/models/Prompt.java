package io.parley.assistant.models;

import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param model by the provider's name for it
 * @param messages in their order
 * @param tools that it may call
 */
public record Prompt(String model, List<Line> messages, List<ToolDescription> tools) {

    /**
     * One message as a model sees it.
     *
     * @param toolCalls of an assistant message: an array as the provider wrote it
     * @param toolCallId of a tool message: the call that it answers
     */
    public record Line(
            Role role,
            @Nullable String content,
            @Nullable Json toolCalls,
            @Nullable String toolCallId) {}
}

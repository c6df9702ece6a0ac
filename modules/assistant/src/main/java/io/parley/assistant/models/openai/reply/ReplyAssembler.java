package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ReplyListener;
import io.parley.contracts.Limits;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Assembles an answer from its chunks: OpenAI's {@code chat.completion.chunk} and the variants of other servers. */
final class ReplyAssembler {
    private final SpokenText spoken;
    private final ToolCallAssembler calls;
    private final AttachmentCollector attachments = new AttachmentCollector();
    private final UsageCount usage = new UsageCount();
    private final MessagePart parts;
    private String model;
    private @Nullable String finishReason;
    private boolean isWhole;

    /**
     * @param model used if the provider names none
     * @param toolNames of the tools that the model may call
     */
    ReplyAssembler(String model, Set<String> toolNames, ReplyListener listener) {
        this.model = model;
        this.calls = new ToolCallAssembler(toolNames);
        this.spoken = new SpokenText(listener);
        this.parts = new MessagePart(spoken::addText, spoken::addReasoning, attachments);
    }

    /**
     * @param chunk any JSON value; one without choices has no text
     * @throws ModelFailure if the chunk reports a failure, or if the answer is larger than a message may be
     */
    void add(JsonNode chunk) {
        ProviderFault.check(chunk);
        readModel(StorableText.of(chunk.path("model")));
        usage.add(chunk.path("usage"));
        for (var choice : chunk.path("choices")) if (choice.path("index").asInt() == 0) readChoice(choice);
    }

    // Some servers send the path of a file, which may be too long to store.
    private void readModel(String model) {
        if (!model.isEmpty() && model.length() <= Limits.MODEL) this.model = model;
    }

    private void readChoice(JsonNode choice) {
        ProviderFault.checkChoice(choice);
        usage.add(choice.path("usage"));
        readMessage(choice);
        var reason = FinishReason.of(choice.path("finish_reason"));
        if (FinishReason.ERROR.equals(reason)) throw new ModelFailure(Kind.PROVIDER_ERROR);
        if (reason != null) finishReason = reason;
    }

    // A whole message may stand beside the last delta, and then repeats what the deltas said.
    private void readMessage(JsonNode choice) {
        var delta = choice.path("delta");
        var message = choice.path("message");
        boolean isFirst = spoken.isEmpty() && calls.isEmpty();
        if (message.isObject() && isFirst && delta.isEmpty()) {
            isWhole = true;
            read(message);
        } else {
            read(delta);
        }
    }

    private void read(JsonNode part) {
        parts.read(part);
        var called = part.path("tool_calls");
        if (called.isObject()) calls.add(called);
        else if (called.isArray()) called.forEach(calls::add);
        // What tools were called before 2023-11, and still are by some servers.
        if (part.path("function_call").isObject())
            calls.add(JsonNodeFactory.instance.objectNode().set("function", part.path("function_call")));
    }

    /** The bytes in UTF-8 of everything that was said so far. */
    int bytes() {
        return spoken.bytes() + calls.bytes();
    }

    /** Whether the model reported the end of its answer; some servers then close without {@code [DONE]}. */
    boolean isFinished() {
        return isWhole || finishReason != null;
    }

    ModelReply.@Nullable Usage usage() {
        return usage.usage();
    }

    /** The whole answer, which may be empty. Fails with a {@link ModelFailure} if a tool call has no name. */
    ModelReply reply() {
        spoken.end();
        return new ModelReply(
                spoken.text(),
                spoken.reasoning(),
                calls.toolCalls(),
                model,
                finishReason,
                usage.usage(),
                attachments.state(calls.attached(), spoken.hasThinkTags()));
    }
}

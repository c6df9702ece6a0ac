package io.parley.assistant.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.contracts.Limits;
import org.jspecify.annotations.Nullable;

/** Assembles an answer from its chunks: OpenAI's {@code chat.completion.chunk} and the variants of other servers. */
final class ReplyAssembler {
    private static final JsonMapper mapper = new JsonMapper();

    private final StringBuilder text = new StringBuilder();
    private final ToolCallAssembler calls = new ToolCallAssembler();
    private String model;
    private ModelReply.@Nullable Usage usage;
    private boolean isFinished;

    /** @param model used if the provider names none */
    ReplyAssembler(String model) {
        this.model = model;
    }

    /** The text of this chunk, which may be empty. Fails with a {@link ModelFailure}. */
    String add(String json) {
        var chunk = read(json);
        if (chunk.hasNonNull("error")) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        readModel(StorableText.of(chunk.path("model")));
        readUsage(chunk.path("usage"));
        var added = new StringBuilder();
        for (var choice : chunk.path("choices"))
            if (choice.path("index").asInt() == 0) added.append(readChoice(choice));
        return append(added.toString());
    }

    private static JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        }
    }

    // Some servers send the path of a file, which may be too long to store.
    private void readModel(String model) {
        if (!model.isEmpty() && model.length() <= Limits.MODEL) this.model = model;
    }

    private void readUsage(JsonNode usage) {
        if (usage.path("prompt_tokens").isNumber())
            this.usage =
                    new ModelReply.Usage(tokens(usage.path("prompt_tokens")), tokens(usage.path("completion_tokens")));
    }

    private static int tokens(JsonNode count) {
        return Math.max(0, count.asInt());
    }

    private String readChoice(JsonNode choice) {
        var reason = choice.path("finish_reason").asText("");
        if (reason.equals("error")) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        if (choice.hasNonNull("finish_reason")) isFinished = true;
        var delta = choice.path("delta");
        for (var call : delta.path("tool_calls")) calls.add(call);
        return StorableText.of(delta.path("content")) + StorableText.of(delta.path("refusal"));
    }

    private String append(String added) {
        if (text.length() + added.length() > Limits.CONTENT) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        text.append(added);
        return added;
    }

    /** Whether the model reported the end of its answer; some servers then close without {@code [DONE]}. */
    boolean isFinished() {
        return isFinished;
    }

    /** The whole answer. Fails with a {@link ModelFailure} if it is empty, because no message can be empty. */
    ModelReply reply() {
        var toolCalls = calls.toolCalls();
        if (text.isEmpty() && toolCalls.isEmpty()) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        return new ModelReply(text.toString(), toolCalls, model, usage);
    }
}

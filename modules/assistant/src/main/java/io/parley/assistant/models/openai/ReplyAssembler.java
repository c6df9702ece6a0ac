package io.parley.assistant.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.StorableText;
import io.parley.contracts.Limits;
import org.jspecify.annotations.Nullable;

/** An answer as it comes in, chunk by chunk (OpenAI's {@code chat.completion.chunk} and its relatives). */
final class ReplyAssembler {
    private static final JsonMapper mapper = new JsonMapper();

    private final StringBuilder text = new StringBuilder();
    private final ToolCallAssembler calls = new ToolCallAssembler();
    private String model;
    private ModelReply.@Nullable Usage usage;
    private boolean finished;

    /** @param model where the provider does not name it */
    ReplyAssembler(String model) {
        this.model = model;
    }

    /** Brings the text in this chunk, which may be empty. Fails with a {@link ModelFailure}. */
    String add(String json) {
        var chunk = read(json);
        if (chunk.hasNonNull("error")) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        name(StorableText.in(chunk.path("model")));
        count(chunk.path("usage"));
        var piece = new StringBuilder();
        for (var choice : chunk.path("choices")) if (choice.path("index").asInt() == 0) piece.append(choice(choice));
        return grow(piece.toString());
    }

    private static JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException garbage) {
            throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        }
    }

    /** Some servers give the path of a file. */
    private void name(String model) {
        if (!model.isEmpty() && model.length() <= Limits.MODEL) this.model = model;
    }

    private void count(JsonNode usage) {
        if (usage.path("prompt_tokens").isNumber())
            this.usage =
                    new ModelReply.Usage(tokens(usage.path("prompt_tokens")), tokens(usage.path("completion_tokens")));
    }

    private static int tokens(JsonNode count) {
        return Math.max(0, count.asInt());
    }

    private String choice(JsonNode choice) {
        var reason = choice.path("finish_reason").asText("");
        if (reason.equals("error")) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        if (choice.hasNonNull("finish_reason")) finished = true;
        var delta = choice.path("delta");
        for (var call : delta.path("tool_calls")) calls.add(call);
        return StorableText.in(delta.path("content")) + StorableText.in(delta.path("refusal"));
    }

    private String grow(String piece) {
        if (text.length() + piece.length() > Limits.CONTENT) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        text.append(piece);
        return piece;
    }

    /** Whether the model has said that it is done; some servers just end then. */
    boolean finished() {
        return finished;
    }

    /** All of it. Fails with a {@link ModelFailure} where it comes to nothing: no message can be made of that. */
    ModelReply whole() {
        var wanted = calls.whole();
        if (text.isEmpty() && wanted.isEmpty()) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        return new ModelReply(text.toString(), wanted, model, usage);
    }
}

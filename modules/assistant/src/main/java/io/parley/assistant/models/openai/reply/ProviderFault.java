package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.openai.stream.StreamEvent;

/**
 * Recognises a provider's report that the answer failed, although its status was 200: it had begun the stream before, or it
 * does not use statuses.
 */
final class ProviderFault {
    /** Fails with a {@link ModelFailure} if this JSON value of the body is such a report. */
    static void check(JsonNode value) {
        if (isFault(value)) throw new ModelFailure(ModelFailure.Kind.PROVIDER_ERROR);
    }

    private static boolean isFault(JsonNode value) {
        if (isNamed(value.path("error")) || isNamed(value.path("errors"))) return true;
        return isError(value.path("object")) || isError(value.path("type")) || isOnlyAMessage(value);
    }

    /** OpenRouter reports the failure of a single choice. */
    static void checkChoice(JsonNode choice) {
        if (isNamed(choice.path("error"))) throw new ModelFailure(ModelFailure.Kind.PROVIDER_ERROR);
    }

    // Servers whose chunks always have the member leave it empty.
    private static boolean isNamed(JsonNode error) {
        if (error.isTextual()) return !error.textValue().isEmpty();
        return error.isContainerNode() ? !error.isEmpty() : error.asBoolean();
    }

    // vLLM: {"object": "error", "message": …}; Anthropic: {"type": "error", …}
    private static boolean isError(JsonNode word) {
        return word.asText().equalsIgnoreCase(StreamEvent.ERROR);
    }

    // FastAPI: {"detail": …}; gateways: {"code": 500, "message": …}
    private static boolean isOnlyAMessage(JsonNode value) {
        return !value.has("choices")
                && (value.has("detail") || value.path("message").isTextual());
    }

    private ProviderFault() {}
}

package io.parley.assistant.models.openai;

import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Provider;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import io.parley.kernel.Secret;
import io.parley.testing.Answers;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.Assertions;

/** The model that the tests ask, and their prompts. */
final class Models {
    static final Secret ADAS_KEY = new Secret("sk-adas-own-key");

    static final Prompt GREETING = prompt("Good morning, whispered Ada");

    static final ToolDescription ADD_TASK = new ToolDescription(
            "add_task",
            "Adds a task",
            new Json("{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}}}"));

    /** Limits that no test reaches. */
    static final ModelLimits PATIENT = new ModelLimits(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            2,
            Duration.ofMillis(1),
            Duration.ofSeconds(2),
            1024 * 1024);

    static Prompt prompt(String content) {
        return new Prompt(
                "gpt-ada", List.of(new Prompt.Line(Role.USER, content, null, null)), List.of(), ZoneOffset.UTC);
    }

    static OpenAiModel model(Vertx vertx, ScriptedModel server, ModelLimits limits) {
        return new OpenAiModel(vertx, ModelHttpClient.create(vertx, limits), limits, provider(server.baseUrl()));
    }

    static Provider provider(URI baseUrl) {
        return new Provider("scripted", baseUrl, List.of("gpt-ada"), ADAS_KEY, false, false, false);
    }

    static Provider withoutKey(URI baseUrl) {
        return new Provider("scripted", baseUrl, List.of("gpt-ada"), null, false, false, false);
    }

    static ModelFailure.Kind kindOf(Future<ModelReply> reply) {
        var failure = Assertions.catchThrowableOfType(ModelFailure.class, () -> Answers.of(reply));
        return failure.kind();
    }

    private Models() {}
}

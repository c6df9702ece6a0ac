package io.parley.config.system.harness;

import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** A scripted model in this process, and the settings by which a jar uses it. */
public final class ModelHost implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    public final ScriptedModel model = ScriptedModel.start(vertx);

    public Map<String, String> settings() {
        return settings(Map.of());
    }

    /** @param more settings beside those; a model is asked for titles only if these say so */
    public Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("PARLEY_ASSISTANT_TITLES", "false"));
        settings.putAll(more);
        settings.put("PARLEY_ASSISTANT_BASE_URL", model.baseUrl().toString());
        settings.put("PARLEY_ASSISTANT_MODEL", ModelEvents.MODEL);
        return settings;
    }

    @Override
    public void close() {
        model.close();
        Answers.of(vertx.close());
    }
}

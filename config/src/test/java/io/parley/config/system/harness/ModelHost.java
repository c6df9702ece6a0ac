package io.parley.config.system.harness;

import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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

    /** With a model that takes images and documents, and another provider, {@code blind}, whose model of that name takes none. */
    public Map<String, String> settingsWithImages() {
        var blind = new JsonArray()
                .add(new JsonObject()
                        .put("name", "blind")
                        .put("models", new JsonArray().add("blind"))
                        .put("base-url", model.baseUrl().toString()));
        return settings(Map.of("PARLEY_ASSISTANT_IMAGES", "true", "PARLEY_ASSISTANT_PROVIDERS", blind.encode()));
    }

    @Override
    public void close() {
        model.close();
        Answers.of(vertx.close());
    }
}

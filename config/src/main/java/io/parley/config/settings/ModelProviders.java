package io.parley.config.settings;

import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.kernel.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers of language models that are set: the one that everyone meets, and the list of the others. */
final class ModelProviders {
    private static final String LIST = "assistant.providers";
    private static final String BASE_URL = "assistant.base-url";
    private static final String MODEL = "assistant.model";
    private static final Set<String> MEMBERS = Set.of("name", "base-url", "models", "key", "users-keys-only");

    static List<ProviderSettings> of(SettingValues values) {
        var providers = new ArrayList<ProviderSettings>();
        standard(values).ifPresent(providers::add);
        for (var each : list(values)) providers.add(provider(values, each));
        var names = providers.stream().map(ProviderSettings::name).toList();
        if (names.stream().distinct().count() < names.size()) throw values.wrong(LIST, "has two of the same name");
        return providers;
    }

    private static Optional<ProviderSettings> standard(SettingValues values) {
        var url = values.text(BASE_URL);
        var models = models(values.text(MODEL));
        if (url.isEmpty() && models.isEmpty()) return Optional.empty();
        if (url.isEmpty()) throw values.wrong(BASE_URL, "must be set where there is a model");
        var baseUrl = url(values, BASE_URL, url);
        if (models.isEmpty()) throw values.wrong(MODEL, "must be set where there is a base-url");
        return Optional.of(new ProviderSettings(
                "default", baseUrl, models, values.secret("assistant.api-key").orElse(null), false));
    }

    private static List<String> models(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<JsonObject> list(SettingValues values) {
        if (values.text(LIST).isBlank()) return List.of();
        try {
            return new JsonArray(values.text(LIST))
                    .stream().map(JsonObject.class::cast).toList();
        } catch (DecodeException | ClassCastException notAList) {
            throw values.wrong(LIST, "must be a list of {name, base-url, models, key, users-keys-only}");
        }
    }

    private static ProviderSettings provider(SettingValues values, JsonObject given) {
        for (var name : given.fieldNames())
            if (!MEMBERS.contains(name)) throw values.wrong(LIST, "has no member " + name);
        try {
            var key = given.getString("key");
            return new ProviderSettings(
                    named(values, given.getString("name")),
                    url(values, LIST, given.getString("base-url", "")),
                    models(values, given.getJsonArray("models", new JsonArray())),
                    key == null || key.isEmpty() ? null : new Secret(key),
                    given.getBoolean("users-keys-only", false));
        } catch (ClassCastException otherType) {
            throw values.wrong(LIST, "has a member of another type than it should be");
        }
    }

    private static List<String> models(SettingValues values, JsonArray given) {
        if (given.isEmpty()) throw values.wrong(LIST, "has a provider without models");
        return given.stream().map(String.class::cast).toList();
    }

    private static String named(SettingValues values, @Nullable String name) {
        if (name == null || name.isBlank()) throw values.wrong(LIST, "has a provider without a name");
        return name;
    }

    private static URI url(SettingValues values, String key, String text) {
        try {
            var url = URI.create(text);
            var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null) return url;
        } catch (IllegalArgumentException notAUrl) {
            // told below
        }
        throw values.wrong(key, "has a base-url that is not a URL of http or https");
    }

    private ModelProviders() {}
}

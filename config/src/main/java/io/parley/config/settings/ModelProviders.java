package io.parley.config.settings;

import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers of language models: the default one, which has settings of its own, and the list of the others. */
final class ModelProviders {
    private static final String LIST = "assistant.providers";
    private static final String BASE_URL = "assistant.base-url";
    private static final String MODEL = "assistant.model";
    private static final String IMAGES = "assistant.images";
    private static final String API_KEY = "assistant.api-key";
    private static final Set<String> MEMBERS =
            Set.of("name", "base-url", "models", "key", "users-keys-only", "lenient", "images");

    static List<ProviderSettings> read(SettingValues values) {
        var providers = new ArrayList<ProviderSettings>();
        readDefault(values).ifPresent(providers::add);
        for (var item : readList(values)) providers.add(provider(values, item));
        var names = providers.stream().map(ProviderSettings::name).toList();
        if (names.stream().distinct().count() < names.size())
            throw values.invalid(LIST, "must not have two providers of the same name");
        return providers;
    }

    private static Optional<ProviderSettings> readDefault(SettingValues values) {
        var url = values.text(BASE_URL);
        var models = values.list(MODEL);
        if (url.isEmpty() && models.isEmpty()) return Optional.empty();
        if (url.isEmpty()) throw values.invalid(BASE_URL, "must be set if " + MODEL + " is set");
        var baseUrl = url(values, BASE_URL, url);
        if (models.isEmpty()) throw values.invalid(MODEL, "must be set if " + BASE_URL + " is set");
        return Optional.of(new ProviderSettings(
                "default",
                baseUrl,
                models,
                key(values, API_KEY, values.text(API_KEY)),
                false,
                false,
                values.flag(IMAGES)));
    }

    private static List<JsonObject> readList(SettingValues values) {
        if (values.text(LIST).isBlank()) return List.of();
        try {
            return new JsonArray(values.text(LIST))
                    .stream().map(JsonObject.class::cast).toList();
        } catch (DecodeException | ClassCastException notAList) {
            throw values.invalid(
                    LIST, "must be a list of {name, base-url, models, key, users-keys-only, lenient, images}");
        }
    }

    private static ProviderSettings provider(SettingValues values, JsonObject item) {
        for (var member : item.fieldNames())
            if (!MEMBERS.contains(member))
                throw values.invalid(LIST, "has a provider with the unknown member " + member);
        try {
            return new ProviderSettings(
                    name(values, item.getString("name")),
                    url(values, LIST, item.getString("base-url", "")),
                    models(values, item.getJsonArray("models", new JsonArray())),
                    key(values, LIST, item.getString("key", "")),
                    item.getBoolean("users-keys-only", false),
                    item.getBoolean("lenient", false),
                    item.getBoolean("images", false));
        } catch (ClassCastException otherType) {
            throw values.invalid(
                    LIST,
                    "has a provider with a member of the wrong type: name, base-url and key are texts, models is a"
                            + " list of texts, users-keys-only, lenient and images are true or false");
        }
    }

    // Files and Kubernetes secrets often end in a line break. Within a key, a control character is a mistake.
    private static @Nullable Secret key(SettingValues values, String setting, @Nullable String text) {
        var key = new Secret(text == null ? "" : text).trimmed();
        if (key.hasControlCharacters()) throw values.invalid(setting, "has a key with control characters in it");
        return key.value().isEmpty() ? null : key;
    }

    private static String name(SettingValues values, @Nullable String name) {
        if (name == null || name.isBlank()) throw values.invalid(LIST, "has a provider without a name");
        return name;
    }

    private static URI url(SettingValues values, String key, String text) {
        try {
            var url = URI.create(text);
            var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null) return url;
        } catch (IllegalArgumentException notAUrl) {
            // refused below
        }
        throw values.invalid(key, "base-url must start with http:// or https:// and name a host");
    }

    private static List<String> models(SettingValues values, JsonArray models) {
        if (models.isEmpty()) throw values.invalid(LIST, "has a provider without models");
        return models.stream().map(String.class::cast).toList();
    }

    private ModelProviders() {}
}

package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.gateway.oauth.clients.OAuthClient;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs that may ask users to let them in, and have no document that describes them. */
final class OAuthClients {
    private static final String LIST = "oauth.clients";
    private static final Set<String> MEMBERS = Set.of("client-id", "name", "redirect-uris");

    static List<OAuthClient> read(SettingValues values) {
        if (values.text(LIST).isBlank()) return List.of();
        var clients = new ArrayList<OAuthClient>();
        try {
            for (var item : new JsonArray(values.text(LIST))) clients.add(client(values, (JsonObject) item));
        } catch (DecodeException | ClassCastException notAList) {
            throw values.invalid(LIST, "must be a list of {client-id, name, redirect-uris}");
        }
        if (clients.stream().map(OAuthClient::id).distinct().count() < clients.size())
            throw values.invalid(LIST, "must not have two clients of the same client-id");
        return List.copyOf(clients);
    }

    private static OAuthClient client(SettingValues values, JsonObject item) {
        for (var member : item.fieldNames())
            if (!MEMBERS.contains(member.replace('_', '-')))
                throw values.invalid(LIST, "has a client with the unknown member " + member);
        var id = text(item, "client-id");
        try {
            return new OAuthClient(
                    id,
                    Optional.of(text(item, "name"))
                            .filter(name -> !name.isBlank())
                            .orElse(id),
                    uris(item));
        } catch (IllegalArgumentException invalid) {
            throw values.invalid(LIST, "has a client whose " + invalid.getMessage());
        }
    }

    private static List<String> uris(JsonObject item) {
        var uris = (JsonArray) Optional.ofNullable(value(item, "redirect-uris")).orElseGet(JsonArray::new);
        return uris.stream().map(String.class::cast).toList();
    }

    private static String text(JsonObject item, String member) {
        return Optional.ofNullable((String) value(item, member)).orElse("");
    }

    // Both spellings are taken: settings have hyphens, OAuth has underscores.
    private static @Nullable Object value(JsonObject item, String member) {
        return item.containsKey(member) ? item.getValue(member) : item.getValue(member.replace('-', '_'));
    }

    private OAuthClients() {}
}

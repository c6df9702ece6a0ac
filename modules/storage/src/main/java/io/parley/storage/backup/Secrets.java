package io.parley.storage.backup;

import io.parley.kernel.Secret;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that lie beside the database in the data directory.
 *
 * @param keyset the text of keyset.json; null if the directory has none
 * @param jwtSecret the text of jwt.secret; null if the directory has none
 */
public record Secrets(@Nullable Secret keyset, @Nullable Secret jwtSecret) {
    public static final Secrets NONE = new Secrets(null, null);

    static final String NAME = "secrets.json";

    public boolean isEmpty() {
        return keyset == null && jwtSecret == null;
    }

    String json() {
        var json = new JsonObject();
        if (keyset != null) json.put("keyset", keyset.value());
        if (jwtSecret != null) json.put("jwt_secret", jwtSecret.value());
        return json.encode();
    }

    static Secrets parse(String text) {
        var json = new JsonObject(text);
        return new Secrets(secret(json.getString("keyset")), secret(json.getString("jwt_secret")));
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text == null ? null : new Secret(text);
    }
}

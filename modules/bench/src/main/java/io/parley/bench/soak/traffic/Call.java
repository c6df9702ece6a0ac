package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API.
 *
 * @param type of the body
 * @param accept empty for any
 * @param key the Idempotency-Key; null for none
 * @param isQuick whether its latency counts: not that of turns, imports and exports
 */
record Call(
        String method,
        String path,
        String body,
        String type,
        String accept,
        @Nullable String key,
        boolean isQuick) {
    private static final String JSON = "application/json";

    static Call get(String path) {
        return new Call("GET", path, "", "", "", null, true);
    }

    /** With a key, so that it can be sent again if nothing is known of it. */
    static Call post(String path, JsonObject body) {
        return new Call(
                "POST", path, body.encode(), JSON, JSON, UUID.randomUUID().toString(), true);
    }

    static Call lines(String path, String body) {
        return new Call(
                "POST",
                path,
                body,
                "application/x-ndjson",
                JSON,
                UUID.randomUUID().toString(),
                false);
    }

    static Call patch(String path, JsonObject body) {
        return new Call("PATCH", path, body.encode(), "application/merge-patch+json", JSON, null, true);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, "", "", "", null, true);
    }

    Call withoutKey() {
        return new Call(method, path, body, type, accept, null, isQuick);
    }

    Call accepting(String other) {
        return new Call(method, path, body, type, other, key, isQuick);
    }

    Call slow() {
        return new Call(method, path, body, type, accept, key, false);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

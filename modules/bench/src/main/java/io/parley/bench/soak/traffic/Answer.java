package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** @param status 0 if the connection broke or nothing came in time */
record Answer(int status, String body) {
    private static final List<Integer> UNDECIDED = List.of(0, 409, 429, 503, 504);

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Whether the same request may have another result a moment later. */
    boolean isUndecided() {
        return UNDECIDED.contains(status);
    }

    JsonObject json() {
        return new JsonObject(body);
    }

    List<JsonObject> items() {
        return json().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    }
}

package io.parley.bench.soak.checks;

import io.vertx.core.json.JsonObject;

/** A measured value and the most that it may be. A value that is NaN, because nothing was measured, is not ok. */
public record Check(String name, double limit, double value) {
    boolean ok() {
        return value <= limit;
    }

    JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("limit", Double.isNaN(limit) ? null : limit)
                .put("value", Double.isNaN(value) ? null : Math.round(value * 1000) / 1000.0)
                .put("ok", ok());
    }
}

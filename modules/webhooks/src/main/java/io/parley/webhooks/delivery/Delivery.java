package io.parley.webhooks.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that waits to be delivered to one webhook.
 *
 * @param id of the event, the same in each attempt
 * @param attempts so far
 */
record Delivery(UUID id, String resource, UUID resourceId, String kind, Instant createdAt, int attempts) {
    String type() {
        return resource + "." + kind;
    }

    /** Only ids: the receiver reads what it may. */
    Buffer body() {
        return new JsonObject()
                .put("type", type())
                .put("timestamp", createdAt.toString())
                .put(
                        "data",
                        new JsonObject()
                                .put("resource", resource)
                                .put("id", resourceId.toString())
                                .put("kind", kind))
                .toBuffer();
    }
}

package io.parley.gateway.contract;

import io.parley.gateway.health.Readiness;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.Asset;
import io.parley.gateway.http.EntityTags;
import io.parley.gateway.http.Problems;
import io.parley.json.JsonForm;
import io.parley.kernel.None;
import io.parley.kernel.Resource;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes answers of what routes reply, as the contract says, and nobody else does. */
public final class Responses {
    public static Answer of(HttpServerRequest request, Operation operation, Record reply) {
        if (reply instanceof None) return new Answer(operation.success(), Map.of(), null);
        if (reply instanceof Asset asset) return page(asset);
        if (reply instanceof Readiness) return of(reply);
        if (reply instanceof Resource resource) {
            if (operation.tagged() && isKnown(request, resource))
                return new Answer(304, Map.of("ETag", EntityTags.of(resource)), null);
            return new Answer(operation.success(), headers(operation, resource), JsonForm.write(reply));
        }
        return new Answer(operation.success(), Answer.JSON, JsonForm.write(reply));
    }

    /** Of the state of a process. */
    public static Answer of(Record health) {
        return health instanceof Readiness readiness && !readiness.isUp()
                ? notReady(readiness)
                : new Answer(200, Answer.JSON, JsonForm.write(health));
    }

    public static Answer page(Asset asset) {
        return new Answer(
                200, Map.of("Content-Type", asset.type(), "Content-Security-Policy", Asset.POLICY), asset.bytes());
    }

    private static Answer notReady(Readiness readiness) {
        var headers = new LinkedHashMap<>(Answer.JSON);
        headers.put("Retry-After", Problems.RETRY_AFTER_SECONDS);
        return new Answer(503, headers, JsonForm.write(readiness));
    }

    private static Map<String, String> headers(Operation operation, Resource resource) {
        var headers = new LinkedHashMap<>(Answer.JSON);
        operation
                .location()
                .ifPresent(path -> headers.put(
                        "Location", path.replace("{id}", resource.id().toString())));
        if (operation.tagged()) headers.put("ETag", EntityTags.of(resource));
        return headers;
    }

    private static boolean isKnown(HttpServerRequest request, Resource resource) {
        boolean isRead =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return isRead && EntityTags.isKnown(request.headers(), EntityTags.of(resource));
    }

    private Responses() {}
}

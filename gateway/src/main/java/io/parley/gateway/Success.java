package io.parley.gateway;

import io.parley.json.JsonForm;
import io.parley.kernel.None;
import io.parley.kernel.Resource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes what routes reply, as the contract says, and nobody else does. */
final class Success {
    static Future<Void> answer(HttpServerRequest request, Operation operation, Record reply) {
        var response = request.response();
        if (response.headWritten() || response.closed()) return Future.succeededFuture();
        if (reply instanceof Asset asset) return page(response, asset);
        var body = reply instanceof None ? null : JsonForm.write(reply);
        Manners.apply(response);
        response.setStatusCode(operation.success());
        if (reply instanceof Readiness readiness && !readiness.isUp())
            response.setStatusCode(503).putHeader("Retry-After", Problems.RETRY_AFTER_SECONDS);
        if (reply instanceof Resource resource) {
            operation.location().ifPresent(path -> locate(response, path, resource));
            if (operation.tagged()) response.putHeader(HttpHeaders.ETAG, EntityTags.of(resource));
            if (operation.tagged() && isKnown(request, resource))
                return response.setStatusCode(304).end();
        }
        if (body == null) return response.end();
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body);
    }

    static Future<Void> page(HttpServerResponse response, Asset asset) {
        Manners.apply(response);
        return response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                .putHeader("Content-Security-Policy", Asset.POLICY)
                .end(asset.bytes());
    }

    private static void locate(HttpServerResponse response, String path, Resource resource) {
        response.putHeader(
                HttpHeaders.LOCATION, path.replace("{id}", resource.id().toString()));
    }

    private static boolean isKnown(HttpServerRequest request, Resource resource) {
        boolean isRead =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return isRead && EntityTags.isKnown(request.headers(), EntityTags.of(resource));
    }

    private Success() {}
}

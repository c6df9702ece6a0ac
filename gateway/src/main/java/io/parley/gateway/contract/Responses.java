package io.parley.gateway.contract;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.EntityTags;
import io.parley.json.JsonForm;
import io.parley.kernel.None;
import io.parley.kernel.Resource;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the answer of what a handler replies, with the status and the headers that the contract promises. */
final class Responses {
    /** A reply of which only some fields are answered, those of the resource or of each one in a list. */
    private record Chosen(Record reply, List<String> fields) {}

    /** The reply with only these fields and the id, if there are any. */
    static Record chosen(Record reply, List<String> fields) {
        return fields.isEmpty() || reply instanceof Answer || reply instanceof None ? reply : new Chosen(reply, fields);
    }

    static Answer of(HttpServerRequest request, Operation operation, Record reply) {
        if (reply instanceof Answer answer) return answer;
        if (reply instanceof Chosen chosen) return of(request, operation, chosen);
        if (reply instanceof None) return Answer.empty(operation.successStatus());
        if (!(reply instanceof Resource resource)) return Answer.json(operation.successStatus(), reply);
        if (operation.hasEntityTag() && isNotModified(request, resource))
            return new Answer(304, Map.of("ETag", EntityTags.of(resource)), null);
        return Answer.json(operation.successStatus(), headers(operation, resource), reply);
    }

    // The version is that of the whole resource.
    private static Answer of(HttpServerRequest request, Operation operation, Chosen chosen) {
        var whole = of(request, operation, chosen.reply());
        return whole.body() == null
                ? whole
                : new Answer(whole.status(), whole.headers(), JsonForm.write(chosen.reply(), chosen.fields()));
    }

    private static boolean isNotModified(HttpServerRequest request, Resource resource) {
        boolean isRead =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return isRead && EntityTags.isKnown(request.headers(), EntityTags.of(resource));
    }

    private static Map<String, String> headers(Operation operation, Resource resource) {
        var headers = new LinkedHashMap<String, String>();
        operation
                .location()
                .ifPresent(path -> headers.put(
                        "Location", path.replace("{id}", resource.id().toString())));
        if (operation.hasEntityTag()) headers.put("ETag", EntityTags.of(resource));
        return headers;
    }

    private Responses() {}
}

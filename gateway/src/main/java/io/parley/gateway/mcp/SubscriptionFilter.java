package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Caller;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a client wants to hear of, as far as there is such a thing here.
 *
 * @param uris of resources, in lower case, each as the client has written it
 * @param lists whether to say that there are other resources than before
 */
record SubscriptionFilter(Map<String, String> uris, boolean lists) {
    private static final int MAX_URIS = 1000;
    private static final String URIS = "resourceSubscriptions";
    private static final String LISTS = "resourcesListChanged";

    /** Fails with an {@link McpError} if it is none, and with a 403 if the caller's token does not permit reading a resource. */
    static SubscriptionFilter read(Caller caller, JsonNode params) {
        var wanted = params.path("notifications");
        require(wanted.isObject(), "\"notifications\" must be an object.");
        var list = wanted.path(URIS);
        require(isAbsent(list) || list.isArray(), '"' + URIS + "\" must be an array of URIs.");
        require(list.size() <= MAX_URIS, '"' + URIS + "\" must not have more than " + MAX_URIS + " URIs.");
        var lists = wanted.path(LISTS);
        require(isAbsent(lists) || lists.isBoolean(), '"' + LISTS + "\" must be true or false.");
        Map<String, String> uris = new LinkedHashMap<>();
        for (var uri : list) {
            require(uri.isTextual(), '"' + URIS + "\" must be an array of URIs.");
            if (!Resources.isUri(uri.textValue())) continue;
            Resources.requireScope(caller, uri.textValue());
            uris.put(uri.textValue().toLowerCase(Locale.ROOT), uri.textValue());
        }
        return new SubscriptionFilter(uris, lists.asBoolean());
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Whether messages matter, which show in their conversation only. */
    boolean hasConversations() {
        return uris.keySet().stream().anyMatch(uri -> uri.startsWith(Resources.CONVERSATION));
    }

    /** As it is acknowledged. */
    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        if (lists) json.put(LISTS, true);
        if (!uris.isEmpty()) uris.values().forEach(json.putArray(URIS)::add);
        return json;
    }

    private static void require(boolean isValid, String detail) {
        if (!isValid) throw new McpError(400, McpError.INVALID_PARAMS, detail);
    }
}

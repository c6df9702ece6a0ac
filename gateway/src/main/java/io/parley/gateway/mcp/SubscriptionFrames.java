package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is sent in the stream of a subscription. Each frame names it, because a client may have several.
 *
 * @param id of the request that the stream answers
 */
record SubscriptionFrames(JsonNode id) {
    private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

    String acknowledgement(SubscriptionFilter filter) {
        var params = params();
        params.set("notifications", filter.json());
        return notification("notifications/subscriptions/acknowledged", params);
    }

    String updated(String uri) {
        return notification("notifications/resources/updated", params().put("uri", uri));
    }

    String listChanged() {
        return notification("notifications/resources/list_changed", params());
    }

    /** The answer to the request, which ends the stream. */
    String end() {
        var end = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        end.set("id", id);
        var result = end.putObject("result").put("resultType", "complete");
        var meta = result.putObject("_meta");
        meta.set(SUBSCRIPTION_ID, id);
        meta.set(McpMethods.SERVER_INFO, McpMethods.serverInfo());
        return end.toString();
    }

    private ObjectNode params() {
        var params = JsonNodeFactory.instance.objectNode();
        params.putObject("_meta").set(SUBSCRIPTION_ID, id);
        return params;
    }

    private static String notification(String method, ObjectNode params) {
        var notification =
                JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
        notification.set("params", params);
        return notification.toString();
    }
}

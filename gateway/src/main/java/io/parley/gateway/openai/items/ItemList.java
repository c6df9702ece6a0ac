package io.parley.gateway.openai.items;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.gateway.openai.exchange.OpenAiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of items as OpenAI's lists are. */
public final class ItemList {
    /**
     * @param after the id of the item before the page; fails if it is not among the items
     * @param hasMore whether there are more than these items
     */
    public static ObjectNode page(List<ObjectNode> items, @Nullable String after, int limit, boolean hasMore) {
        var left = after == null ? items : items.subList(1 + place(items, after), items.size());
        var page = left.subList(0, Math.min(limit, left.size()));
        return of(page, hasMore || left.size() > limit);
    }

    private static int place(List<ObjectNode> items, String after) {
        for (int at = 0; at < items.size(); at++)
            if (items.get(at).path("id").asText().equals(after)) return at;
        throw OpenAiError.invalidValue("after", "is not the id of an item of this list");
    }

    public static ObjectNode of(List<ObjectNode> items, boolean hasMore) {
        var list = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = list.putArray("data");
        items.forEach(data::add);
        list.set("first_id", items.isEmpty() ? null : items.get(0).get("id"));
        list.set("last_id", items.isEmpty() ? null : items.get(items.size() - 1).get("id"));
        return list.put("has_more", hasMore);
    }

    private ItemList() {}
}

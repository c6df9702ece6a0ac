package io.parley.config.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole list page by page. */
public final class Pages {

    public static List<JsonNode> of(ApiClient api, String list, int limit) {
        var items = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = api.get(list + "?limit=" + limit + cursor).expect(200).json();
            assertThat(page.get("items").size()).isLessThanOrEqualTo(limit);
            page.get("items").forEach(items::add);
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        return items;
    }

    private Pages() {}
}

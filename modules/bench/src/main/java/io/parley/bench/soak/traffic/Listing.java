package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that the API lists of a user. */
public record Listing(Requests requests, Sessions sessions) {
    /** Title by id. */
    public Map<String, String> conversations(Account account) {
        sessions.refresh(account);
        return all(account, "/conversations?limit=100", "title");
    }

    /** Title by id. */
    public Map<String, String> tasks(Account account) {
        return all(account, "/tasks?limit=100", "title");
    }

    /** Content by id, of all branches. */
    public Map<String, String> messages(Account account, String conversation) {
        return all(account, "/conversations/" + conversation + "/messages?limit=100&branch=all", "content");
    }

    private Map<String, String> all(Account account, String path, String field) {
        var all = new LinkedHashMap<String, String>();
        for (var cursor = ""; cursor != null; ) {
            var page = requests.decided(account, Call.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
            if (!page.succeeded()) throw new IllegalStateException(path + ": " + page);
            for (var item : page.items()) all.put(item.getString("id"), text(item, field));
            cursor = page.json().getString("next_cursor");
        }
        return all;
    }

    private static String text(JsonObject item, String field) {
        var text = item.getString(field);
        return text == null ? "" : text;
    }
}

package io.parley.bench.durability;

import io.parley.kernel.Ids;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** What one user writes: messages, tasks that are changed and deleted, files, and provider keys, which security events record. */
final class WriteSequence {
    private static final String TASKS = "/tasks";

    private final String messages;
    private final Deque<String> tasks = new ArrayDeque<>();
    private int number;

    /** @param conversation of the messages */
    WriteSequence(String conversation) {
        this.messages = "/conversations/" + conversation + "/messages";
    }

    int count() {
        return number;
    }

    Write next() {
        int n = number++;
        var text = "text " + n;
        return switch (n % 6) {
            case 0 -> message(text);
            case 2 -> new Write("PATCH", tasks.getLast(), "", "{\"title\":\"" + text + "\"}", text);
            case 3 -> new Write("POST", "/files?name=" + n + ".txt", "key-" + n, text, text);
            case 4 -> providerKey(n);
            case 5 -> tasks.size() > 1 ? new Write("DELETE", tasks.getFirst(), "", "", null) : task(n, text);
            default -> task(n, text);
        };
    }

    private Write message(String text) {
        var body = new JsonObject().put("id", Ids.next().toString()).put("role", "user");
        return new Write("POST", messages, "", body.put("content", text).encode(), text);
    }

    private static Write task(int n, String text) {
        return new Write("POST", TASKS, "key-" + n, "{\"title\":\"" + text + "\"}", text);
    }

    private static Write providerKey(int n) {
        var body = new JsonObject().put("provider", "openai").put("alias", "alias-" + n);
        return new Write(
                "POST",
                "/api-keys",
                "key-" + n,
                body.put("key", "sk-durability-" + n).encode(),
                "alias-" + n);
    }

    /** @param place of the resource that the write has changed */
    void acknowledged(Write write, String place) {
        if (write.path().equals(TASKS)) tasks.add(place);
        if (write.text() == null) tasks.remove(place);
    }
}

package io.parley.bench.durability;

import io.parley.kernel.Ids;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one user, one after the other: messages, tasks that are changed and deleted, files, and provider keys, which security events
 * record. What was acknowledged must be there after any kill; what was not is repeated, and must be there once.
 */
public final class MixedWriter {
    /** Longer than a first attempt holds its Idempotency-Key. */
    private static final Duration REPEATED_FOR = Duration.ofSeconds(90);

    /**
     * A write.
     *
     * @param key of idempotency; empty if repeating it changes nothing anyway
     * @param text of the resource afterwards; null if it is gone
     */
    private record Write(
            String method,
            String path,
            String key,
            String body,
            @Nullable String text) {}

    private final Account account = new Account();
    private final Map<String, @Nullable String> expected = new HashMap<>();
    private final Map<String, @Nullable String> fresh = new HashMap<>();
    private final Deque<String> tasks = new ArrayDeque<>();
    private String conversation = "";
    private @Nullable Write pending;
    private int number;
    private int providerKeys;

    /** Signs in and, if that is new, makes the conversation. */
    public void connect(int port) throws IOException, InterruptedException {
        account.connect(port);
        if (!conversation.isEmpty()) return;
        var made = account.send("POST", "/conversations", "", "{\"title\":\"Durability\"}");
        conversation = new JsonObject(made.body()).getString("id");
    }

    /** Writes until a write is not acknowledged, or it is told to stop. */
    public void writeUntil(BooleanSupplier stop) throws InterruptedException {
        while (pending == null && !stop.getAsBoolean()) {
            pending = next();
            attempt();
        }
    }

    private Write next() {
        int n = number++;
        var text = "text " + n;
        return switch (n % 6) {
            case 0 ->
                write("/conversations/" + conversation + "/messages", "", text)
                        .put("id", Ids.next().toString())
                        .put("role", "user")
                        .put("content", text)
                        .write();
            case 1 -> write("/tasks", "key-" + n, text).put("title", text).write();
            case 2 -> new Write("PATCH", tasks.getLast(), "", "{\"title\":\"" + text + "\"}", text);
            case 3 -> new Write("POST", "/files?name=" + n + ".txt", "key-" + n, text, n + ".txt");
            case 4 ->
                write("/api-keys", "key-" + n, "alias-" + n)
                        .put("provider", "openai")
                        .put("alias", "alias-" + n)
                        .put("key", "sk-durability-" + n)
                        .write();
            default ->
                tasks.size() > 1
                        ? new Write("DELETE", tasks.getFirst(), "", "", null)
                        : write("/tasks", "key-" + n, text).put("title", text).write();
        };
    }

    private static Draft write(String path, String key, String text) {
        return new Draft(path, key, text, new JsonObject());
    }

    private record Draft(String path, String key, String text, JsonObject body) {
        Draft put(String field, String value) {
            body.put(field, value);
            return this;
        }

        Write write() {
            return new Write("POST", path, key, body.encode(), text);
        }
    }

    private boolean attempt() throws InterruptedException {
        var write = pending;
        if (write == null) return true;
        try {
            var answer = account.send(write.method(), write.path(), write.key(), write.body());
            boolean isGone = write.text() == null && answer.statusCode() == 404;
            if (answer.statusCode() >= 300 && !isGone) return false;
            note(write, write.method().equals("POST") ? id(new JsonObject(answer.body())) : "");
            return true;
        } catch (IOException unanswered) {
            return false;
        }
    }

    private static String id(JsonObject resource) {
        return resource.getString("id");
    }

    /** @param id of what was made */
    private void note(Write write, String id) {
        pending = null;
        var path = id.isEmpty() ? write.path() : collection(write.path()) + "/" + id;
        fresh.put(path, write.text());
        if (write.path().equals("/tasks")) tasks.add(path);
        if (write.path().equals("/api-keys")) providerKeys++;
        if (write.text() == null) tasks.remove(path);
    }

    private static String collection(String path) {
        if (path.endsWith("/messages")) return "/messages";
        return path.startsWith("/files") ? "/files" : path;
    }

    /** What is not as it was acknowledged since the last call, but for what the write in flight is about. */
    public List<String> lost() throws IOException, InterruptedException {
        var lost = new ArrayList<String>();
        for (var each : fresh.entrySet())
            if ((pending == null || !pending.path().equals(each.getKey())) && !isThere(each.getKey(), each.getValue()))
                lost.add(each.getKey());
        expected.putAll(fresh);
        fresh.clear();
        return lost;
    }

    /** Repeats the write in flight until it is acknowledged. */
    public void repeat() throws IOException, InterruptedException {
        var end = Instant.now().plus(REPEATED_FOR);
        while (!isStoredUpload() && !attempt()) {
            if (Instant.now().isAfter(end)) throw new IOException("not acknowledged: " + pending);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    // The key of an upload that broke off is held for longer than anybody waits here, so that a file is looked for and
    // else sent
    // under another key.
    private boolean isStoredUpload() throws IOException, InterruptedException {
        var write = pending;
        if (write == null || !write.path().startsWith("/files")) return false;
        var newest =
                new JsonObject(account.send("GET", "/files?limit=50", "", "").body()).getJsonArray("items");
        if (newest == null) return false;
        for (int at = 0; at < newest.size(); at++)
            if (newest.getJsonObject(at).getString("name").equals(write.text())) {
                note(write, id(newest.getJsonObject(at)));
                return true;
            }
        pending = new Write("POST", write.path(), UUID.randomUUID().toString(), write.body(), write.text());
        return false;
    }

    /** The same for everything; and what is there more than once, or was never written. */
    public List<String> wrong() throws IOException, InterruptedException {
        fresh.putAll(expected);
        expected.clear();
        var wrong = lost();
        for (var list : List.of("/tasks", "/files", "/api-keys", "/messages")) {
            long there = count(list);
            long known = expected.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(list + "/") && each.getValue() != null)
                    .count();
            if (there != known) wrong.add(list + " has " + there + " instead of " + known);
        }
        return wrong;
    }

    private long count(String list) throws IOException, InterruptedException {
        long count = 0;
        var cursor = "";
        do {
            var page = new JsonObject(
                    account.send("GET", list + "?limit=200" + cursor, "", "").body());
            count += page.getJsonArray("items").size();
            var next = page.getString("next_cursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return count;
    }

    private boolean isThere(String path, @Nullable String text) throws IOException, InterruptedException {
        var answer = account.send("GET", path, "", "");
        return text == null ? answer.statusCode() == 404 : answer.body().contains('"' + text + '"');
    }

    /** Acknowledged writes so far. */
    public int acknowledged() {
        return pending == null ? number : number - 1;
    }

    public int providerKeys() {
        return providerKeys;
    }
}

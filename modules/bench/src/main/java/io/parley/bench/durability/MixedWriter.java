package io.parley.bench.durability;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one user, one after the other. What was acknowledged must be there after any kill; what was not is repeated, and must be there
 * once.
 */
public final class MixedWriter {
    /** Longer than a first attempt holds its Idempotency-Key. */
    private static final Duration REPEATED_FOR = Duration.ofSeconds(90);

    private final Account account = new Account();
    private final Map<String, @Nullable String> expected = new HashMap<>();
    private final Map<String, @Nullable String> fresh = new HashMap<>();
    private @Nullable WriteSequence writes;
    private @Nullable Write pending;
    private int providerKeys;

    /** Signs in and, if that is new, makes the conversation. */
    public void connect(int port) throws IOException, InterruptedException {
        account.connect(port);
        if (writes != null) return;
        var made = account.send("POST", "/conversations", "", "{\"title\":\"Durability\"}");
        writes = new WriteSequence(id(new JsonObject(made.body())));
    }

    /** Writes until a write is not acknowledged, or {@code stop} is true. */
    public void writeUntil(BooleanSupplier stop) throws InterruptedException {
        while (pending == null && !stop.getAsBoolean()) {
            pending = writes().next();
            attempt();
        }
    }

    private WriteSequence writes() {
        return Objects.requireNonNull(writes, "not connected");
    }

    private boolean attempt() throws InterruptedException {
        var write = pending;
        if (write == null) return true;
        try {
            var answer = account.send(write.method(), write.path(), write.key(), write.body());
            boolean isGone = write.text() == null && answer.statusCode() == 404;
            if (answer.statusCode() >= 300 && !isGone) return false;
            note(write, write.makesSomething() ? id(new JsonObject(answer.body())) : "");
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
        var place = write.placeOf(id);
        fresh.put(place, write.text());
        writes().acknowledged(write, place);
        if (place.startsWith("/api-keys")) providerKeys++;
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

    // The key of an upload that broke off is held for longer than anybody waits here: the file is sent under another
    // one, unless it is there.
    private boolean isStoredUpload() throws IOException, InterruptedException {
        var write = pending;
        if (write == null || !write.isUpload()) return false;
        var newest =
                new JsonObject(account.send("GET", "/files?limit=50", "", "").body()).getJsonArray("items");
        if (newest == null) return false;
        for (int at = 0; at < newest.size(); at++)
            if (write.path().endsWith("=" + newest.getJsonObject(at).getString("name"))) {
                note(write, id(newest.getJsonObject(at)));
                return true;
            }
        pending = write.withKey(UUID.randomUUID().toString());
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
        if (text == null) return answer.statusCode() == 404;
        return answer.body().equals(text) || answer.body().contains('"' + text + '"');
    }

    /** Acknowledged writes so far. */
    public int acknowledged() {
        return writes().count() - (pending == null ? 0 : 1);
    }

    public int providerKeys() {
        return providerKeys;
    }
}

package io.parley.bench.durability;

import org.jspecify.annotations.Nullable;

/**
 * A write, which may be repeated.
 *
 * @param key of idempotency; empty if a repetition changes nothing anyway
 * @param text of the resource afterwards; null if it is gone
 */
record Write(
        String method,
        String path,
        String key,
        String body,
        @Nullable String text) {
    boolean makesSomething() {
        return method.equals("POST");
    }

    boolean isUpload() {
        return path.startsWith("/files");
    }

    /** Where the text is, if this is the id of its resource. */
    String placeOf(String id) {
        if (!makesSomething()) return path;
        if (path.endsWith("/messages")) return "/messages/" + id;
        return isUpload() ? "/files/" + id + "/content" : path + "/" + id;
    }

    Write withKey(String other) {
        return new Write(method, path, other, body, text);
    }
}

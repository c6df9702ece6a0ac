package io.parley.gateway.idempotency;

import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HeaderNames;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Answers as they are stored, and stored ones as they are answered again. */
final class StoredAnswers {
    /** @param uploadFingerprint of the request's body, if that was an upload */
    static StoredAnswer store(Answer answer, @Nullable String uploadFingerprint) {
        var body = answer.body() == null ? null : answer.body().toString();
        var headers = answer.headers();
        return new StoredAnswer(answer.status(), headers.get("Location"), headers.get("ETag"), body, uploadFingerprint);
    }

    static Answer replay(StoredAnswer stored) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(HeaderNames.IDEMPOTENCY_REPLAYED, "true");
        if (stored.location() != null) headers.put("Location", stored.location());
        if (stored.etag() != null) headers.put("ETag", stored.etag());
        return stored.body() == null
                ? new Answer(stored.status(), headers, null)
                : Answer.json(stored.status(), headers, Buffer.buffer(stored.body()));
    }

    private StoredAnswers() {}
}

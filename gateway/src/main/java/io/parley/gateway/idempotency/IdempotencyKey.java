package io.parley.gateway.idempotency;

import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a client puts on a request that it may send again (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param text as it was sent: quotes, where there are any, are a part of it
 * @param fingerprint tells the request from others that come under the same key
 */
public record IdempotencyKey(String text, String fingerprint) {
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Of what the request creates, where that alone tells whether it was done before. */
    public UUID idFor(Caller caller) {
        return Ids.within(caller.userId(), "idempotency key " + text);
    }

    /** Nothing where none was sent. */
    static Optional<String> sent(MultiMap headers) {
        if (!headers.contains(HEADER)) return Optional.empty();
        var sent = headers.getAll(HEADER);
        if (sent.size() > 1) throw Problem.invalid(HEADER, "must be sent once");
        var text = sent.get(0).strip();
        if (!TEXT.matcher(text).matches()) throw Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        return Optional.of(text);
    }
}

package io.parley.gateway.idempotency;

import io.parley.gateway.http.HeaderNames;
import io.parley.kernel.Problem;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the Idempotency-Key header. */
final class IdempotencyKeyHeader {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Empty if the header is absent; fails invalid if it is repeated or malformed. */
    static Optional<String> read(MultiMap headers) {
        var values = headers.getAll(HeaderNames.IDEMPOTENCY_KEY);
        if (values.isEmpty()) return Optional.empty();
        if (values.size() > 1) throw invalid("must not be repeated");
        var key = values.get(0).strip();
        if (!KEY.matcher(key).matches()) throw invalid("must be 1 to 255 visible ASCII characters");
        return Optional.of(key);
    }

    private static Problem invalid(String detail) {
        return Problem.invalid(HeaderNames.IDEMPOTENCY_KEY, detail);
    }

    private IdempotencyKeyHeader() {}
}

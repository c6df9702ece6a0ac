package io.parley.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.crypto.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the chain. Its hash is computed here a second time, so that a changed function of the database cannot hide a changed row.
 *
 * @param prev the hash of the row before, in hexadecimal
 */
record ChainedEvent(
        long seq,
        Instant at,
        String type,
        @Nullable UUID actorId,
        @Nullable UUID userId,
        @Nullable UUID sessionId,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String detail,
        String prev,
        String hash) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** SHA-256 of the hash before, followed by the fields in UTF-8, joined by U+001F; null is empty. */
    boolean hasRightHash() {
        var fields = Stream.of(seq, TIME.format(at), type, actorId, userId, sessionId, ip, userAgent, detail)
                .map(field -> Objects.toString(field, ""))
                .collect(Collectors.joining("\u001F"));
        var digest = Sha256.digest();
        digest.update(HexFormat.of().parseHex(prev));
        return HexFormat.of().formatHex(digest.digest(fields.getBytes(UTF_8))).equals(hash);
    }
}

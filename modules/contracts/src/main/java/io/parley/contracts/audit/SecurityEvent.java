package io.parley.contracts.audit;

import io.parley.kernel.Caller;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that matters to the safety of an account or of the server, to be recorded. It never holds content, a secret, or an
 * e-mail address that belongs to no account.
 *
 * @param actorId who did it; null if nobody was signed in, or for the operator
 * @param userId whose account it concerns; null if it concerns none, or none is known
 * @param detail texts, numbers and lists of texts by name, without control characters
 */
public record SecurityEvent(
        SecurityEventType type,
        @Nullable UUID actorId,
        @Nullable UUID userId,
        Origin origin,
        Map<String, Object> detail) {
    public SecurityEvent {
        var cleaned = new TreeMap<String, Object>();
        detail.forEach(
                (name, value) -> cleaned.put(name, value instanceof String text ? withoutControls(text) : value));
        detail = Collections.unmodifiableMap(cleaned);
    }

    /** An event that the server causes itself. */
    public static SecurityEvent of(SecurityEventType type) {
        return new SecurityEvent(type, null, null, Origin.LOCAL, Map.of());
    }

    /** An event that a user causes in the own account. */
    public static SecurityEvent own(SecurityEventType type, UUID userId, Origin origin) {
        return new SecurityEvent(type, userId, userId, origin, Map.of());
    }

    /** An event in an account, caused by its owner or by another user. */
    public static SecurityEvent about(
            SecurityEventType type, @Nullable UUID userId, @Nullable Caller actor, Origin origin) {
        return new SecurityEvent(type, actor == null ? null : actor.userId(), userId, origin, Map.of());
    }

    /** The same event in another session. */
    public SecurityEvent inSession(UUID sessionId) {
        return new SecurityEvent(type, actorId, userId, new Origin(sessionId, origin.client()), detail);
    }

    /** The same event with one more detail. */
    public SecurityEvent with(String name, Object value) {
        var more = new TreeMap<>(detail);
        more.put(name, value);
        return new SecurityEvent(type, actorId, userId, origin, more);
    }

    private static String withoutControls(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }
}

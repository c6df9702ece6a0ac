package io.parley.kernel;

import io.parley.kernel.limits.RateState;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, in a closed vocabulary that both sides of the bus share and that the gateway turns into
 * problem+json (RFC 9457). Its texts are written for the caller of the API: nothing internal belongs in them.
 */
public final class Problem extends ReplyException {
    private static final long serialVersionUID = 1L;

    /** "Fails invalid" means: fails with a problem of the kind {@link #INVALID}; likewise for each other kind. */
    public enum Kind {
        /** A value of the request is missing, malformed or not allowed; the faults say which. */
        INVALID,
        /** The caller is not signed in, or not any more. */
        UNAUTHENTICATED,
        /** The resource belongs to another user, or only an administrator may do this. */
        FORBIDDEN,
        /** The caller must prove again who it is: the session has signed in too long ago for a sensitive change. */
        SIGN_IN_NOT_RECENT,
        /** The resource does not exist or is deleted. */
        NOT_FOUND,
        /** The request does not fit the current state, such as a unique value that is taken. */
        CONFLICT,
        /** The resource has another version than those the caller named: over HTTP, no ETag in If-Match is current. */
        STALE,
        /** The caller has used up a limit; the excess says which one, and when to come back. */
        LIMITED,
        /** The caller has stored as much as it may; the excess says of what. */
        FULL,
        /** Too much is waiting to be done; nothing of the request was done, and a later attempt may succeed. */
        OVERLOADED,
        /** Nothing can answer at the moment; a later attempt may succeed. */
        UNAVAILABLE,
        /** No answer came in time; the operation may have been done. */
        TIMEOUT,
        /** The node that received the request is gone; the operation may have been done. */
        LOST,
        /** An unforeseen failure; the log has the details. */
        INTERNAL;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** As metrics and traces spell it, such as {@code not_found}. */
        public String label() {
            return label;
        }
    }

    /**
     * One fault of the input.
     *
     * @param pointer a JSON Pointer (RFC 6901) into the body, or the name of a parameter or header
     */
    public record Fault(String pointer, String detail) {}

    /**
     * What was used up.
     *
     * @param policies the names of the limits, such as {@code sign-in}
     * @param retryAfterSeconds at least 1
     * @param rates what is left of them; empty if that was said otherwise, or if it is no rate that was used up
     */
    public record Excess(List<String> policies, long retryAfterSeconds, List<RateState> rates) {}

    private final Kind kind;
    private final transient List<Fault> faults;
    private final transient @Nullable Excess excess;

    public Problem(Kind kind, String detail, List<Fault> faults) {
        this(kind, detail, faults, null);
    }

    public Problem(Kind kind, String detail, List<Fault> faults, @Nullable Excess excess) {
        super(ReplyFailure.RECIPIENT_FAILURE, -1, detail);
        this.kind = kind;
        this.faults = List.copyOf(faults);
        this.excess = excess;
    }

    /** Whether the failure may pass by itself, so that trying again can help. The operation may have been done. */
    public static boolean isTransient(Throwable failure) {
        if (!(failure instanceof Problem problem)) return false;
        return switch (problem.kind) {
            case OVERLOADED, UNAVAILABLE, TIMEOUT, LOST -> true;
            default -> false;
        };
    }

    public Kind kind() {
        return kind;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Present if the kind is {@link Kind#LIMITED} or {@link Kind#FULL}. */
    public Optional<Excess> excess() {
        return Optional.ofNullable(excess);
    }

    public static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new Fault(pointer, detail)));
    }

    public static Problem invalid(List<Fault> faults) {
        return new Problem(Kind.INVALID, "The request is not valid.", faults);
    }

    public static Problem unauthenticated(String detail) {
        return new Problem(Kind.UNAUTHENTICATED, detail, List.of());
    }

    /** The resource exists but belongs to another user. */
    public static Problem forbidden(String resource) {
        return new Problem(Kind.FORBIDDEN, "This " + resource + " belongs to another user.", List.of());
    }

    public static Problem signInNotRecent() {
        return new Problem(
                Kind.SIGN_IN_NOT_RECENT,
                "This needs a recent sign-in. Use POST /api/v1/auth/confirm, or sign in again.",
                List.of());
    }

    /** Only administrators may do this. */
    public static Problem adminsOnly() {
        return new Problem(Kind.FORBIDDEN, "Only an administrator may do this.", List.of());
    }

    /** Nobody, or not everybody, may register. */
    public static Problem registrationRefused(String detail) {
        return new Problem(Kind.FORBIDDEN, detail, List.of());
    }

    /** Nobody signs in before the e-mail address is confirmed. */
    public static Problem emailNotVerified() {
        return new Problem(
                Kind.FORBIDDEN,
                "The e-mail address is not confirmed yet. Open the link in the mail, or ask for another one.",
                List.of());
    }

    /** Nobody can get a link by mail. */
    public static Problem mailNotSet() {
        return new Problem(
                Kind.FORBIDDEN, "This server sends no mail. Ask an administrator for a link instead.", List.of());
    }

    public static Problem notFound(String resource) {
        return new Problem(Kind.NOT_FOUND, "The " + resource + " does not exist.", List.of());
    }

    public static Problem conflict(String pointer, String detail) {
        return new Problem(Kind.CONFLICT, detail, List.of(new Fault(pointer, detail)));
    }

    public static Problem stale(String resource) {
        return new Problem(Kind.STALE, "The " + resource + " has changed since you read it.", List.of());
    }

    /**
     * @param detail what there was too much of, such as "Too many failed sign-ins."
     * @param wait until the next attempt may succeed; rounded up to whole seconds
     */
    public static Problem limited(String policy, String detail, Duration wait) {
        return limited(policy, detail, wait, List.of());
    }

    /** The same, with what is left of the rates. */
    public static Problem limited(String policy, String detail, Duration wait, List<RateState> rates) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return new Problem(
                Kind.LIMITED,
                detail + " Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                List.of(),
                new Excess(List.of(policy), seconds, rates));
    }

    /** @param detail what there is too much of, such as "You have stored too many rows." */
    public static Problem full(String policy, String detail) {
        return new Problem(
                Kind.FULL,
                detail + " Delete something for good, or ask an administrator for more room.",
                List.of(),
                new Excess(List.of(policy), 1, List.of()));
    }

    public static Problem overloaded() {
        return new Problem(Kind.OVERLOADED, "The service has too much to do. Try again later.", List.of());
    }

    public static Problem unavailable() {
        return new Problem(Kind.UNAVAILABLE, "The service is temporarily unavailable. Try again later.", List.of());
    }

    public static Problem timeout() {
        return new Problem(Kind.TIMEOUT, "The request timed out. It may still have been processed.", List.of());
    }

    public static Problem lost() {
        return new Problem(Kind.LOST, "A server stopped before it answered. Try again.", List.of());
    }

    public static Problem internal() {
        return new Problem(Kind.INTERNAL, "An internal error occurred.", List.of());
    }

    /** A problem is an ordinary answer, so it does without a stack trace, which would cost more than the answer. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

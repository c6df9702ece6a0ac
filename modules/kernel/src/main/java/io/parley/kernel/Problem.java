package io.parley.kernel;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;

/**
 * Why something was not done, in a closed vocabulary that both sides of the bus share and that the gateway answers as
 * problem+json (RFC 9457). What it says is meant for the caller: nothing internal belongs into it.
 */
public final class Problem extends ReplyException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        STALE,
        UNAVAILABLE,
        TIMEOUT,
        LOST,
        INTERNAL
    }

    /**
     * One thing that is wrong with the input.
     *
     * @param pointer where, as a JSON Pointer (RFC 6901) into the body, or the name of a parameter or header
     */
    public record Fault(String pointer, String detail) {}

    private final Kind kind;
    private final transient List<Fault> faults;

    public Problem(Kind kind, String detail, List<Fault> faults) {
        super(ReplyFailure.RECIPIENT_FAILURE, -1, detail);
        this.kind = kind;
        this.faults = List.copyOf(faults);
    }

    /** Whether the failure may pass by itself, so that trying again can help. The operation may have been done. */
    public static boolean isTransient(Throwable failure) {
        if (!(failure instanceof Problem problem)) return false;
        return switch (problem.kind) {
            case UNAVAILABLE, TIMEOUT, LOST -> true;
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

    public static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new Fault(pointer, detail)));
    }

    public static Problem invalid(List<Fault> faults) {
        return new Problem(Kind.INVALID, "The request is not valid.", faults);
    }

    /** Whoever asks is not known, or not any more. */
    public static Problem unauthenticated(String detail) {
        return new Problem(Kind.UNAUTHENTICATED, detail, List.of());
    }

    /** There is one, but it is another user's. */
    public static Problem forbidden(String resource) {
        return new Problem(Kind.FORBIDDEN, "This " + resource + " belongs to another user.", List.of());
    }

    /** What is for administrators alone. */
    public static Problem adminsOnly() {
        return new Problem(Kind.FORBIDDEN, "Only an administrator may do this.", List.of());
    }

    /** There is none, or it is deleted. */
    public static Problem notFound(String resource) {
        return new Problem(Kind.NOT_FOUND, "There is no such " + resource + ".", List.of());
    }

    public static Problem conflict(String pointer, String detail) {
        return new Problem(Kind.CONFLICT, detail, List.of(new Fault(pointer, detail)));
    }

    /** The resource has changed since the version that the caller named. */
    public static Problem stale(String resource) {
        return new Problem(Kind.STALE, "The " + resource + " has changed since you read it.", List.of());
    }

    /** Nobody can answer just now; asking again later may help. */
    public static Problem unavailable() {
        return new Problem(Kind.UNAVAILABLE, "The service cannot answer just now. Try again later.", List.of());
    }

    /** No answer in time; whether it was done is not known. */
    public static Problem timeout() {
        return new Problem(Kind.TIMEOUT, "There was no answer in time.", List.of());
    }

    /** Whoever was to answer is gone; whether it was done is not known. Others may answer at once. */
    public static Problem lost() {
        return new Problem(Kind.LOST, "A part of the service went away before it answered. Try again.", List.of());
    }

    /** Something that nobody foresaw; the log has the rest. */
    public static Problem internal() {
        return new Problem(Kind.INTERNAL, "Something went wrong here.", List.of());
    }

    /** A problem is an answer, not a fault to trace, and answers should be cheap. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
